import { fold } from '../../language/words';

/** Above this two replies are the same to a reader. */
export const TOO_SIMILAR = 0.8;

/**
 * Share of letter trigrams two texts have in common (Jaccard), 0..1. Case, punctuation and spacing do not count. Two
 * texts without letters and digits are equal.
 */
export function trigramSimilarity(left: string, right: string): number {
	return overlap(trigrams(left), trigrams(right));
}

/** How similar a text is to the most similar of `others`; 0 when there are none. */
export function similarityTo(others: readonly string[]): (text: string) => number {
	const known = others.map(trigrams);
	return (text) => {
		const own = trigrams(text);
		return Math.max(0, ...known.map((other) => overlap(own, other)));
	};
}

/** A short stable hash of a text, for told facts and for choosing a wording: FNV-1a, 32 bits. */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}

/** A reply is compared with the next three: its trigrams are kept meanwhile. Emptied when full, so it cannot grow. */
const kept = new Map<string, ReadonlySet<string>>();
const MOST_KEPT = 200;

function trigrams(text: string): ReadonlySet<string> {
	const known = kept.get(text);
	if (known !== undefined) return known;
	if (kept.size >= MOST_KEPT) kept.clear();
	const found = trigramsOf(text);
	kept.set(text, found);
	return found;
}

function trigramsOf(text: string): ReadonlySet<string> {
	const plain = `  ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
	const found = new Set<string>();
	if (plain.trim() === '') return found;
	for (let index = 0; index + 3 <= plain.length; index++) found.add(plain.slice(index, index + 3));
	return found;
}

function overlap(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
	if (left.size === 0 && right.size === 0) return 1;
	let common = 0;
	for (const trigram of left) if (right.has(trigram)) common++;
	return common / (left.size + right.size - common);
}
