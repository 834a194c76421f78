import * as v from 'valibot';
import { type Outcome, ok, refused } from '../../../booking';
import type { Call, Query, Transport } from '../../http';
import type { Brand } from '../brands';
import { WIRE_ID } from '../wire';

/** An account for the vendor's own operations, which the booking port does not know. */
export interface Office {
	readonly transport: Transport;
	readonly brand: Brand;
}

/** A record in the vendor's own shape; the id is text. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

const ANY = v.looseObject({ id: WIRE_ID });
const NOTHING = v.pipe(v.null(), v.transform((): { readonly items: readonly Row[]; readonly hasNext: boolean } => ({ items: [], hasNext: false })));

const NO_RECORD = refused('not_found', 'There is no record with this id; read the list again.');

/** A GET of a list, page by page until it ends or has `limit` rows. */
export async function listRows({ transport }: Office, name: string, where: string, key: string, query: Query, limit: number, mostPerPage = 250): Promise<Outcome<readonly Row[]>> {
	const perPage = Math.min(mostPerPage, limit);
	const found = new Map<string, Row>();
	for (let page = 1; found.size < limit; page += 1) {
		const answer = await transport.read({ name, method: 'GET', path: where, query: { ...query, limit: perPage, page }, schema: rowsOf(key) });
		if (answer.kind !== 'ok') return answer;
		const before = found.size;
		for (const row of answer.value.items) found.set(row.id, row);
		if (!answer.value.hasNext || found.size === before) break;
	}
	return ok([...found.values()].slice(0, limit));
}

function rowsOf(key: string): v.GenericSchema<unknown, { readonly items: readonly Row[]; readonly hasNext: boolean }> {
	const list = v.pipe(
		v.looseObject({ _links: v.optional(v.looseObject({ next: v.optional(v.unknown()) })), _embedded: v.looseObject({ [key]: v.array(ANY) }) }),
		v.transform(({ _links, _embedded }) => ({ items: (_embedded as Readonly<Record<string, Row[]>>)[key] ?? [], hasNext: _links?.next != null })),
	);
	return v.union([NOTHING, list]);
}

/** A GET of one record; an empty answer is no record. */
export async function readRow({ transport }: Office, name: string, where: string, query: Query = {}): Promise<Outcome<Row>> {
	const answer = await transport.read({ name, method: 'GET', path: where, query, schema: v.union([v.null(), ANY]) });
	if (answer.kind !== 'ok') return answer;
	return answer.value === null ? NO_RECORD : ok(answer.value);
}

/** POST of a batch of one; the value is the new id. */
export function createRow({ transport }: Office, name: string, where: string, key: string, row: unknown): Promise<Outcome<string>> {
	const schema = v.pipe(v.looseObject({ _embedded: v.looseObject({ [key]: v.pipe(v.array(ANY), v.length(1)) }) }), v.transform(({ _embedded }) => (_embedded as Readonly<Record<string, Row[]>>)[key]?.[0]?.id ?? ''));
	return transport.write({ name, method: 'POST', path: where, json: [row], schema }, name);
}

/** PATCH of one record. */
export function changeRow({ transport }: Office, name: string, where: string, json: unknown): Promise<Outcome<unknown>> {
	const call: Call<unknown> = { name, method: 'PATCH', path: where, json, schema: ANY };
	return transport.write(call, name);
}

/** An id as the vendor writes it. Throws `TypeError` for what is none; `what` names it. */
export function numberOf(id: string, what: string): number {
	if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
	throw new TypeError(`${what} is named by its number.`);
}
