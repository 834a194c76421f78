import { momentOf } from '../kit';
import { invalidArgument } from './errors';
import { type Fields, integerOf, isFields, parameter, textsOf } from './parameters';
import type { MethodCall } from './world';

export const PAGE_ROWS = 50;

export type FieldKind = 'string' | 'integer' | 'double' | 'boolean' | 'datetime' | 'date' | 'integers';

/** How a list looks into its rows. */
export interface RowAccess<T> {
	/** Kind of a field by the name callers use; null for one the list does not know. */
	readonly kindOf: (name: string) => FieldKind | null;
	readonly valueOf: (row: T, name: string) => unknown;
	/** What becomes of an unknown field in a filter. */
	readonly unknown: 'refuse' | 'ignore';
	/** Zone of moments written without an offset. */
	readonly zone: string;
}

const OPERATORS = ['>=', '<=', '!=', '!@', '!%', '=%', '%=', '>', '<', '=', '!', '@', '%'] as const;
type Operator = (typeof OPERATORS)[number] | '';

/** Rows that meet a filter of prefixed names; nested groups may say `logic: OR`. */
export function filterRows<T>(rows: readonly T[], filter: Fields, access: RowAccess<T>): readonly T[] {
	const meets = groupTest(filter, access);
	return rows.filter(meets);
}

/** Rows in the asked order, by ascending id where it says nothing. */
export function orderRows<T>(rows: readonly T[], order: Fields, access: RowAccess<T>): readonly T[] {
	const keys = Object.entries(order).filter(([name]) => {
		if (access.kindOf(name) !== null) return true;
		if (access.unknown === 'refuse') throw invalidArgument(name);
		return false;
	});
	return [...rows].sort((left, right) => {
		for (const [name, direction] of keys) {
			const [a, b] = [access.valueOf(left, name), access.valueOf(right, name)];
			const difference = typeof a === 'number' && typeof b === 'number' ? a - b : String(a ?? '').localeCompare(String(b ?? ''));
			if (difference !== 0) return String(direction).toUpperCase() === 'DESC' ? -difference : difference;
		}
		return 0;
	});
}

/** One page of 50; `start: -1` skips the count, and then nothing says that more exists. */
export function pageOf<T>(rows: readonly T[], call: MethodCall): { readonly rows: readonly T[]; readonly total?: number; readonly next?: number } {
	const start = integerOf(parameter(call.parameters, 'start')) ?? 0;
	if (start < 0) return { rows: rows.slice(0, PAGE_ROWS), ...(call.switches.fastPagingTotal === 'zero' ? { total: 0 } : {}) };
	const end = start + PAGE_ROWS;
	return { rows: rows.slice(start, end), total: rows.length, ...(end < rows.length ? { next: end } : {}) };
}

function groupTest<T>(group: Fields, access: RowAccess<T>): (row: T) => boolean {
	const any = String(parameter(group, 'logic') ?? '').toUpperCase() === 'OR';
	const tests = Object.entries(group)
		.filter(([key]) => key.toLowerCase() !== 'logic')
		.map(([key, value]) => (/^\d+$/.test(key) && isFields(value) ? groupTest(value, access) : fieldTest(key, value, access)));
	return (row) => (any ? tests.length === 0 || tests.some((test) => test(row)) : tests.every((test) => test(row)));
}

function fieldTest<T>(key: string, wanted: unknown, access: RowAccess<T>): (row: T) => boolean {
	const operator: Operator = OPERATORS.find((prefix) => key.startsWith(prefix)) ?? '';
	const name = key.slice(operator.length);
	const kind = access.kindOf(name);
	if (kind === null) {
		if (access.unknown === 'refuse') throw invalidArgument(name);
		return () => true;
	}
	const list = (Array.isArray(wanted) || isFields(wanted) ? textsOf(wanted) : [wanted]).map((one) => comparable(one, kind, access.zone));
	return (row) => {
		const stored = access.valueOf(row, name);
		const values = (Array.isArray(stored) ? (stored as readonly unknown[]) : [stored]).map((one) => comparable(one, kind, access.zone));
		return TESTS[operator](values, list);
	};
}

type Comparable = string | number;

const has = (values: readonly Comparable[], list: readonly Comparable[]): boolean => values.some((value) => list.includes(value)) || (values.length === 0 && list.includes(''));
const contains = (values: readonly Comparable[], list: readonly Comparable[]): boolean => values.some((value) => list.some((part) => String(value).includes(String(part).replaceAll('%', ''))));
const ordered = (test: (a: Comparable, b: Comparable) => boolean) => (values: readonly Comparable[], list: readonly Comparable[]): boolean =>
	values.some((value) => value !== '' && list.every((bound) => test(value, bound)));

const TESTS: Readonly<Record<Operator, (values: readonly Comparable[], list: readonly Comparable[]) => boolean>> = {
	'': has,
	'=': has,
	'@': has,
	'!': (values, list) => !has(values, list),
	'!=': (values, list) => !has(values, list),
	'!@': (values, list) => !has(values, list),
	'%': contains,
	'=%': contains,
	'%=': contains,
	'!%': (values, list) => !contains(values, list),
	'>': ordered((a, b) => a > b),
	'>=': ordered((a, b) => a >= b),
	'<': ordered((a, b) => a < b),
	'<=': ordered((a, b) => a <= b),
};

/** A value as filters compare it: numbers as numbers, moments to the second, texts without case. */
function comparable(value: unknown, kind: FieldKind, zone: string): Comparable {
	if (value === null || value === undefined || value === '') return '';
	if (kind === 'datetime') return Math.floor((typeof value === 'number' ? value : (readMoment(String(value), zone) ?? Number.NaN)) / 1000);
	if (kind === 'date') return String(value).slice(0, 10);
	if (kind === 'boolean') return [true, 1, '1', 'Y', 'y'].includes(value as string | number | boolean) ? 'Y' : 'N';
	if (kind === 'string') return String(value).toLowerCase();
	return Number(value);
}

/** A moment in any form the methods take: with an offset, or as the wall time of `zone`; null when it is none. */
export function readMoment(text: string, zone: string): number | null {
	if (/(Z|[+-]\d\d:?\d\d)$/.test(text) && text.length > 10) {
		const parsed = Date.parse(text);
		return Number.isNaN(parsed) ? null : parsed;
	}
	const wall = text.replace(' ', 'T');
	return momentOf(wall.length === 10 ? `${wall}T00:00:00` : wall.length === 16 ? `${wall}:00` : wall, zone);
}
