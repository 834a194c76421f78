import type { FactWriter } from '../facts';
import type { OfferView, RecordView } from '../utterance';

/** Most lines of a list of services, staff or prices. */
const LIST_LIMIT = 10;
/** Most offers in one message. */
export const OFFER_LIMIT = 5;

/** Items as «1. …» lines, so that a number is an answer; `more` words the rest that was cut. */
export function numbered<T>(items: readonly T[], line: (item: T) => string, more: (count: number) => string): string {
	return cut(items, (item, index) => `${index + 1}. ${line(item)}`, more);
}

/** Items as plain lines with a dash. */
export function dashed<T>(items: readonly T[], line: (item: T) => string, more: (count: number) => string, left = 0): string {
	return cut(items, (item) => `— ${line(item)}`, more, left);
}

/** «a, b или c». */
export function either(items: readonly string[], or: string): string {
	const last = items.at(-1) ?? '';
	return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${or} ${last}`;
}

/** Non-empty lines, one under the other. */
export function lines(...texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join('\n');
}

/** «Label: value», or '' without a value. */
export function labelled(label: string, value: string): string {
	return value === '' ? '' : `${label}: ${value}`;
}

/** Non-empty sentences in one line. */
export function sentences(...texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join(' ');
}

/**
 * Offers as numbered lines. Days with several starts become headings when that is shorter; on a single day what all
 * offers share (staff, length, price) is said once in the heading.
 */
export function offerList(offers: readonly OfferView[], write: FactWriter): string {
	const shown = offers.slice(0, OFFER_LIMIT);
	const runs = runsByDay(shown, write);
	if (shown.length < 2 * runs.length) {
		return shown.map((offer, index) => `${numberOf(offer.ref, index)}. ${write.offer(offer)}`).join('\n');
	}
	const tail = runs.length === 1 ? write.sharedTail(shown) : null;
	let index = 0;
	return runs
		.map(({ date, run }) => {
			const heading = tail === null ? write.day(date) : `${write.day(date)}, ${tail}`;
			const rows = run.map((offer) => `${numberOf(offer.ref, index++)}. ${write.offer(offer, tail === null ? 'of_day' : 'time')}`);
			return `${heading}:\n${rows.join('\n')}`;
		})
		.join('\n');
}

/** Visits as numbered lines. */
export function recordList(records: readonly RecordView[], write: FactWriter, more: (count: number) => string): string {
	return cut(records, (record, index) => `${numberOf(record.ref, index)}. ${write.record(record)}`, more);
}

/** The number the client answers with: the one in the handle when it has one, so that «2» is `o2`. */
function numberOf(ref: string, index: number): number {
	const found = /^[a-z](\d{1,2})$/.exec(ref)?.[1];
	return found === undefined ? index + 1 : Number(found);
}

function runsByDay(offers: readonly OfferView[], write: FactWriter): { date: string; run: OfferView[] }[] {
	const runs: { date: string; run: OfferView[] }[] = [];
	for (const offer of offers) {
		const date = write.dateOf(offer.start);
		const last = runs.at(-1);
		if (last?.date === date) last.run.push(offer);
		else runs.push({ date, run: [offer] });
	}
	return runs;
}

function cut<T>(items: readonly T[], line: (item: T, index: number) => string, more: (count: number) => string, left = 0): string {
	const shown = items.slice(0, LIST_LIMIT).map(line);
	const hidden = left + Math.max(0, items.length - LIST_LIMIT);
	return lines(...shown, hidden > 0 ? more(hidden) : '');
}
