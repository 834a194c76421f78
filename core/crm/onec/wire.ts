import * as v from 'valibot';
import { isRecord } from '../reading';
import { EMPTY_DATE, EMPTY_GUID } from './odata';

/**
 * The interface's answers as they come. Only the fields every object has are named here: the rest is the mapping's, read
 * with the `field` functions below. Annotations of the protocol stay where they are and are read by nobody.
 */

const ANY_GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const GUID = v.pipe(v.string(), v.regex(ANY_GUID), v.transform((value) => value.toLowerCase()), v.check((value) => value !== EMPTY_GUID));

/** Fields of an object or of a row by name. */
export type Row = Readonly<Record<string, unknown>>;

/** An object of a catalog, a document or a task. */
export const OBJECT = v.looseObject({
	Ref_Key: GUID,
	DataVersion: v.pipe(v.string(), v.maxLength(64)),
	DeletionMark: v.boolean(),
});
export type ObjectWire = v.InferOutput<typeof OBJECT>;

/** Fields an object must hold to be understood, by what they hold; the mapping names them. */
export interface Shape {
	readonly dates?: readonly (string | null)[];
	readonly keys?: readonly (string | null)[];
	readonly texts?: readonly (string | null)[];
	readonly sections?: readonly (string | null)[];
}

/** An object with these fields. One that lacks any, or holds something else in it, is not read as an empty field. */
export function shaped({ dates = [], keys = [], texts = [], sections = [] }: Shape): v.GenericSchema<unknown, ObjectWire> {
	const holds = (wire: Row, fields: readonly (string | null)[], test: (value: unknown) => boolean): boolean => fields.every((field) => field === null || test(valueIn(wire, field)));
	return v.pipe(
		OBJECT,
		v.check((wire) => holds(wire, dates, isDate)),
		v.check((wire) => holds(wire, keys, (value) => typeof value === 'string' && (value === '' || ANY_GUID.test(value)))),
		v.check((wire) => holds(wire, texts, (value) => typeof value === 'string')),
		v.check((wire) => holds(wire, sections, (value) => Array.isArray(value) && value.every(isRecord))),
	);
}

/** A row of contact information in the set of its section. */
export const CONTACT = v.looseObject({ Ref_Key: GUID, Тип: v.string(), НомерТелефона: v.string(), Представление: v.string() });
export type ContactWire = v.InferOutput<typeof CONTACT>;

/** A row of a register or of a section's own set. */
export const ROW = v.looseObject({});

/** A list; one that is not one is no answer, never an empty one. */
export function listOf<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> {
	return v.pipe(
		v.looseObject({ value: v.array(schema) }),
		v.transform(({ value }): readonly T[] => value),
	);
}

/** What is published, by name. */
export const SERVICE_DOCUMENT = listOf(v.looseObject({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(300)) }));

/** The description of the base as XML. */
export const METADATA = v.pipe(v.string(), v.minLength(1));

/** A change that is done; what it did is read back. Some versions answer nothing. */
export const DONE: v.GenericSchema<unknown, unknown> = v.unknown();

/** A value of a row by its name, own ones only. */
export function valueIn(row: Row, field: string): unknown {
	return Object.hasOwn(row, field) ? row[field] : undefined;
}

/** Text of a field, trimmed; empty for what is no text. */
export function textIn(row: Row, field: string | null): string {
	const value = field === null ? '' : valueIn(row, field);
	return typeof value === 'string' ? value.trim() : '';
}

/** A reference of a field in lower case; null for an empty one. */
export function keyIn(row: Row, field: string | null): string | null {
	const value = field === null ? null : valueIn(row, field);
	const parsed = v.safeParse(GUID, value);
	return parsed.success ? parsed.output : null;
}

/** A number, which comes as text where it is long. */
export function numberIn(row: Row, field: string | null): number | null {
	const value = field === null ? null : valueIn(row, field);
	if (typeof value !== 'number' && (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value))) return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

const WALL = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** True for a date the platform may write: one that exists, or the empty one. */
function isDate(value: unknown): boolean {
	const day = typeof value === 'string' ? WALL.exec(value)?.[1] : undefined;
	return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
}

/** A wall time `YYYY-MM-DDTHH:mm:ss`; null for an empty date and for what is no date that exists. */
export function wallIn(row: Row, field: string | null): string | null {
	const value = field === null ? null : valueIn(row, field);
	return typeof value === 'string' && isDate(value) && value !== EMPTY_DATE ? value : null;
}

/** Minutes since midnight of a time of day, which lies on the empty date; null for what is none. Midnight is a time here. */
export function timeIn(row: Row, field: string): number | null {
	const value = valueIn(row, field);
	const match = typeof value === 'string' ? /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):([0-5]\d):/.exec(value) : null;
	return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

/** Rows of a section; a section that is not a list of rows is no section. */
export function linesIn(row: Row, section: string): readonly Row[] | null {
	const value = valueIn(row, section);
	return Array.isArray(value) && value.every(isRecord) ? value : null;
}
