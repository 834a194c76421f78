import { EMPTY_DATE, EMPTY_GUID, type Property } from './model';

/** A row as the interface gives it: plain values, and sections as lists of rows. */
export type Row = Readonly<Record<string, unknown>>;
export type OpenRow = Record<string, unknown>;

/** True for an object that is no list. */
export function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rows of a section, in their order. */
export function sectionRows(row: Row, section: string): readonly Row[] {
	const rows = row[section];
	return Array.isArray(rows) ? rows.filter(isRow) : [];
}

/** The value a property has when nobody set it. */
export function emptyValue({ type, name }: Property): unknown {
	if (name.endsWith('_Type')) return 'StandardODATA.Undefined';
	return { string: '', number: 0, integer: '0', boolean: false, date: EMPTY_DATE, ref: EMPTY_GUID, composite: '' }[type];
}

/** Rows by a key, in the order the keys came first. */
export function grouped(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
	return groups;
}
