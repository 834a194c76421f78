import { type Answer, type SimRequest } from '../kit';
import { malformed } from './envelope';
import { listOf, readPhp, type PhpBranch, type PhpTree } from './php';
import type { Card } from './model';
import type { World } from './world';

/** A row that lists can filter. */
type Row = Card | { readonly id: number; readonly created_at: number; readonly updated_at: number };

const EXACT = ['id', 'pipeline_id', 'responsible_user_id', 'created_by', 'updated_by', 'task_type_id', 'is_completed', 'entity_id'];
const TEXT = ['name', 'entity_type'];
const RANGES = ['created_at', 'updated_at', 'closed_at', 'price', 'complete_till'];

/** What a list call asks for beside its page. */
export interface ListQuery {
	readonly filter: PhpBranch;
	readonly order: readonly [string, 'asc' | 'desc'] | null;
	readonly search: string;
	readonly with: readonly string[];
}

/** Reads the query, or answers 400 for a filter nobody can read. `sortable` are the fields of `order`. */
export function readListQuery(world: World, request: SimRequest, sortable: readonly string[]): ListQuery | Answer {
	const tree = readPhp(request.query);
	const filter = typeof tree.filter === 'object' ? tree.filter : readPhp([]);
	for (const key of EXACT) {
		if (key === 'is_completed') continue;
		if (listOf(filter[key]).some((one) => !/^\d+$/.test(one))) return malformed(world.brand, `Invalid filter ${key}`);
	}
	const [field, direction] = typeof tree.order === 'object' ? (Object.entries(tree.order)[0] ?? []) : [];
	if (field !== undefined && (!sortable.includes(field) || (direction !== 'asc' && direction !== 'desc'))) return malformed(world.brand, 'Invalid order');
	return {
		filter,
		order: field === undefined ? null : [field, direction === 'desc' ? 'desc' : 'asc'],
		search: request.query.get('query') ?? '',
		with: listOf(typeof tree.with === 'string' ? tree.with : undefined),
	};
}

/** The rows of a list in its order. With filters off everything comes, as the account's flag warns. */
export function applyListQuery<T extends Row>(world: World, rows: readonly T[], query: ListQuery): readonly T[] {
	const asked = query.search !== '' || Object.keys(query.filter).length > 0;
	const known = asked ? rows.filter((row) => world.indexed(row)) : rows;
	const found = query.search === '' ? known : known.filter((row) => searched(world, row, query.search));
	const kept = world.switches.filters === 'ignored' ? found : found.filter((row) => passes(row, query.filter));
	const [field, direction] = query.order ?? ['id', 'asc'];
	const sign = direction === 'asc' ? 1 : -1;
	return [...kept].sort((one, other) => sign * (numberIn(one, field) - numberIn(other, field)) || one.id - other.id);
}

function passes(row: Row, filter: PhpBranch): boolean {
	return Object.entries(filter).every(([key, asked]) => {
		if (EXACT.includes(key)) return listOf(asked).includes(String(key === 'is_completed' ? Number(fieldOf(row, key)) : fieldOf(row, key)));
		if (TEXT.includes(key)) return listOf(asked).includes(String(fieldOf(row, key)));
		if (key === 'task_type') return listOf(asked).includes(String(fieldOf(row, 'task_type_id')));
		if (RANGES.includes(key)) return inRange(numberIn(row, key), asked);
		if (key === 'statuses') return inStage(row, asked);
		if (key === 'custom_fields_values') return hasValues(row, asked);
		return true;
	});
}

function inRange(value: number, asked: PhpTree): boolean {
	if (typeof asked === 'string') return value === Number(asked);
	if (asked.from === undefined && asked.to === undefined) return listOf(asked).includes(String(value));
	return value >= Number(asked.from ?? Number.NEGATIVE_INFINITY) && value <= Number(asked.to ?? Number.POSITIVE_INFINITY);
}

function inStage(row: Row, asked: PhpTree): boolean {
	if (typeof asked === 'string') return true;
	return Object.values(asked).some(
		(pair) => typeof pair === 'object' && String(pair.pipeline_id) === String(fieldOf(row, 'pipeline_id')) && String(pair.status_id) === String(fieldOf(row, 'status_id')),
	);
}

function hasValues(row: Row, asked: PhpTree): boolean {
	if (typeof asked === 'string' || !('values' in row)) return true;
	return Object.entries(asked).every(([id, wanted]) => {
		const stored = row.values.get(Number(id)) ?? [];
		return stored.some(({ value, enum_id: choice }) => {
			if (typeof wanted === 'object' && ('from' in wanted || 'to' in wanted)) return inRange(Number(value), wanted);
			return listOf(wanted).some((one) => one === String(value) || one === String(choice));
		});
	});
}

/** Everything that is written on a card, in lower case. */
function searched(world: World, row: Row, text: string): boolean {
	if (!('values' in row)) return false;
	const written = [row.name, ...[...row.values.values()].flat().map(({ value }) => String(value))].map((one) => one.toLowerCase());
	const wanted = text.toLowerCase();
	if (written.some((one) => one.includes(wanted))) return true;
	const digits = text.replace(/\D/g, '');
	return world.switches.querySearch === 'digits' && digits.length >= 5 && written.some((one) => one.replace(/\D/g, '').includes(digits));
}

function fieldOf(row: Row, key: string): unknown {
	return (row as unknown as Readonly<Record<string, unknown>>)[key];
}

function numberIn(row: Row, key: string): number {
	const value = fieldOf(row, key);
	return typeof value === 'number' ? value : Number.NaN;
}
