import type { Phrase } from './phrase';

interface Pattern {
	slots: { words: ReadonlySet<string>; stems: readonly string[] }[];
}

/** Fixed phrases compiled for lookup by their first word. */
export class PhraseTable {
	private readonly byFirstWord = new Map<string, Pattern[]>();
	private readonly byFirstStem: Pattern[] = [];

	constructor(phrases: readonly string[]) {
		for (const phrase of phrases) {
			const slots = phrase.split(' ').map((slot) => {
				const options = slot.split('|');
				return {
					words: new Set(options.filter((option) => !option.endsWith('*'))),
					stems: options.filter((option) => option.endsWith('*')).map((option) => option.slice(0, -1)),
				};
			});
			const pattern: Pattern = { slots };
			const first = slots[0];
			if (first === undefined) continue;
			if (first.stems.length > 0) this.byFirstStem.push(pattern);
			for (const word of first.words) this.byFirstWord.set(word, [...(this.byFirstWord.get(word) ?? []), pattern]);
		}
	}

	/** Token index after the longest phrase that starts here, or undefined. */
	match(phrase: Phrase, start: number): number | undefined {
		let longest: number | undefined;
		for (const pattern of [...(this.byFirstWord.get(phrase.text(start)) ?? []), ...this.byFirstStem]) {
			const end = start + pattern.slots.length;
			if ((longest ?? 0) < end && this.matches(pattern, phrase, start)) longest = end;
		}
		return longest;
	}

	private matches(pattern: Pattern, phrase: Phrase, start: number): boolean {
		return pattern.slots.every((slot, offset) => {
			const index = start + offset;
			const text = phrase.text(index);
			return !phrase.masked(index) && (slot.words.has(text) || slot.stems.some((stem) => text.startsWith(stem)));
		});
	}
}
