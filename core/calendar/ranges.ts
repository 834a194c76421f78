/** Half-open range of whole minutes, `[start, end)`. Lists returned here are sorted, disjoint and never touch. */
export interface MinuteRange {
	readonly start: number;
	readonly end: number;
}

/** A range that takes `heads` places. */
export interface LoadedRange extends MinuteRange {
	readonly heads: number;
}

/** Joins overlapping and touching ranges; drops empty and reversed ones. */
export function mergeRanges(ranges: readonly MinuteRange[]): MinuteRange[] {
	const sorted = ranges.filter((range) => range.start < range.end).sort((a, b) => a.start - b.start);
	const merged: MinuteRange[] = [];
	for (const range of sorted) {
		const last = merged.at(-1);
		if (last !== undefined && range.start <= last.end) {
			if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end };
		} else {
			merged.push({ start: range.start, end: range.end });
		}
	}
	return merged;
}

/** What is in `from` and not in `taken`. */
export function subtractRanges(from: readonly MinuteRange[], taken: readonly MinuteRange[]): MinuteRange[] {
	const cuts = mergeRanges(taken);
	const left: MinuteRange[] = [];
	let next = 0;
	for (const range of mergeRanges(from)) {
		while ((cuts[next]?.end ?? Infinity) <= range.start) next += 1;
		let start = range.start;
		for (let index = next; index < cuts.length; index += 1) {
			const cut = cuts[index];
			if (cut === undefined || cut.start >= range.end) break;
			if (cut.start > start) left.push({ start, end: cut.start });
			start = Math.max(start, cut.end);
		}
		if (start < range.end) left.push({ start, end: range.end });
	}
	return left;
}

/** What is in both lists. */
export function intersectRanges(one: readonly MinuteRange[], other: readonly MinuteRange[]): MinuteRange[] {
	const a = mergeRanges(one);
	const b = mergeRanges(other);
	const shared: MinuteRange[] = [];
	let i = 0;
	let j = 0;
	for (let left = a[i], right = b[j]; left !== undefined && right !== undefined; left = a[i], right = b[j]) {
		const start = Math.max(left.start, right.start);
		const end = Math.min(left.end, right.end);
		if (start < end) shared.push({ start, end });
		if (left.end <= right.end) i += 1;
		else j += 1;
	}
	return shared;
}

/** Half-open overlap: ranges that only touch do not overlap. */
export function overlaps(a: MinuteRange, b: MinuteRange): boolean {
	return a.start < b.end && b.start < a.end;
}

/** True when one range of a merged list covers the whole of `inner`. */
export function covers(merged: readonly MinuteRange[], inner: MinuteRange): boolean {
	return merged.some((range) => range.start <= inner.start && inner.end <= range.end);
}

/** True when a minute lies in a merged list; logarithmic. */
export function includesMinute(merged: readonly MinuteRange[], minute: number): boolean {
	let low = 0;
	let high = merged.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((merged[middle]?.end ?? Infinity) <= minute) low = middle + 1;
		else high = middle;
	}
	return (merged[low]?.start ?? Infinity) <= minute;
}

/** Where the heads present at the same minute are more than `limit`. */
export function rangesAbove(loads: readonly LoadedRange[], limit: number): MinuteRange[] {
	const edges: { at: number; change: number }[] = [];
	for (const load of loads) {
		if (load.start >= load.end || load.heads <= 0) continue;
		edges.push({ at: load.start, change: load.heads }, { at: load.end, change: -load.heads });
	}
	// At one minute leavers go first: a visit that ends when another begins does not share a place with it.
	edges.sort((a, b) => a.at - b.at || a.change - b.change);
	const above: MinuteRange[] = [];
	let heads = 0;
	let since: number | null = null;
	for (const edge of edges) {
		heads += edge.change;
		if (since === null && heads > limit) {
			since = edge.at;
		} else if (since !== null && heads <= limit) {
			above.push({ start: since, end: edge.at });
			since = null;
		}
	}
	return mergeRanges(above);
}
