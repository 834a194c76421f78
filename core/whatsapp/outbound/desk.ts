import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Database, Store } from '../../store';
import { putBlobIn } from '../blobs';
import type { SessionKey } from '../lease';
import type { Clock, Signals } from '../ports';
import { readSettings } from '../session/records';
import type { SessionSettings } from '../session/settings';
import { BadOrder, checkOrder, type WhatsappOrder } from './order';
import { ownBlobId, type OutboxState, WAITING } from './outbox';
import { noteAgreement, readPerson, refusalFor } from './person';
import { recipientJid } from './recipient';
import { explainRefusal, Refused } from './refusals';
import { sealFor } from './sealing';
import { type Delivery, type DeliveryPlace, isBehind, type OutboxStatus, statusOf, stepsOf } from './status';

export interface OutboxDeskOptions extends SessionKey {
	readonly signals: Signals;
	readonly clock?: Clock;
}

/** What became of an order at the desk. */
export type Enqueued =
	| { readonly kind: 'queued'; readonly id: string; readonly waId: string; readonly chatId: string; /** It was ordered before, under the same key. */ readonly isRepeat: boolean }
	/** Nothing was queued; the sentence is for an operator. */
	| { readonly kind: 'refused'; readonly code: string; readonly sentence: string };

/** The outbox of a session as nodes use it, in any process. Errors are StoreErrors, and `settings_invalid` of an order where the session's settings are damaged. */
export interface OutboxDesk {
	/** Queues a message; the process that runs the session sends it. Safe to repeat with the same key. */
	enqueue(order: WhatsappOrder): Promise<Enqueued>;
	/** Waits until WhatsApp has the message, or never will; at most so long. Null when there is no such message. */
	wait(id: string, timeoutMs: number): Promise<OutboxStatus | null>;
	/**
	 * Steps behind the place, oldest first. Go on with the place of the last one; after the end begin a few seconds before it, and pass over keys
	 * already told: two steps may be written in another order than they happened.
	 */
	deliveries(after: DeliveryPlace, limit: number): Promise<readonly Delivery[]>;
}

const POLL_MS = 500;
const DAY_MS = 86_400_000;
/** Receipts of older messages are not told any more. */
const TOLD_MS = 3 * DAY_MS;
const SETTLED: ReadonlySet<OutboxState> = new Set(['acked', 'delivered', 'read', 'failed']);

/** Ids as the web client gives them. */
const createWaId = (): string => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;

export function createOutboxDesk(store: Store, { tenant, session, signals, clock = Date.now }: OutboxDeskOptions): OutboxDesk {
	const key: SessionKey = { tenant, session };
	const rows = () => store.db.selectFrom('wa_outbox').where('tenant', '=', tenant).where('session', '=', session);

	/** Throws {@link Refused}. */
	async function insert(trx: Transaction<Database>, order: WhatsappOrder, { countryCode, mediaLimitBytes }: SessionSettings): Promise<Extract<Enqueued, { kind: 'queued' }>> {
		const known = await trx.selectFrom('wa_outbox').select(['id', 'wa_id', 'chat']).where('tenant', '=', tenant).where('session', '=', session).where('idem_key', '=', order.idemKey).executeTakeFirst();
		if (known !== undefined) return { kind: 'queued', id: known.id, waId: known.wa_id, chatId: known.chat, isRepeat: true };
		const id = randomUUID();
		const now = clock();
		const { payload, bytes } = checkOrder(order, mediaLimitBytes, ownBlobId(id));
		const jid = recipientJid(order.to, countryCode);
		if (order.hasAgreed === true) await noteAgreement(trx, key, jid);
		const person = await readPerson(trx, store.vault, key, jid);
		const refusal = refusalFor(person, order.isAnswer, now);
		if (refusal !== null) throw new Refused(refusal);
		if (bytes !== null) await putBlobIn(trx, store.vault, tenant, ownBlobId(id), bytes, now);
		const { last } = await trx
			.selectFrom('wa_outbox')
			.select((row) => row.fn.max('seq').as('last'))
			.where('tenant', '=', tenant)
			.where('session', '=', session)
			.where(WAITING)
			.executeTakeFirstOrThrow();
		const waId = createWaId();
		await trx
			.insertInto('wa_outbox')
			.values({
				tenant,
				id,
				session,
				chat: person.id,
				wa_id: waId,
				idem_key: order.idemKey,
				kind: payload.content.kind,
				payload: sealFor(store.vault, id, JSON.stringify(payload)),
				message: null,
				state: 'queued',
				error: null,
				tries: 0,
				// after everything that waits, also when the clock of another process runs ahead
				seq: Math.max(now, Number(last ?? 0) + 1),
				not_before: order.notBefore ?? now,
				queued_at: now,
				sent_at: null,
				acked_at: null,
				delivered_at: null,
				read_at: null,
			})
			.execute();
		return { kind: 'queued', id, waId, chatId: person.id, isRepeat: false };
	}

	async function read(id: string): Promise<OutboxStatus | null> {
		const row = await rows().selectAll().where('id', '=', id).executeTakeFirst();
		return row === undefined ? null : statusOf(row);
	}

	return {
		async enqueue(order) {
			try {
				// the present ones: which country a number belongs to must not depend on who opened the desk
				const settings = await readSettings(store, key);
				const queued = await store.write(async (trx) => await insert(trx, order, settings));
				signals.send('outbox', key, queued.id);
				return queued;
			} catch (error) {
				if (!(error instanceof Refused)) throw error;
				const sentence = explainRefusal(error.code);
				return { kind: 'refused', code: error.code, sentence: error instanceof BadOrder ? `${sentence} ${error.detail}` : sentence };
			}
		},

		async wait(id, timeoutMs) {
			const deadline = performance.now() + timeoutMs;
			let woken = new AbortController();
			const end = signals.on('results', key, (detail) => {
				if (detail === undefined || detail === id) woken.abort();
			});
			try {
				for (;;) {
					woken = new AbortController();
					const status = await read(id);
					const left = deadline - performance.now();
					if (status === null || SETTLED.has(status.state) || left <= 0) return status;
					await wait(Math.min(POLL_MS, left), undefined, { signal: woken.signal }).catch(() => undefined);
				}
			} finally {
				end();
			}
		},

		async deliveries(after, limit) {
			const found = await rows()
				.selectAll()
				.where('queued_at', '>', after.at - TOLD_MS)
				.where((row) => row.or([row('acked_at', '>=', after.at), row('delivered_at', '>=', after.at), row('read_at', '>=', after.at)]))
				.execute();
			const steps = found.flatMap((row) => stepsOf(statusOf(row)));
			return steps.filter((step) => isBehind(step, after)).sort((a, b) => (isBehind(a, b) ? 1 : -1)).slice(0, limit);
		},
	};
}
