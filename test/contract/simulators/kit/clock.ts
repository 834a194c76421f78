/** The time a simulator lives in. Frozen unless it runs: then real time is added to what was set. */
export interface VirtualClock {
	/** Milliseconds since 1970. */
	now(): number;
	/** The same moment, ISO 8601 in UTC. */
	instant(): string;
	set(instant: string): void;
	advance(milliseconds: number): void;
	/** A wait that costs no real time: moves the clock. For the `sleep` port of a transport. */
	sleep(milliseconds: number): Promise<void>;
}

/** A clock at `start`; `running` lets real time pass on it, for tests that drive a real n8n. */
export function createClock(start: string, running = false): VirtualClock {
	let base = milliseconds(start);
	let since = Date.now();
	const now = (): number => (running ? base + Date.now() - since : base);
	const moveTo = (moment: number): void => {
		base = moment;
		since = Date.now();
	};
	return {
		now,
		instant: () => new Date(now()).toISOString(),
		set: (instant) => moveTo(milliseconds(instant)),
		advance: (step) => moveTo(now() + step),
		sleep: async (step) => moveTo(now() + step),
	};
}

function milliseconds(instant: string): number {
	const moment = Date.parse(instant);
	if (Number.isNaN(moment)) throw new Error(`not an instant: ${instant}`);
	return moment;
}
