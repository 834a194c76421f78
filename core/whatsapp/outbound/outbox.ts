import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database, Store } from '../../store';
import { removeBlobsIn } from '../blobs';
import { holdLease, type Lease, type SessionKey } from '../lease';
import { noteFirstOut } from './person';

export type OutboxState = 'queued' | 'sending' | 'unknown' | 'acked' | 'delivered' | 'read' | 'failed';

/** The row of a chat that has to go next. Instants are milliseconds since the epoch. */
export interface OutboxHead {
	readonly id: string;
	readonly chat: string;
	/** The JID that stands for the person. */
	readonly person: string;
	readonly waId: string;
	readonly state: OutboxState;
	/** Times it was tried. */
	readonly tries: number;
	readonly seq: number;
	readonly queuedAt: number;
	readonly notBefore: number;
	readonly sentAt: number | null;
	/** When the person last wrote: who waits for an answer goes before others. */
	readonly lastInAt: number | null;
}

/** The bytes that belong to one row and go with it. */
export const ownBlobId = (id: string): string => `out:${id}`;

/** Written into the statement as it is: only so do both engines find the index of waiting rows. */
export const WAITING = sql<boolean>`wa_outbox.state in ('queued', 'sending', 'unknown')`;

const DAY_MS = 86_400_000;

/** A power cut that undoes what came after the queueing leaves a row that is sent again under the same id. */
export const REPEATABLE = { survives: 'kill' } as const;

/** The next row of every chat: rows that wait for a later day do not hold back others, rows already tried do. */
export async function readHeads(db: Kysely<Database>, { tenant, session }: SessionKey, now: number): Promise<readonly OutboxHead[]> {
	const firsts = db
		.selectFrom('wa_outbox')
		.select(['chat', (row) => row.fn.min('seq').as('seq')])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where(WAITING)
		.where((row) => row.or([row('not_before', '<=', now), row('tries', '>', 0)]))
		.groupBy('chat');
	const rows = await db
		.selectFrom('wa_outbox')
		.innerJoin(firsts.as('first'), (join) => join.onRef('first.chat', '=', 'wa_outbox.chat').onRef('first.seq', '=', 'wa_outbox.seq'))
		.leftJoin('wa_contact', (join) => join.onRef('wa_contact.tenant', '=', 'wa_outbox.tenant').onRef('wa_contact.session', '=', 'wa_outbox.session').onRef('wa_contact.jid', '=', 'wa_outbox.chat'))
		.select(['wa_outbox.id', 'wa_outbox.chat', 'wa_contact.chat as person', 'wa_outbox.wa_id', 'wa_outbox.state', 'wa_outbox.tries', 'wa_outbox.seq', 'wa_outbox.queued_at', 'wa_outbox.not_before', 'wa_outbox.sent_at', 'wa_contact.last_in_at'])
		.where('wa_outbox.tenant', '=', tenant)
		.where('wa_outbox.session', '=', session)
		.where(WAITING)
		.orderBy('wa_outbox.seq')
		.orderBy('wa_outbox.id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		chat: row.chat,
		person: row.person ?? row.chat,
		waId: row.wa_id,
		// the check of the table knows no other
		state: row.state as OutboxState,
		tries: row.tries,
		seq: row.seq,
		queuedAt: row.queued_at,
		notBefore: row.not_before,
		sentAt: row.sent_at,
		lastInAt: row.last_in_at,
	}));
}

/** What was sent after the instant, oldest first: for limits that a restart must not forget. */
export async function readSentAfter(db: Kysely<Database>, { tenant, session }: SessionKey, instant: number): Promise<readonly { readonly chat: string; readonly sentAt: number }[]> {
	const rows = await db
		.selectFrom('wa_outbox')
		.select(['chat', 'sent_at'])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		// the index is by queueing; what waited longer than a day is passed over
		.where('queued_at', '>', instant - DAY_MS)
		.where('sent_at', '>', instant)
		.orderBy('sent_at')
		.execute();
	return rows.flatMap(({ chat, sent_at }) => (sent_at === null ? [] : { chat, sentAt: sent_at }));
}

