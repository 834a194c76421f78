import type * as v from 'valibot';
import { type Outcome, ok, refused, unavailable } from '../../booking';
import type { Transport } from '../http';
import * as calls from './calls';
import { address, encodeSet, groupsFor, type Options } from './odata';
import { VENDOR } from './transport';

const PAGE_SIZE = 200;
/** Of a list that is held whole. */
const MOST_PAGES = 100;

/** How to know a row again: its reference, or the dimensions of a register. */
type IdOf<T> = (row: T) => string;

/** Where a list is read from. The order must be stable, since pages are counted. */
export interface Source<T> {
	readonly name: string;
	readonly set: string;
	/** Parameters of a virtual table. */
	readonly argument?: string;
	readonly pageSize?: number;
	readonly options: Omit<Options, 'top' | 'skip'> & { readonly orderby: string };
	readonly schema: v.GenericSchema<unknown, T>;
	readonly idOf: IdOf<T>;
}

/** One page of a walk. */
export interface ListPage<T> {
	readonly rows: readonly T[];
	/** Rows to skip for the next page; null at the end. */
	readonly next: number | null;
	/** The list stood still since the page before. */
	readonly steady: boolean;
}

interface Walk {
	/** Rows to skip at the beginning. */
	readonly from?: number;
	/** Pages after which the list is refused as too long; a hundred when absent. */
	readonly mostPages?: number;
}

/**
 * Pages of a list. The protocol counts rows and knows no cursor: each page begins with the last row of the one before, and
 * when it is another row the list has moved meanwhile. A page that is not full is the end.
 */
export async function* pagesOf<T>(transport: Transport, source: Source<T>, { from = 0, mostPages = MOST_PAGES }: Walk = {}): AsyncGenerator<Outcome<ListPage<T>>> {
	const { name, set, argument, options, schema, idOf, pageSize = PAGE_SIZE } = source;
	let [skip, last]: [number, string | null] = [from, null];
	for (let page = 0; page < mostPages; page += 1) {
		const overlap: 0 | 1 = last === null ? 0 : 1;
		const answer: Outcome<readonly T[]> = await transport.read(calls.list(name, set, { ...options, top: pageSize + overlap, skip: skip - overlap }, schema, argument));
		if (answer.kind !== 'ok') return yield answer;
		const first = answer.value[0];
		const steady = overlap === 0 || (first !== undefined && idOf(first) === last);
		const rows: readonly T[] = answer.value.slice(overlap);
		const bottom = rows.at(-1);
		skip += rows.length;
		last = bottom === undefined ? last : idOf(bottom);
		const isEnd = answer.value.length < pageSize + overlap;
		yield ok({ rows, next: isEnd ? null : skip, steady });
		if (isEnd) return;
	}
	yield refused('invalid_request', 'The list is too long to be read at once; ask for a shorter window, or narrow the filter of the mapping.');
}

/** A whole list, each row once. One that moved while it was read is no answer. */
export async function readAll<T>(transport: Transport, source: Source<T>): Promise<Outcome<readonly T[]>> {
	const found = new Map<string, T>();
	for await (const page of pagesOf(transport, source)) {
		if (page.kind !== 'ok') return page;
		if (!page.value.steady) return unavailable(`${VENDOR} changed a list while it was read (${source.name}).`);
		for (const row of page.value.rows) found.set(source.idOf(row), row);
	}
	return ok([...found.values()]);
}

/** Rows whose field has one of many values, asked in groups that fit into an address. */
export async function readWhere<T>(transport: Transport, source: Source<T>, literals: readonly string[], conditionOf: (group: readonly string[]) => string): Promise<Outcome<readonly T[]>> {
	const found: T[] = [];
	const rest = address(encodeSet(source.set), { ...source.options, top: PAGE_SIZE, skip: PAGE_SIZE });
	for (const group of groupsFor(literals, conditionOf, rest)) {
		const rows = await readAll(transport, { ...source, options: { ...source.options, filter: conditionOf(group) } });
		if (rows.kind !== 'ok') return rows;
		found.push(...rows.value);
	}
	return ok(found);
}
