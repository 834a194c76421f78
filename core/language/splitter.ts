/** Limits of a channel, in UTF-16 units, and the size and number of parts aimed at. */
export interface SplitOptions {
	readonly hardLimit: number;
	readonly targetLength: number;
	readonly maxParts: number;
}

/** Runs that no cut may enter: handles, numbers with their separators, clock times, phones, emoji sequences. */
const UNBREAKABLE = /\{[a-z]\d+\}|\+?[\d(][\d()]*(?:[ \u00A0.,:\-–]?[\d()]+)*(?:[ \u00A0](?:[₽₸₴$€£%]|руб|мин|ч|min|h)(?!\p{L}))?|[^\x20-\x7Eа-яёА-ЯЁ\s]+/gu;
/** Places to cut after, best first. */
const BREAKS: readonly RegExp[] = [/\n[ \t]*\n\s*/g, /\n(?=[ \t]*(?:[-•–—*]|\d+[.)])[ \t])/g, /\n/g, /[.!?…]+["»)]*[ \t\n]+/g, /[;,:][ \t]+/g, /[ \t]+/g];
/** A better kind of cut wins only if it leaves a part of at least this share of the limit. */
const SMALLEST_SHARE = 0.3;
const GROWTH = 1.25;

/**
 * Cuts a message into parts: at a paragraph, a list item, a sentence, a word, in this order of preference; never inside
 * a number, a handle or a grapheme while they fit into `hardLimit`. Parts grow past `targetLength` to keep to `maxParts`,
 * and are more than `maxParts` only when `hardLimit` forces it: nothing is ever dropped but white space at the cuts.
 */
export function splitMessage(text: string, options: SplitOptions): string[] {
	const body = text.trim();
	if (body === '') return [];
	const hard = Math.max(1, Math.floor(options.hardLimit));
	const places = breakPlaces(body);
	const whole = Math.ceil(body.length / Math.max(1, options.maxParts));
	let limit = Math.min(hard, Math.max(1, Math.floor(options.targetLength)));
	for (;;) {
		const parts = pack(body, places, limit, hard);
		if (parts.length <= options.maxParts || limit === hard) return parts;
		limit = Math.min(hard, Math.ceil(Math.max(limit * GROWTH, Math.min(whole, limit * 4))));
	}
}

/** Allowed cuts by kind, each sorted; cuts inside an unbreakable run are left out. */
function breakPlaces(text: string): number[][] {
	const closed = [...text.matchAll(UNBREAKABLE)].map((match) => [match.index, match.index + match[0].length] as const);
	return BREAKS.map((kind) => {
		let next = 0;
		return [...text.matchAll(kind)]
			.map((match) => match.index + match[0].length)
			.filter((place) => {
				while (next < closed.length && (closed[next]?.[1] ?? 0) <= place) next++;
				return place < text.length && (closed[next]?.[0] ?? text.length) >= place;
			});
	});
}

function pack(text: string, places: readonly number[][], limit: number, hard: number): string[] {
	const parts: string[] = [];
	for (let from = 0; from < text.length; ) {
		const to = text.length - from <= limit ? text.length : cut(text, places, from, limit, hard);
		const part = text.slice(from, to).trim();
		if (part !== '') parts.push(part);
		from = to;
	}
	return parts;
}

function cut(text: string, places: readonly number[][], from: number, limit: number, hard: number): number {
	for (const kind of places) {
		const place = lastAtMost(kind, from + limit);
		if (place !== null && place - from >= limit * SMALLEST_SHARE) return place;
	}
	const anyPlace = Math.max(...places.map((kind) => lastAtMost(kind, from + hard) ?? 0));
	const nextPlace = Math.min(...places.map((kind) => kind[firstAbove(kind, from + limit)] ?? text.length));
	if (nextPlace - from <= hard) return nextPlace;
	if (anyPlace > from) return anyPlace;
	return graphemeCut(text, from, hard);
}

/** A run longer than the hard limit: cut between graphemes, or at least between code points. */
function graphemeCut(text: string, from: number, hard: number): number {
	const window = text.slice(from, from + hard + 1);
	let best = 0;
	for (const { index } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(window)) {
		if (index <= hard) best = index;
	}
	if (best > 0) return from + best;
	const splitsPair = hard > 1 && /[\uD800-\uDBFF]/.test(text[from + hard - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[from + hard] ?? '');
	return from + (splitsPair ? hard - 1 : hard);
}

function firstAbove(sorted: readonly number[], value: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] ?? 0) <= value) low = middle + 1;
		else high = middle;
	}
	return low;
}

function lastAtMost(sorted: readonly number[], value: number): number | null {
	return sorted[firstAbove(sorted, value) - 1] ?? null;
}