/** Chats that we began after the instant, oldest first. */
export async function readBegunAfter(db: Kysely<Database>, { tenant, session }: SessionKey, instant: number): Promise<readonly { readonly chat: string; readonly begunAt: number }[]> {
	const rows = await db
		.selectFrom('wa_contact')
		.select(['jid', 'first_out_at'])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('first_out_at', '>', instant)
		.orderBy('first_out_at')
		.execute();
	return rows.flatMap(({ jid, first_out_at }) => (first_out_at === null ? [] : { chat: jid, begunAt: first_out_at }));
}

/** What a row holds: sealed. */
export async function readContent(db: Kysely<Database>, tenant: string, id: string): Promise<{ readonly payload: string; readonly message: string | null } | undefined> {
	return await db.selectFrom('wa_outbox').select(['payload', 'message']).where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
}

/** Changes of the outbox by who runs the session; each proves the lease. Errors are StoreErrors, and `lease_lost`. */
export class OutboxChanges {
	constructor(
		private readonly store: Store,
		private readonly lease: Lease,
		private readonly clock: () => number,
	) {}

	/**
	 * Notes, before anything is handed to the socket, that the row is being sent, and what. False when the row waits no more.
	 * `mustKeep` is for content that cannot be made a second time the same, such as the secret of a poll.
	 */
	async sending({ id, chat }: OutboxHead, message: string, { beginsChat, mustKeep }: { readonly beginsChat: boolean; readonly mustKeep: boolean }): Promise<boolean> {
		const now = this.clock();
		return await this.#write(
			async (trx) => {
				const { numUpdatedRows } = await this.#row(trx, id)
					.set((row) => ({ state: 'sending', tries: row('tries', '+', 1), sent_at: now, message: row.fn.coalesce('message', row.val(message)) }))
					.where(WAITING)
					.executeTakeFirst();
				if (numUpdatedRows === 0n) return false;
				if (beginsChat) await noteFirstOut(trx, this.lease, chat, now);
				return true;
			},
			mustKeep ? {} : REPEATABLE,
		);
	}

	/** Nobody knows what became of it: it is sent again after the next login, or then. */
	async unknown(id: string, againAt: number): Promise<void> {
		await this.#write(async (trx) => await this.#row(trx, id).set({ state: 'unknown', not_before: againAt }).where(WAITING).execute());
	}

	/** It could not be sent, and certainly was not: later again, before anything else of its chat. */
	async postponed(id: string, againAt: number): Promise<void> {
		await this.#write(async (trx) => await this.#row(trx, id).set((row) => ({ state: 'queued', tries: row('tries', '+', 1), not_before: againAt })).where(WAITING).execute());
	}

	/** It will not be sent. `acked_at` is when that was settled. */
	async failed(id: string, code: string): Promise<void> {
		const now = this.clock();
		await this.#write(async (trx) => {
			await this.#row(trx, id).set({ state: 'failed', error: code, acked_at: now }).where(WAITING).execute();
			await removeBlobsIn(trx, this.lease.tenant, [ownBlobId(id)]);
		});
	}

	/** New chats wait until then; null when they need not. */
	async pauseNewChats(until: number | null): Promise<void> {
		const { tenant, session } = this.lease;
		await this.#write(async (trx) => await trx.updateTable('wa_session').set({ reachout_paused_until: until }).where('tenant', '=', tenant).where('session', '=', session).execute());
	}

	/** Removes rows that are settled and older than the instant, a few at a time. */
	async forget(before: number, most: number): Promise<void> {
		const { tenant, session } = this.lease;
		await this.#write(async (trx) => {
			const old = await trx.selectFrom('wa_outbox').select('id').where('tenant', '=', tenant).where('session', '=', session).where('queued_at', '<', before).where('state', 'in', ['acked', 'delivered', 'read', 'failed']).limit(most).execute();
			if (old.length > 0) await trx.deleteFrom('wa_outbox').where('tenant', '=', tenant).where('id', 'in', old.map(({ id }) => id)).execute();
		});
	}

	/** One transaction under the lease. */
	async #write<T>(work: (trx: Transaction<Database>) => Promise<T>, options: { readonly survives?: 'kill' } = REPEATABLE): Promise<T> {
		return await this.store.write(async (trx) => {
			await holdLease(this.store, trx, this.lease);
			return await work(trx);
		}, options);
	}

	#row(trx: Transaction<Database>, id: string) {
		return trx.updateTable('wa_outbox').where('tenant', '=', this.lease.tenant).where('id', '=', id);
	}
}
