import { parseWhen as readWhen, type DayPart, type WhenOptions, type WhenQuestion } from './when';

/** What a phrase says about date and time; keys that do not apply are absent, `none` stands alone. */
export interface Expectation {
	readonly none?: true;
	readonly date?: string | null;
	readonly dateTo?: string;
	readonly dates?: readonly string[];
	readonly time?: string;
	readonly timeTo?: string;
	readonly part?: DayPart;
	readonly open?: 'after' | 'before';
	readonly past?: true;
}

/** The reading and the question that must be put before anything is booked from it. */
export interface ParsedWhen extends Expectation {
	readonly ask: WhenQuestion | null;
}

const KEYS = ['none', 'date', 'dateTo', 'dates', 'time', 'timeTo', 'part', 'open', 'past'] as const;

/**
 * Reads date and time from a Russian or English phrase. `now` is an ISO instant, `zone` an IANA name; all dates are
 * calendar dates of that zone. Never guesses between two bookable readings: `ask` names the question to put. Never
 * throws on any text; throws RangeError when `now` or `zone` is not one.
 *
 * The reading without its question is also at hand as `expect` (not enumerable).
 */
export function parseWhen(text: string, options: WhenOptions): ParsedWhen & { readonly expect: Expectation } {
	const reading = readWhen(text, options);
	const expect: Expectation = Object.fromEntries(KEYS.flatMap((key) => (reading[key] === undefined ? [] : [[key, reading[key]]])));
	const result: ParsedWhen = { ...expect, ask: reading.ask };
	return Object.defineProperty(result, 'expect', { value: expect, enumerable: false }) as ParsedWhen & { readonly expect: Expectation };
}
