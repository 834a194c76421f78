import { sql } from 'kysely';
import * as v from 'valibot';
import { type Client, type Instant, ok, type Outcome, refused } from '../../../booking';
import type { CrmClientTable } from '../../../store/schema/builtin-crm';
import { clientOf, foldText, readClient } from '../clients';
import { answering, type Context, nowText } from '../context';
import { parseInput, text } from '../inputs';

/** A client card with what the front desk sees. */
export interface ClientCard extends Client {
	readonly notes: string | null;
	/** UTC. */
	readonly createdAt: Instant;
	readonly updatedAt: Instant;
}

const LIMIT = v.pipe(v.number(), v.integer('The limit must be a whole number.'), v.minValue(1, 'The limit must be at least 1.'), v.maxValue(500, 'The limit must be at most 500.'));
const LIST = v.strictObject({
	/** Parts of the name and of the phone, in any order and case; ё is е. */
	search: v.optional(v.pipe(v.string(), v.maxLength(100, 'The search is too long.')), ''),
	blocked: v.optional(v.boolean()),
	limit: v.optional(LIMIT, 50),
	/** `id` of the last card of the previous page. */
	after: v.optional(v.string()),
});
const FLAGS = v.strictObject({ blocked: v.optional(v.boolean()), notes: v.optional(v.nullable(text(5000, 'The notes'))) });
/** Input of {@link listClients}. */
export type ClientList = v.InferInput<typeof LIST>;
/** Input of {@link setClientFlags}; an absent key is left as it is. */
export type ClientFlags = v.InferInput<typeof FLAGS>;

const NO_CLIENT = refused('not_found', 'There is no client with this id; find or create the client first.');

/** One card by id. */
export function getClient({ store, tenant }: Context, id: string): Promise<Outcome<ClientCard>> {
	return answering(async () => {
		const row = await readClient(store.db, tenant, id);
		return row === null ? NO_CLIENT : ok(cardOf(row));
	});
}

/** Cards in the order of ids; every word of the search must be found in the name or the phone. */
export function listClients({ store, tenant }: Context, filter: ClientList): Promise<Outcome<readonly ClientCard[]>> {
	return answering(async () => {
		const parsed = parseInput(LIST, filter);
		if (parsed.kind === 'refused') return parsed;
		const { search, blocked, limit, after } = parsed.value;
		let query = store.db.selectFrom('crm_client').selectAll().where('tenant', '=', tenant);
		if (blocked !== undefined) query = query.where('blocked', '=', Number(blocked));
		if (after !== undefined) query = query.where('id', '>', after);
		for (const part of searchParts(search)) query = query.where(sql<boolean>`search like ${`%${part.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`);
		return ok((await query.orderBy('id').limit(limit).execute()).map(cardOf));
	});
}

/** A phone is one part however it is spaced; the trunk 8 of Russia and Kazakhstan is left out. Other text is words. */
function searchParts(search: string): string[] {
	const folded = foldText(search);
	if (/^[\d\s()+.-]+$/.test(folded)) {
		const digits = folded.replace(/\D/g, '');
		return digits === '' ? [] : [digits.length >= 4 ? digits.replace(/^8/, '') : digits];
	}
	return folded.split(' ').filter((word) => word !== '');
}

/** Blocks or unblocks a client, writes notes. */
export function setClientFlags(context: Context, id: string, flags: ClientFlags): Promise<Outcome<ClientCard>> {
	return answering(async () => {
		const parsed = parseInput(FLAGS, flags);
		if (parsed.kind === 'refused') return parsed;
		return context.store.write(async (trx): Promise<Outcome<ClientCard>> => {
			const row = await readClient(trx, context.tenant, id);
			if (row === null) return NO_CLIENT;
			const { blocked = row.blocked === 1, notes = row.notes } = parsed.value;
			const changed = { blocked: Number(blocked), notes, updated_at: nowText(context) };
			await trx.updateTable('crm_client').set(changed).where('tenant', '=', context.tenant).where('id', '=', id).execute();
			return ok(cardOf({ ...row, ...changed }));
		});
	}, `client:${id}`);
}

/**
 * Removes what tells who the client is: name, phone, notes, comments and guest names of the visits. Visits and sales
 * stay as figures without a person. Erasing twice changes nothing more.
 */
export function eraseClient(context: Context, id: string): Promise<Outcome<ClientCard>> {
	return answering(
		() =>
			context.store.write(async (trx): Promise<Outcome<ClientCard>> => {
				const { tenant } = context;
				const row = await readClient(trx, tenant, id);
				if (row === null) return NO_CLIENT;
				if (row.name === null && row.phone === null) return ok(cardOf(row));
				const blank = { name: null, phone: null, name_key: null, search: '', notes: null, updated_at: nowText(context) };
				await trx.updateTable('crm_client').set(blank).where('tenant', '=', tenant).where('id', '=', id).execute();
				await trx
					.updateTable('crm_appointment')
					.set((eb) => ({ comment: null, guest_name: null, updated_at: blank.updated_at, version: eb('version', '+', 1) }))
					.where('tenant', '=', tenant)
					.where('client_id', '=', id)
					.where((eb) => eb.or([eb('comment', 'is not', null), eb('guest_name', 'is not', null)]))
					.execute();
				return ok(cardOf({ ...row, ...blank }));
			}),
		`client:${id}`,
	);
}

function cardOf(row: CrmClientTable): ClientCard {
	return { ...clientOf(row), notes: row.notes, createdAt: row.created_at, updatedAt: row.updated_at };
}
