const LEAST_MS = 1000;
const MOST_MS = 6000;
const QUICK_MS = 30;
const SLOW_MS = 60;

/** How long a person would type so many characters, in milliseconds; `random` gives numbers in [0, 1). */
export function typingMs(characters: number, random: () => number): number {
	const each = QUICK_MS + random() * (SLOW_MS - QUICK_MS);
	return Math.round(Math.min(MOST_MS, Math.max(LEAST_MS, characters * each)));
}
