/** A repeatable source of chance for simulated clients. */
export interface Rng {
	/** From 0 up to, not including, 1. */
	next(): number;
	/** Whole number from 0 up to, not including, `bound`. */
	below(bound: number): number;
	chance(probability: number): boolean;
	pick<T>(list: readonly T[]): T;
}

/** Mulberry32 over a seed and an index: every dialogue has its own sequence, so that it can be replayed alone. */
export function rngOf(seed: number, index: number): Rng {
	let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const below = (bound: number): number => Math.floor(next() * bound);
	return {
		next,
		below,
		chance: (probability) => next() < probability,
		pick: (list) => {
			const chosen = list[below(list.length)];
			if (chosen === undefined) throw new RangeError('Nothing to pick from');
			return chosen;
		},
	};
}
