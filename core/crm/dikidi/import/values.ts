import { minorOf, type Phone, type Zone } from '../../../booking';
import { dayOf, dateOf, zoneClock } from '../../../calendar';
import { parsePhone } from '../../../language/phone';


/** What a spreadsheet runs as a formula; a phone or a number with its sign is none. */
const FORMULA = /^(?:[=@]|[+-](?![\d\s().,-]*$))/;

/** Text that stays text wherever it is written next: what a spreadsheet would run gets an apostrophe before it. */
export function defused(cell: string): string {
	const text = cell.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
	return FORMULA.test(text) ? `'${text}` : text;
}

/** Text for people, {@link defused}; `onFormula` is told of each. */
export function textOf(cell: string, onFormula: () => void): string {
	const text = defused(cell);
	if (text !== cell.trim() && text.startsWith("'")) onFormula();
	// a lone dash is how people leave a cell empty
	return /^[-–—]$/.test(text) ? '' : text;
}

/** A phone, also as spreadsheets guard it from becoming a number: `="8916…"`, `'8916…`. Undefined for what is none. */
export function phoneOf(cell: string, country: string): Phone | null | undefined {
	const text = cell.replace(/^="(.*)"$/, '$1').replace(/^'/, '').trim();
	return text === '' ? null : parsePhone(text, country)?.phone;
}

/** Decimal major units as minor ones, spaces and a currency sign apart. Undefined for what is none, or is negative. */
export function moneyOf(cell: string, currency: string): number | null | undefined {
	const text = cell.replace(/[\s\u00a0\u202f]/g, '').replace(/(₽|руб\.?|р\.?|€|\$|rub)$/i, '');
	if (text === '') return null;
	const plain = /^\d{1,3}(,\d{3})+\.\d+$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.');
	const amount = /^\d{1,12}(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
	return Number.isNaN(amount) ? undefined : minorOf(amount, currency);
}

/** A whole number that is not negative; undefined for anything else. */
export function countOf(cell: string): number | null | undefined {
	if (cell === '') return null;
	return /^\d{1,7}$/.test(cell) ? Number(cell) : undefined;
}

const DATES: readonly { readonly form: RegExp; readonly order: readonly [number, number, number] }[] = [
	{ form: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, order: [3, 2, 1] },
	{ form: /^(\d{4})-(\d{2})-(\d{2})$/, order: [1, 2, 3] },
];
const MOMENT = /^(.{8,10})(?:[ T,]+(\d{1,2}):(\d{2})(?::\d{2})?)?$/;

/**
 * Minutes since the epoch of a date and a time of day, `24.11.2026` or `2026-11-24`, the time in a cell of its own or
 * behind the date. Undefined for what is none: a date with slashes may be of two orders and is not guessed.
 */
export function minuteOf(date: string, time: string, zone: Zone): number | undefined {
	const match = MOMENT.exec([date, time].filter((part) => part !== '').join(' '));
	const day = match === null ? undefined : dayIn(match[1] ?? '');
	if (match === null || day === undefined || match[2] === undefined) return undefined;
	const [hours, minutes] = [Number(match[2]), Number(match[3])];
	return hours > 23 || minutes > 59 ? undefined : (zoneClock(zone).at(day, hours * 60 + minutes) ?? undefined);
}

function dayIn(text: string): number | undefined {
	for (const { form, order } of DATES) {
		const match = form.exec(text);
		if (match === null) continue;
		const [year, month, day] = order.map((place) => Number(match[place]));
		const at = Date.UTC(year ?? 0, (month ?? 0) - 1, day) / 86_400_000;
		const date = dateOf(at);
		return date === `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` ? dayOf(date) : undefined;
	}
	return undefined;
}
