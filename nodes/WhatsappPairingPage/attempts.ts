import { processState } from '../shared/process-state';

const WINDOW_MS = 10 * 60_000;
/** Names are given up all together before they fill the memory. */
const MOST_NAMES = 10_000;

interface Window {
	readonly since: number;
	count: number;
}

/** Counts what somebody does, by a name such as their address; `most` in ten minutes. Kept for the process. */
export class Attempts {
	constructor(
		private readonly kind: string,
		private readonly most: number,
		private readonly clock: () => number = Date.now,
	) {}

	/** Seconds to wait; 0 while there is no need to. */
	waitOf(name: string): number {
		const window = this.windowOf(name);
		return window === undefined || window.count < this.most ? 0 : Math.ceil((window.since + WINDOW_MS - this.clock()) / 1000);
	}

	count(name: string): void {
		const window = this.windowOf(name);
		if (window !== undefined) {
			window.count++;
			return;
		}
		const windows = this.windows();
		if (windows.size >= MOST_NAMES) windows.clear();
		windows.set(this.nameOf(name), { since: this.clock(), count: 1 });
	}

	private windowOf(name: string): Window | undefined {
		const window = this.windows().get(this.nameOf(name));
		return window !== undefined && window.since + WINDOW_MS > this.clock() ? window : undefined;
	}

	private nameOf(name: string): string {
		return `${this.kind} ${name}`;
	}

	private windows(): Map<string, Window> {
		return processState('pairing-attempts', 1, () => new Map<string, Window>());
	}
}
