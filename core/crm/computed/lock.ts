import { type Outcome, unavailable } from '../../booking';
import type { Lease, Lock } from './ports';

const WAIT_MS = 60_000;
const HELD: Lease = { keep: async () => true };
const BUSY = unavailable('Somebody else is booking the same time; ask again in a moment.');

/**
 * The lock of one process, first come first served: for scripts, tests and an n8n of one process. Names are taken in one
 * order, so that two workers never wait for each other. Waits at most `waitMs` for all of them together.
 */
export function createMemoryLock({ waitMs = WAIT_MS }: { readonly waitMs?: number } = {}): Lock {
	const tails = new Map<string, Promise<void>>();

	/** The end of everybody before, and what ends our own turn. */
	function enqueue(name: string): { readonly before: Promise<void>; readonly leave: () => void } {
		const before = tails.get(name) ?? Promise.resolve();
		let end = (): void => undefined;
		const own = new Promise<void>((resolve) => (end = resolve));
		const tail = before.then(() => own);
		tails.set(name, tail);
		void tail.then(() => {
			if (tails.get(name) === tail) tails.delete(name);
		});
		return { before, leave: end };
	}

	return {
		async run<T>(names: readonly string[], work: (lease: Lease) => Promise<Outcome<T>>): Promise<Outcome<T>> {
			// all places are taken at once: the order of two workers is then the same under every name
			const places = [...new Set(names)].map(enqueue);
			const leave = (): void => places.forEach((place) => place.leave());
			const isFree = await within(waitMs, Promise.all(places.map(({ before }) => before)));
			if (!isFree) {
				leave();
				return BUSY;
			}
			try {
				return await work(HELD);
			} finally {
				leave();
			}
		},
	};
}

async function within(ms: number, awaited: Promise<unknown>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<false>((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	try {
		return await Promise.race([awaited.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}

/**
 * One lock inside another: the outer one lets the workers of a process in one by one, so that only one of them at a time
 * waits for the inner one, which keeps processes apart.
 */
export function stackedLock(outer: Lock, inner: Lock): Lock {
	return { run: (names, work) => outer.run(names, () => inner.run(names, work)) };
}
