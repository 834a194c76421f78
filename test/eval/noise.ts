import type { Phrases } from './phrases';
import type { Rng } from './rng';

/** How likely each disturbance is. */
export interface NoiseLevels {
	readonly typo: number;
	readonly emoji: number;
	readonly greetAgain: number;
	readonly split: number;
	readonly redeliver: number;
	readonly silence: number;
	readonly voice: number;
	readonly staleButton: number;
	readonly aside: number;
	readonly changeMind: number;
	readonly rival: number;
	readonly interrupt: number;
}

export const NOISY: NoiseLevels = {
	typo: 0.12, emoji: 0.12, greetAgain: 0.06, split: 0.1, redeliver: 0.08, silence: 0.05, voice: 0.02, staleButton: 0.04, aside: 0.08, changeMind: 0.08, rival: 0.06, interrupt: 0.05,
};
const LONG_ENOUGH = 5;

/** One typo in one word of five letters or more: two letters swapped, one lost, doubled or changed. */
export function mistype(text: string, rng: Rng): string {
	const words = [...text.matchAll(/\p{L}+/gu)].filter((match) => match[0].length >= LONG_ENOUGH);
	if (words.length === 0) return text;
	const word = rng.pick(words);
	const at = 1 + rng.below(word[0].length - 2);
	const letters = [...word[0]];
	const here = letters[at] ?? '';
	const next = letters[at + 1] ?? '';
	const broken = [
		() => letters.splice(at, 2, next, here),
		() => letters.splice(at, 1),
		() => letters.splice(at, 0, here),
		() => letters.splice(at, 1, /[а-яё]/i.test(here) ? 'ы' : 'y'),
	];
	rng.pick(broken)();
	return `${text.slice(0, word.index)}${letters.join('')}${text.slice(word.index + word[0].length)}`;
}

/** A second greeting in front, an emoji behind, a typo inside. */
export function disturb(text: string, levels: NoiseLevels, phrases: Phrases, rng: Rng): string {
	let noisy = text;
	if (rng.chance(levels.typo)) noisy = mistype(noisy, rng);
	if (rng.chance(levels.emoji)) noisy += rng.pick(phrases.emoji);
	if (rng.chance(levels.greetAgain)) noisy = `${rng.pick(phrases.greetings)}, ${noisy}`;
	return noisy;
}

/** Cuts a text into two messages at a space near its middle; null when it is too short to cut. */
export function splitInTwo(text: string): readonly [string, string] | null {
	if (/\d{5}/.test(text.replace(/\D/g, ''))) return null;
	const spaces = [...text.matchAll(/ /g)].map((match) => match.index);
	if (spaces.length < 2) return null;
	const middle = spaces.reduce((best, at) => (Math.abs(at - text.length / 2) < Math.abs(best - text.length / 2) ? at : best));
	return [text.slice(0, middle), text.slice(middle + 1)];
}

/** A Russian phone in one of the ways people write it. */
export function phoneAsWritten(phone: string, rng: Rng): string {
	const d = phone.slice(2);
	const [area, first, second, third] = [d.slice(0, 3), d.slice(3, 6), d.slice(6, 8), d.slice(8)];
	return rng.pick([`+7${d}`, `8${d}`, `+7 ${area} ${first}-${second}-${third}`, `8 (${area}) ${first} ${second} ${third}`, `8-${area}-${first}-${second}${third}`, d]);
}
