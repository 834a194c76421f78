import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database, Store } from '../../store';
import { WhatsappError } from '../errors';

/** A session of a tenant: the key of everything that is stored for it. */
export interface SessionKey {
	readonly tenant: string;
	readonly session: string;
}

/** The right to run a session, as taken once. */
export interface Lease extends SessionKey {
	readonly owner: string;
	readonly epoch: number;
}

/** How long a session stays with an owner who is not heard of any more, in milliseconds. */
const LEASE_MS = 30_000;

/** A lease that a power cut undoes had an owner whom it cut off as well. */
const RENEWABLE = { survives: 'kill' } as const;

/** The clock of the database, which all processes share: milliseconds since the epoch. */
function databaseTime({ dialect }: Store): RawBuilder<number> {
	return dialect === 'sqlite' ? sql<number>`cast(unixepoch('subsec') * 1000 as integer)` : sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
}

/**
 * Takes the session for `owner` when nobody has it, when its holder fell silent, or when it is `owner` who has it already.
 * Null when another owner has it. Every taking ends the rights of the one before.
 */
export async function takeLease(store: Store, { tenant, session }: SessionKey, owner: string, leaseMs: number = LEASE_MS): Promise<Lease | null> {
	const now = databaseTime(store);
	const rows = await store.write(
		async (trx) =>
			await trx
				.insertInto('wa_lease')
				.values({ tenant, session, owner, epoch: 1, expires_at: sql<number>`${now} + ${leaseMs}` })
				.onConflict((conflict) =>
					conflict
						.columns(['tenant', 'session'])
						.doUpdateSet({ owner, epoch: sql<number>`wa_lease.epoch + 1`, expires_at: sql<number>`${now} + ${leaseMs}` })
						.where((row) => row.or([row('wa_lease.expires_at', '<=', now), row('wa_lease.owner', '=', owner)])),
				)
				.returning('epoch')
				.execute(),
		RENEWABLE,
	);
	const [taken] = rows;
	return taken === undefined ? null : { tenant, session, owner, epoch: Number(taken.epoch) };
}

/** Keeps the lease for another while; false when another owner has taken the session, which then has to be closed at once. */
export async function renewLease(store: Store, lease: Lease, leaseMs: number = LEASE_MS): Promise<boolean> {
	return await setExpiry(store, lease, sql<number>`${databaseTime(store)} + ${leaseMs}`);
}

/** Keeps all leases of an owner for another while, in one statement; those it still has. What is not among them was taken by another. */
export async function renewLeases(store: Store, owner: string, leaseMs: number = LEASE_MS): Promise<readonly Lease[]> {
	const rows = await store.write(
		async (trx) =>
			await trx
				.updateTable('wa_lease')
				.set({ expires_at: sql<number>`${databaseTime(store)} + ${leaseMs}` })
				.where('owner', '=', owner)
				// one that was given back stays so
				.where('expires_at', '>', 0)
				.returning(['tenant', 'session', 'epoch'])
				.execute(),
		RENEWABLE,
	);
	return rows.map(({ tenant, session, epoch }) => ({ tenant, session, owner, epoch: Number(epoch) }));
}

/** Sessions that somebody has now, with their owners. */
export async function heldSessions(store: Store): Promise<readonly (SessionKey & { readonly owner: string })[]> {
	return await store.db.selectFrom('wa_lease').select(['tenant', 'session', 'owner']).where('expires_at', '>', databaseTime(store)).execute();
}

/** Who has the session now; null when nobody has. */
export async function leaseHolder(store: Store, { tenant, session }: SessionKey): Promise<string | null> {
	const row = await store.db.selectFrom('wa_lease').select('owner').where('tenant', '=', tenant).where('session', '=', session).where('expires_at', '>', databaseTime(store)).executeTakeFirst();
	return row?.owner ?? null;
}

/** Gives the session back, so that the next owner need not wait. A lease that is no longer held is left alone. */
export async function releaseLease(store: Store, lease: Lease): Promise<void> {
	await setExpiry(store, lease, sql<number>`0`);
}

/** Throws {@link WhatsappError} `lease_lost` when the lease was taken by another; until `trx` ends nobody can take it. */
export async function holdLease({ dialect }: Store, trx: Transaction<Database>, { tenant, session, epoch }: Lease): Promise<void> {
	const query = trx.selectFrom('wa_lease').select('epoch').where('tenant', '=', tenant).where('session', '=', session);
	const row = await (dialect === 'postgres' ? query.forShare() : query).executeTakeFirst();
	if (row === undefined || Number(row.epoch) !== epoch) throw new WhatsappError('lease_lost');
}

async function setExpiry(store: Store, { tenant, session, owner, epoch }: Lease, expiry: RawBuilder<number>): Promise<boolean> {
	const { numUpdatedRows } = await store.write(
		async (trx) =>
			await trx
				.updateTable('wa_lease')
				.set({ expires_at: expiry })
				.where('tenant', '=', tenant)
				.where('session', '=', session)
				.where('owner', '=', owner)
				.where('epoch', '=', epoch)
				.executeTakeFirst(),
		RENEWABLE,
	);
	return numUpdatedRows > 0n;
}
