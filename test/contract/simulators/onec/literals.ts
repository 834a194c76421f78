import { badFilter } from './errors';

/** A constant of an address or a filter. */
export interface Literal {
	readonly type: 'guid' | 'date' | 'string' | 'number' | 'boolean';
	readonly value: string | number | boolean;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** True for a guid in its usual form. */
export function isGuid(value: unknown): value is string {
	return typeof value === 'string' && GUID.test(value);
}

/** A date as the base keeps it, `YYYY-MM-DDTHH:mm:ss` without a zone; null for anything else. */
export function wallDate(value: unknown): string | null {
	if (typeof value !== 'string' || !WALL.test(value)) return null;
	const whole = value.length === 16 ? `${value}:00` : value;
	// a day that does not exist moves when it is read: then it is no date
	const read = new Date(`${whole}Z`);
	return Number.isNaN(read.getTime()) || read.toISOString().slice(0, 19) !== whole ? null : whole;
}

/** Reads `guid'…'`, `datetime'…'`, `'text'`, a number or a boolean; throws code 14. */
export function readLiteral(source: string): Literal {
	const text = source.trim();
	if (/^guid'.*'$/.test(text)) {
		const guid = text.slice(5, -1);
		if (!isGuid(guid)) throw badFilter();
		return { type: 'guid', value: guid.toLowerCase() };
	}
	if (/^datetime'.*'$/.test(text)) {
		const date = wallDate(text.slice(9, -1));
		if (date === null) throw badFilter();
		return { type: 'date', value: date };
	}
	if (/^'.*'$/s.test(text)) return { type: 'string', value: text.slice(1, -1).replaceAll("''", "'") };
	if (text === 'true' || text === 'false') return { type: 'boolean', value: text === 'true' };
	if (/^-?\d+(\.\d+)?[mMdDfFlL]?$/.test(text)) return { type: 'number', value: Number.parseFloat(text) };
	throw badFilter();
}

/** Splits `A=1,B='x,y'` at commas outside quotes and parentheses. */
export function splitArguments(source: string): readonly string[] {
	const parts: string[] = [];
	let [depth, quoted, current] = [0, false, ''];
	for (const letter of source) {
		if (letter === "'") quoted = !quoted;
		if (!quoted && letter === '(') depth += 1;
		if (!quoted && letter === ')') depth -= 1;
		if (letter === ',' && !quoted && depth === 0) {
			parts.push(current);
			current = '';
		} else current += letter;
	}
	return [...parts, current].map((part) => part.trim()).filter((part) => part !== '');
}
