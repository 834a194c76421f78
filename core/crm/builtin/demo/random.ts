/** A small repeatable source of chance (mulberry32): the same seed gives the same salon on every machine. */
export interface Random {
	/** From 0 up to, not including, 1. */
	next(): number;
	/** Whole number from `min` to `max`, both inclusive. */
	between(min: number, max: number): number;
	chance(probability: number): boolean;
	pick<T>(list: readonly T[]): T;
}

/** Starts a sequence; `seed` is cut to 32 bits. */
export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const between = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
	return {
		next,
		between,
		chance: (probability) => next() < probability,
		pick: (list) => {
			const chosen = list[between(0, list.length - 1)];
			if (chosen === undefined) throw new RangeError('Nothing to pick from');
			return chosen;
		},
	};
}
