import { formatOffset, momentOf, offsetOf, wallOf } from '../kit';
import type { Company } from './model';
import type { Sim } from './sim';

const DATETIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Minutes of the offset the vendor writes beside the branch's wall time; not always the branch's. */
function shownOffset({ switches }: Sim, { zone }: Company, moment: number): number {
	const right = offsetOf(moment, zone);
	if (switches.datetimeOffset === 'moscow') return 180;
	const winter = offsetOf(Date.parse(`${new Date(moment).getUTCFullYear()}-01-15T00:00:00Z`), zone);
	return switches.datetimeOffset === 'summer-plus-one' && right > winter ? right + 60 : right;
}

/** ISO 8601 with the offset as the vendor writes it, right or wrong. */
export function iso(sim: Sim, company: Company, moment: number, colon: boolean): string {
	return `${wallOf(moment, company.zone)}${formatOffset(shownOffset(sim, company, moment), colon)}`;
}

/** `datetime` of journal objects. */
export function recordIso(sim: Sim, company: Company, moment: number): string {
	return iso(sim, company, moment, sim.switches.recordOffset === 'colon');
}

/** `YYYY-MM-DD HH:mm:ss` of the branch. */
export function naive({ zone }: Company, moment: number): string {
	return wallOf(moment, zone).replace('T', ' ');
}

/** Calendar date of the branch. */
export function dateOf({ zone }: Company, moment: number): string {
	return wallOf(moment, zone).slice(0, 10);
}

/** A time a caller sent: the branch's wall time, or ISO with an offset. Null when it is none. */
export function readDatetime(sim: Sim, company: Company, text: unknown): number | null {
	const match = typeof text === 'string' ? DATETIME.exec(text) : null;
	if (match === null) return null;
	const [, date, time, seconds, offset] = match;
	const wall = `${date}T${time}:${seconds ?? '00'}`;
	const local = momentOf(wall, company.zone);
	if (offset === undefined) return local;
	const written = offset === 'Z' ? '+00:00' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
	const verbatim = local !== null && formatOffset(shownOffset(sim, company, local)) === written;
	if (verbatim || sim.switches.foreignOffset === 'ignored') return local;
	const given = Date.parse(`${wall}${written}`);
	return Number.isNaN(given) ? null : given;
}

/** A calendar date a caller sent. */
export function readDate(text: unknown): string | null {
	return typeof text === 'string' && DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) ? text : null;
}

/** The date some days later. */
export function plusDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Every date from one to the other, both included; at most a year. */
export function datesBetween(from: string, to: string): readonly string[] {
	const dates: string[] = [];
	for (let date = from; date <= to && dates.length < 366; date = plusDays(date, 1)) dates.push(date);
	return dates;
}

/** The moment of `HH:mm` on a date; `24:00` is the next midnight. A time the clock jumps over becomes the moment of the jump. */
export function momentAt({ zone }: Company, date: string, time: string): number {
	const [day, wall] = time === '24:00' ? [plusDays(date, 1), '00:00'] : [date, time];
	for (let minute = 0; minute <= 120; minute += 1) {
		const moment = momentOf(new Date(Date.parse(`${day}T${wall}:00Z`) + minute * 60_000).toISOString().slice(0, 19), zone);
		if (moment !== null) return moment;
	}
	throw new Error(`no such time in ${zone}: ${day} ${wall}`);
}
