import { DateTime } from 'luxon';
import type { PriceRange, WallRange } from '../../../core/booking';
import { ParameterError } from '../errors';
import { textOf } from '../fields';
import type { OperationContext } from '../operation';

type Parameters = OperationContext['parameters'];

/** Whether a value carries its own offset: `Z` or `+03:00` at the end. */
const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** An instant as ISO text with offset. Text without an offset is wall time of the zone, which `whose` names in the error. Throws {@link ParameterError}. */
export function instantOf(value: unknown, zone: string, name: string, whose = 'the salon\'s own time'): string {
	const text = isoText(value);
	const read = OFFSET.test(text) ? DateTime.fromISO(text, { setZone: true }) : DateTime.fromISO(text, { zone });
	const iso = read.isValid ? read.toISO({ suppressMilliseconds: true }) : null;
	if (iso !== null && isWallTime(text, read)) return iso;
	if (iso !== null) throw new ParameterError(`"${name}" is a time that the day does not have`, 'The clocks change then: choose another time, or give the offset.');
	throw new ParameterError(`"${name}" is not a date and time`, `Use ISO 8601, for example 2026-11-24T15:00 for ${whose} or 2026-11-24T15:00:00+03:00.`);
}

/** False for wall time in the hour that a change to summer time leaves out: it would be read an hour later. */
function isWallTime(text: string, read: DateTime): boolean {
	const wall = DateTime.fromISO(text, { zone: 'utc' });
	return OFFSET.test(text) || (wall.hour === read.hour && wall.minute === read.minute);
}

/** A calendar day `YYYY-MM-DD`; of a date with time only the day it names. Throws {@link ParameterError}. */
export function dayOf(value: unknown, name: string): string {
	const text = isoText(value).slice(0, 10);
	if (DateTime.fromISO(text, { zone: 'utc' }).isValid && /^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
	throw new ParameterError(`"${name}" is not a date`, 'Use YYYY-MM-DD, for example 2026-11-24.');
}

/** n8n hands dates over as text or as luxon objects of its own copy. */
function isoText(value: unknown): string {
	if (typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function') return textOf(value.toISO());
	return textOf(value);
}

/** A collection parameter as a plain record. */
export function collectionOf(parameters: Parameters, name: string, i: number): Readonly<Record<string, unknown>> {
	const value = parameters.getNodeParameter(name, i, {}) as unknown;
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Rows of a fixed collection. */
export function rowsOf(value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
	if (typeof value !== 'object' || value === null || !(name in value)) return [];
	const rows = (value as Record<string, unknown>)[name];
	return Array.isArray(rows) ? rows.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null) : [];
}

/** Ids or words separated by commas or line feeds. */
export function wordsOf(value: unknown): string[] {
	const list = Array.isArray(value) ? value.map(textOf) : textOf(value).split(/[,\n]/);
	return list.map((word) => word.trim()).filter((word) => word !== '');
}

/** Fields of a collection that were filled in, under the names the CRM knows them by. */
export function filled(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(names.filter((name) => fields[name] !== undefined && fields[name] !== '').map((name) => [name, fields[name]]));
}

/** A price of whole currency units as the minor units the CRM keeps; undefined when none is given. */
export function priceOf(from: unknown, to: unknown): Pick<PriceRange, 'min' | 'max'> | undefined {
	if (typeof from !== 'number' && typeof to !== 'number') return undefined;
	const min = minorUnits(typeof from === 'number' ? from : to);
	return { min, max: typeof to === 'number' && to > 0 ? minorUnits(to) : min };
}

/** Money of a form, in units, as minor units. Throws {@link ParameterError} for what is not an amount. */
export function minorUnits(value: unknown): number {
	if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return Math.round(value * 100);
	throw new ParameterError('An amount is not valid', 'Enter an amount of money of 0 or more, for example 1500 or 1500.50.');
}

/** Hours by ISO weekday from the rows of a schedule; several rows of a day are several ranges. */
export function weekOf(rows: readonly Readonly<Record<string, unknown>>[]): Record<string, { hours: WallRange[]; breaks: WallRange[] }> {
	const week: Record<string, { hours: WallRange[]; breaks: WallRange[] }> = {};
	for (const row of rows) {
		for (const weekday of wordsOf(row.weekdays)) {
			const day = (week[weekday] ??= { hours: [], breaks: [] });
			day.hours.push(...rangeOf(row.from, row.to));
			day.breaks.push(...rangeOf(row.breakFrom, row.breakTo));
		}
	}
	return week;
}

/** One range of wall time, or none when both ends are empty. */
export function rangeOf(from: unknown, to: unknown): WallRange[] {
	const range = { from: textOf(from), to: textOf(to) };
	return range.from === '' && range.to === '' ? [] : [range];
}
