import { DateTime } from 'luxon';
import { dayOf } from './calendar';
import { maskNoise } from './noise';
import { Phrase } from './phrase';
import { resolve, type Present } from './resolve';
import { findItems } from './scan';
import { select } from './selection';
import { normalise, type Source } from './source';
import { tokenise, type Token } from './tokens';
import type { Item, WhenOptions, WhenReading } from './types';

export { DAY_PARTS, partOf } from './day-parts';
export type { DayPart, WhenOptions, WhenQuestion, WhenReading, WorkingHours, WorkingWeek } from './types';

/**
 * Reads the day and the time a client asks for, in Russian or English, out of a whole message.
 *
 * Dates and times of the answer are wall time in `options.zone`; nothing depends on the zone of the process.
 * Keys that do not apply are absent. When two readings could both be booked, `ask` names the question and
 * `readings` lists them, the likely one first. Any text is accepted, in time linear in its length.
 *
 * @throws RangeError when `options.now` is no ISO instant or `options.zone` no IANA zone.
 */
export function parseWhen(text: string, options: WhenOptions): WhenReading {
	const { now, present } = momentFor(options);
	const source = normalise(text);
	const tokens = tokenise(source.text);
	maskNoise(tokens);
	const phrase = new Phrase(tokens);
	const items = findItems(phrase, { today: present.today, momentAfter: (minutes) => momentOf(now.plus({ minutes })) });
	const selection = select(phrase, items);
	if (Object.values(selection).every((found) => found.length === 0)) return { none: true, ask: null, readings: [], spans: [] };
	return { ...resolve(phrase, selection, present, options), spans: spansOf(items, tokens, source) };
}

interface Now {
	readonly iso: string;
	readonly zone: string;
	readonly now: DateTime;
	readonly present: Present;
}

let latest: Now | undefined;

/** A turn reads many stretches of a text at the same moment, and the zone's rules cost as much as the words: the latest moment is kept. */
function momentFor(options: WhenOptions): Now {
	if (latest?.iso === options.now && latest.zone === options.zone) return latest;
	const now = DateTime.fromISO(options.now, { setZone: true }).setZone(options.zone);
	latest = { iso: options.now, zone: options.zone, now, present: presentOf(now) };
	return latest;
}

function presentOf(now: DateTime): Present {
	const moment = now.isValid ? momentOf(now) : undefined;
	if (moment === undefined) throw new RangeError('parseWhen needs `now` as an ISO 8601 instant with offset and `zone` as an IANA zone name');
	return { today: moment.day, minutes: moment.minutes };
}

function momentOf(moment: DateTime): { day: number; minutes: number } {
	return { day: dayOf(moment.year, moment.month, moment.day) ?? 0, minutes: moment.hour * 60 + moment.minute };
}

/** Spans of the original text; neighbours become one. */
function spansOf(items: readonly Item[], tokens: readonly Token[], source: Source): [number, number][] {
	const spans: [number, number][] = [];
	let lastToken = -1;
	for (const { start, end } of items) {
		const from = source.offsets[tokens[start]?.from ?? 0] ?? 0;
		const to = source.offsets[tokens[end - 1]?.to ?? 0] ?? 0;
		const last = spans.at(-1);
		if (last !== undefined && start <= lastToken) last[1] = Math.max(last[1], to);
		else spans.push([from, to]);
		lastToken = end;
	}
	return spans;
}
