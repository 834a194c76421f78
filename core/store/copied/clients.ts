import { type ExpressionBuilder, sql } from 'kysely';
import type { Instant } from '../../booking';
import { utcInstant } from '../instant';
import type { Database } from '../schema';
import type { SyncClientTable } from '../schema/sync';
import type { Store } from '../store';
import { inChunks } from '../sync/chunks';

/** A client of the copy that the CRM has not deleted. */
export type CopiedClient = SyncClientTable;

/** Fields of a client that are ours; an absent key is left as it is, null empties. */
export interface ClientNotes {
	readonly note?: string | null;
	/** JSON. */
	readonly nameForms?: string | null;
	/** When consent was given. */
	readonly consentAt?: Instant | null;
	/** When the client asked for no more messages. */
	readonly optedOutAt?: Instant | null;
}

/** The branch as the copy knows it. */
export interface CopiedBranch {
	readonly zone: string;
	/** ISO 4217. */
	readonly currency: string;
	/** The visits were read whole at least once: no visit in the copy then means no visit. */
	readonly visitsKnown: boolean;
	/** Sales of goods were read whole at least once. */
	readonly goodsKnown: boolean;
}

export interface CopiedName {
	readonly name: string;
	/** Still at work, or still on the list. */
	readonly active: boolean;
}

/** Clients of one branch in the copy. Errors of the database are StoreErrors. */
export interface CopiedClients {
	/** Null where nothing is copied. */
	branch(): Promise<CopiedBranch | null>;
	byId(id: string): Promise<CopiedClient | null>;
	byIds(ids: readonly string[]): Promise<readonly CopiedClient[]>;
	/** Cards of this phone; a family may share one. */
	byPhone(phone: string): Promise<readonly CopiedClient[]>;
	/** Clients after this id, by id. */
	page(after: string, limit: number): Promise<readonly CopiedClient[]>;
	/** How many have spent anything. */
	spenders(): Promise<number>;
	/** What the client at this place of the list by spending has spent; the highest is 0. */
	spentAt(place: number): Promise<number | null>;
	/** Writes our own fields; false where there is no such client. */
	note(id: string, notes: ClientNotes): Promise<boolean>;
	/** Titles of services and names of staff by id. */
	names(): Promise<{ readonly services: ReadonlyMap<string, CopiedName>; readonly staff: ReadonlyMap<string, CopiedName> }>;
}

/** The CRM's own sum goes before that of the visits we know. */
const spent = (eb: ExpressionBuilder<Database, 'sync_client'>) => eb.fn.coalesce('total_spent', 'services_amount');

export function copiedClients(store: Store, tenant: string): CopiedClients {
	const { db } = store;
	const clients = () => db.selectFrom('sync_client').where('tenant', '=', tenant).where('deleted_at', 'is', null);

	return {
		async branch() {
			const company = await db.selectFrom('sync_company').select(['zone', 'currency']).where('tenant', '=', tenant).where('deleted_at', 'is', null).orderBy('id').executeTakeFirst();
			if (company === undefined) return null;
			const streams = await db.selectFrom('sync_stream').select(['stream', 'full_at']).where('tenant', '=', tenant).execute();
			const isKnown = (name: string): boolean => streams.some(({ stream, full_at: fullAt }) => stream === name && fullAt !== null);
			return { zone: company.zone, currency: company.currency, visitsKnown: isKnown('visits'), goodsKnown: isKnown('goods') };
		},

		async byId(id) {
			return (await clients().selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
		},

		async byIds(ids) {
			const found: CopiedClient[] = [];
			await inChunks(ids, async (chunk) => void found.push(...(await clients().selectAll().where('id', 'in', chunk).execute())));
			return found;
		},

		byPhone: (phone) => clients().selectAll().where('phone', '=', phone).orderBy('id').execute(),

		page: (after, limit) => clients().selectAll().where('id', '>', after).orderBy('id').limit(limit).execute(),

		async spenders() {
			const { count } = await clients().select(({ fn }) => fn.countAll<number>().as('count')).where((eb) => eb(spent(eb), '>', 0)).executeTakeFirstOrThrow();
			return Number(count);
		},

		async spentAt(place) {
			const row = await clients().select((eb) => spent(eb).as('spent')).where((eb) => eb(spent(eb), '>', 0)).orderBy((eb) => spent(eb), 'desc').limit(1).offset(place).executeTakeFirst();
			return row === undefined ? null : Number(row.spent);
		},

		async note(id, { note, nameForms, consentAt, optedOutAt }) {
			const set = {
				...(note === undefined ? {} : { note }),
				...(nameForms === undefined ? {} : { name_forms: nameForms }),
				...(consentAt === undefined ? {} : { consent_at: orNull(consentAt) }),
				...(optedOutAt === undefined ? {} : { opted_out_at: orNull(optedOutAt) }),
			};
			if (Object.keys(set).length === 0) return (await this.byId(id)) !== null;
			const { numUpdatedRows } = await store.write((trx) =>
				trx.updateTable('sync_client').set(set).where('tenant', '=', tenant).where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst(),
			);
			return numUpdatedRows > 0n;
		},

		async names() {
			const live = sql<number>`case when deleted_at is null and active = 1 then 1 else 0 end`.as('live');
			const services = await db.selectFrom('sync_service').select(['id', 'title as name', live]).where('tenant', '=', tenant).execute();
			const staff = await db.selectFrom('sync_staff').select(['id', 'name', live]).where('tenant', '=', tenant).execute();
			return { services: named(services), staff: named(staff) };
		},
	};
}

function named(rows: readonly { readonly id: string; readonly name: string; readonly live: number }[]): ReadonlyMap<string, CopiedName> {
	return new Map(rows.map(({ id, name, live }) => [id, { name, active: live === 1 }]));
}

function orNull(at: Instant | null): string | null {
	return at === null ? null : utcInstant(at);
}
