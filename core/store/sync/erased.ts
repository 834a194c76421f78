import type { Kysely } from 'kysely';
import type { Phone, SyncedEntity } from '../../booking';
import type { Database } from '../schema';
import { statement } from '../statement';
import { NO_EXTRA, type Told } from './merge';
import { MERGE_RULES } from './rules';

/** Clients of one copy to be forgotten: by phone, or by their ids at the CRM. */
export interface ErasedOfCopy {
	readonly phone?: Phone;
	readonly clientIds?: readonly string[];
}

/** Rows of the copy that lost what was personal in them, and rows of the outreach that are gone. */
export interface CopyErasure {
	readonly sync_client: number;
	readonly sync_visit: number;
	readonly sync_goods: number;
	readonly outreach: number;
}

const NAMELESS = { name: null, name_key: null, phone: null, email: null, birthday: null } as const;
/** What the salon noted of a client itself. */
const UNNOTED = Object.fromEntries(MERGE_RULES.client.fields.flatMap(({ field, class: kind }) => (kind === 'localOnly' ? [[field, null]] : [])));

/**
 * Takes what is personal out of clients and their visits, with what the salon noted and what was written to them, and
 * remembers their ids, so that no later reading of the same card brings it back: sums and counts stay, the card is
 * nobody's. Somebody who books anew is a client anew, see {@link forgetting}. `at` is the moment, UTC.
 */
export async function eraseCopied(trx: Kysely<Database>, tenant: string, { phone, clientIds = [] }: ErasedOfCopy, at: string): Promise<CopyErasure> {
	const cards = phone === undefined ? [] : await trx.selectFrom('sync_client').select('id').where('tenant', '=', tenant).where('phone', '=', phone).execute();
	const ids = [...new Set([...clientIds, ...cards.map(({ id }) => id)])];
	if (ids.length === 0) return { sync_client: 0, sync_visit: 0, sync_goods: 0, outreach: 0 };
	await trx.insertInto('sync_erased').values(ids.map((id) => ({ tenant, client_id: id, erased_at: at }))).onConflict((conflict) => conflict.columns(['tenant', 'client_id']).doUpdateSet({ erased_at: at })).execute();
	const clients = await trx.updateTable('sync_client').set({ ...NAMELESS, ...UNNOTED, extra: NO_EXTRA, updated_at: at }).where('tenant', '=', tenant).where('id', 'in', ids).executeTakeFirst();
	const visits = await trx.updateTable('sync_visit').set({ comment: '', extra: NO_EXTRA }).where('tenant', '=', tenant).where('client_id', 'in', ids).executeTakeFirst();
	const goods = await trx.updateTable('sync_goods').set({ extra: NO_EXTRA }).where('tenant', '=', tenant).where('client_id', 'in', ids).executeTakeFirst();
	const told = await trx.deleteFrom('outreach').where('tenant', '=', tenant).where('client_id', 'in', ids).executeTakeFirst();
	return { sync_client: Number(clients.numUpdatedRows), sync_visit: Number(visits.numUpdatedRows), sync_goods: Number(goods.numUpdatedRows), outreach: Number(told.numDeletedRows) };
}

const ANY_ERASED = statement<{ readonly tenant: string }, { client_id: string }>((db, { tenant }) => db.selectFrom('sync_erased').select('client_id').where('tenant', '=', tenant).limit(1));

/**
 * What the CRM told, without what was erased of its clients. A visit made after the erasure takes it back: who comes again
 * is served as a client, and the card is taken whole by the next reading of it.
 */
export async function forgetting(trx: Kysely<Database>, tenant: string, entity: SyncedEntity, told: readonly Told[]): Promise<readonly Told[]> {
	if (entity !== 'client' && entity !== 'visit' && entity !== 'goods') return told;
	if (told.length === 0 || (await ANY_ERASED(trx, { tenant })).length === 0) return told;
	const erasedAt = await erasedAmong(trx, tenant, told.flatMap((one) => ownerOf(entity, one) ?? []));
	if (erasedAt.size === 0) return told;
	const returned = entity === 'visit' ? told.filter((one) => madeAt(one) > (erasedAt.get(ownerOf(entity, one) ?? '') ?? '~')).map((one) => ownerOf(entity, one) ?? '') : [];
	if (returned.length > 0) await trx.deleteFrom('sync_erased').where('tenant', '=', tenant).where('client_id', 'in', returned).execute();
	return told.map((one) => {
		const owner = ownerOf(entity, one);
		if (owner === null || !erasedAt.has(owner) || returned.includes(owner)) return one;
		return { ...one, extra: NO_EXTRA, fields: { ...one.fields, ...(entity === 'client' ? NAMELESS : entity === 'visit' ? { comment: '' } : {}) } };
	});
}

function ownerOf(entity: SyncedEntity, { id, fields }: Told): string | null {
	if (entity === 'client') return id;
	return typeof fields.client_id === 'string' ? fields.client_id : null;
}

function madeAt({ fields: { created_at: createdAt } }: Told): string {
	return typeof createdAt === 'string' ? createdAt : '';
}

async function erasedAmong(trx: Kysely<Database>, tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const found = new Map<string, string>();
	for (let from = 0; from < ids.length; from += 500) {
		const rows = await trx.selectFrom('sync_erased').select(['client_id', 'erased_at']).where('tenant', '=', tenant).where('client_id', 'in', ids.slice(from, from + 500)).execute();
		for (const { client_id: id, erased_at: at } of rows) found.set(id, at);
	}
	return found;
}
