/** One spelling of a name that people write in several ways. */
export function folded(text: string): string {
	return text.normalize('NFKC').toLowerCase().replace(/ё/g, 'е').replace(/\s+/g, ' ').trim();
}

/** Of the cards that have a phone the one of this name, else the first; null when there is none. */
export function bestCard<T>(cards: readonly T[], name: string, nameOf: (card: T) => string): T | null {
	return cards.find((card) => folded(nameOf(card)) === folded(name)) ?? cards[0] ?? null;
}
