import * as v from 'valibot';
import { type CalendarDate, type Outcome, ok, refused } from '../../../booking';
import { path } from '../../http';
import { ANY_RECORD, pageOf } from '../wire';
import type { Office, Row } from './office';

/** Above a hundred the storage silently gives fewer. */
const PAGE_SIZE = 100;
const MOST_PAGES = 200;

export interface GoodsQuery {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

/** Movements of goods of the days, both inclusive, at most `limit` of them. A short page is no end: only an empty one, or one of nothing new. */
export async function goodsTransactions({ transport, companyId }: Office, { from, to }: GoodsQuery, limit: number): Promise<Outcome<readonly Row[]>> {
	const found = new Map<string, Row>();
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const query = { start_date: from, end_date: to, page, count: PAGE_SIZE };
		const answer = await transport.read({ name: 'storage_transactions', method: 'GET', path: path`storages/transactions/${companyId}`, query, schema: pageOf(ANY_RECORD) });
		if (answer.kind !== 'ok') return answer;
		const before = found.size;
		for (const row of answer.value.items) found.set(row.id, row);
		if (found.size >= limit || found.size === before) return ok([...found.values()].slice(0, limit));
	}
	return refused('invalid_request', 'The days hold too many movements; ask for fewer days.');
}

const TEXT = v.union([v.string(), v.number()]);
const NAMED = v.object({ id: v.optional(TEXT), title: v.nullish(v.string()), name: v.nullish(v.string()) });
const TRANSACTION = v.object({
	id: TEXT,
	type_id: v.nullish(v.number()),
	type: v.nullish(v.string()),
	amount: v.nullish(v.union([v.number(), v.string()])),
	cost: v.nullish(v.union([v.number(), v.string()])),
	create_date: v.nullish(v.string()),
	good: v.fallback(v.nullish(NAMED), null),
	unit: v.fallback(v.nullish(NAMED), null),
	master: v.fallback(v.nullish(NAMED), null),
	client: v.fallback(v.nullish(NAMED), null),
	clients: v.fallback(v.nullish(NAMED), null),
	record_id: v.nullish(TEXT),
});

/** A movement in few words; sales come with a negative amount and are shown as they are read. */
export interface GoodsTransaction {
	readonly id: string;
	readonly type: string | null;
	readonly typeId: number | null;
	readonly createdAt: string | null;
	readonly goodId: string | null;
	readonly title: string | null;
	/** Always positive. */
	readonly amount: number | null;
	readonly unit: string | null;
	/** Whole units of the branch's currency, as the vendor gives it. */
	readonly cost: number | null;
	readonly staffId: string | null;
	readonly clientId: string | null;
	readonly appointmentId: string | null;
}

/** Picks the few fields; a row that is not one stays as it came, with its id. */
export function goodsTransactionOf(row: Row): GoodsTransaction {
	const parsed = v.safeParse(TRANSACTION, row);
	const wire: Partial<v.InferOutput<typeof TRANSACTION>> = parsed.success ? parsed.output : { id: String(row.id) };
	const client = wire.client ?? wire.clients;
	return {
		id: String(wire.id),
		type: wire.type ?? null,
		typeId: wire.type_id ?? null,
		createdAt: wire.create_date ?? null,
		goodId: idOf(wire.good?.id),
		title: wire.good?.title ?? null,
		amount: numberOf(wire.amount, Math.abs),
		unit: wire.unit?.title ?? null,
		cost: numberOf(wire.cost, (cost) => cost),
		staffId: idOf(wire.master?.id),
		clientId: idOf(client?.id),
		appointmentId: idOf(wire.record_id),
	};
}

function idOf(value: string | number | null | undefined): string | null {
	const id = String(value ?? '');
	return id === '' || id === '0' ? null : id;
}

function numberOf(value: string | number | null | undefined, change: (number: number) => number): number | null {
	const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
	return Number.isFinite(number) ? change(number) : null;
}
