import type { Store } from '../../store';
import type { SessionKey } from '../lease';

const UNSENT = ['queued', 'sending', 'unknown'] as const;
const ACCEPTED = ['acked', 'delivered', 'read'] as const;
const DAY = 86_400_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** From when on a figure is not as it should be. */
export const THRESHOLDS = {
	queueAgeMs: 2 * MINUTE,
	/** Of messages that the server accepted, so long ago that phones had the time to confirm them. */
	deliveryShare: 0.5,
	deliveryLeast: 20,
	deliveryWaitMs: 10 * MINUTE,
	deliveryWindowMs: HOUR,
	newChatsPauseMs: HOUR,
	phoneSilentMs: 10 * DAY,
} as const;

export type DegradedReason = 'queue_old' | 'delivery_low' | 'phone_silent';

export interface QueueFigures {
	readonly backlogOut: number;
	readonly queueAgeMs: number;
}

/** What waits to be sent, and how long the oldest that could be sent does. */
export async function readQueue({ db }: Store, { tenant, session }: SessionKey, now: number): Promise<QueueFigures> {
	const row = await db
		.selectFrom('wa_outbox')
		.select(({ fn, eb }) => [fn.countAll<number>().as('count'), fn.min(eb.case().when('not_before', '<=', now).then(eb.fn<number>('coalesce', [eb.case().when('not_before', '>', eb.ref('queued_at')).then(eb.ref('not_before')).end(), eb.ref('queued_at')])).end()).as('oldest')])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('state', 'in', UNSENT)
		.executeTakeFirst();
	const oldest = row?.oldest ?? null;
	return { backlogOut: Number(row?.count ?? 0), queueAgeMs: oldest === null ? 0 : Math.max(0, now - Number(oldest)) };
}

/** Messages that no workflow was given yet: not in a turn, or in one that is not done. */
export async function readBacklogIn({ db }: Store, { tenant, session }: SessionKey): Promise<number> {
	const pending = await db
		.selectFrom('wa_inbox')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('state', 'in', ['decrypted', 'received'])
		.executeTakeFirst();
	const turns = await db
		.selectFrom('collected_turn')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('tenant', '=', tenant)
		.where('channel', '=', `whatsapp:${session}`)
		.where('done_at', 'is', null)
		.executeTakeFirst();
	return Number(pending?.count ?? 0) + Number(turns?.count ?? 0);
}

/** The share of accepted messages that arrived; null when there are too few to tell. */
export async function readDeliveryShare({ db }: Store, { tenant, session }: SessionKey, now: number): Promise<number | null> {
	const { deliveryWaitMs, deliveryWindowMs, deliveryLeast } = THRESHOLDS;
	const row = await db
		.selectFrom('wa_outbox')
		.select(({ fn }) => [fn.count<number>('acked_at').as('acked'), fn.count<number>('delivered_at').as('delivered')])
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('queued_at', '>', now - deliveryWaitMs - deliveryWindowMs)
		.where('acked_at', '<', now - deliveryWaitMs)
		// what was never sent has a time at which that was settled as well
		.where('state', 'in', ACCEPTED)
		.executeTakeFirst();
	const acked = Number(row?.acked ?? 0);
	return acked < deliveryLeast ? null : Number(row?.delivered ?? 0) / acked;
}

/** When the phone was last heard of, or the session was linked. */
export async function readPhoneSeen({ db }: Store, { tenant, session }: SessionKey): Promise<number | null> {
	const row = await db
		.selectFrom('wa_event')
		.select(({ fn }) => fn.max('at').as('at'))
		.where('tenant', '=', tenant)
		.where('session', '=', session)
		.where('kind', 'in', ['phone_seen', 'linked'])
		.executeTakeFirst();
	return row?.at ?? null;
}
