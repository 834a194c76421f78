/** Values that look random and are the same in every run with the same seed. */
export interface Random {
	/** Whole number, both ends included. */
	integer(min: number, max: number): number;
	/** Lower-case hex digits. */
	hex(length: number): string;
	pick<T>(from: readonly T[]): T;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
	return {
		integer,
		hex: (length) => Array.from({ length }, () => integer(0, 15).toString(16)).join(''),
		pick: (from) => {
			const found = from[integer(0, from.length - 1)];
			if (found === undefined) throw new Error('nothing to pick from');
			return found;
		},
	};
}
