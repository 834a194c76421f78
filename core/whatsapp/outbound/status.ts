import type { Selectable } from 'kysely';
import type { Database } from '../../store';
import type { OutboxState } from './outbox';
import { explainRefusal } from './refusals';

/** Where a message stands. Instants are milliseconds since the epoch. */
export interface OutboxStatus {
	readonly id: string;
	/** Id of the message in WhatsApp: what receipts, quotes and edits name. */
	readonly waId: string;
	readonly chatId: string;
	readonly kind: string;
	readonly state: OutboxState;
	/** Why it failed; null otherwise. */
	readonly error: { readonly code: string; readonly sentence: string } | null;
	readonly tries: number;
	readonly notBefore: number;
	readonly queuedAt: number;
	readonly sentAt: number | null;
	readonly ackedAt: number | null;
	readonly deliveredAt: number | null;
	readonly readAt: number | null;
}

/** Where a step stands among all: many may have happened in one instant. */
export interface DeliveryPlace {
	/** Milliseconds since the epoch. */
	readonly at: number;
	/** Empty for the place before every step of the instant. */
	readonly key: string;
}

/** A step of a message. The key is one for the step, for who must not tell it twice. */
export interface Delivery extends DeliveryPlace {
	readonly id: string;
	readonly waId: string;
	readonly chatId: string;
	readonly kind: string;
	readonly state: 'acked' | 'delivered' | 'read' | 'failed';
	readonly error: OutboxStatus['error'];
}

type Row = Selectable<Database['wa_outbox']>;

export function statusOf(row: Row): OutboxStatus {
	return {
		id: row.id,
		waId: row.wa_id,
		chatId: row.chat,
		kind: row.kind,
		// the check of the table knows no other
		state: row.state as OutboxState,
		error: row.error === null ? null : { code: row.error, sentence: explainRefusal(row.error) },
		tries: row.tries,
		notBefore: row.not_before,
		queuedAt: row.queued_at,
		sentAt: row.sent_at,
		ackedAt: row.acked_at,
		deliveredAt: row.delivered_at,
		readAt: row.read_at,
	};
}

/** Whether the first of two places comes after the second. */
export const isBehind = (one: DeliveryPlace, other: DeliveryPlace): boolean => one.at > other.at || (one.at === other.at && one.key > other.key);

/** What happened to a message so far; a failure happened when it was settled. */
export function stepsOf(status: OutboxStatus): readonly Delivery[] {
	const { id, waId, chatId, kind, state, error } = status;
	const at: Readonly<Record<Delivery['state'], number | null>> = {
		acked: state === 'failed' ? null : status.ackedAt,
		delivered: status.deliveredAt,
		read: status.readAt,
		failed: state === 'failed' ? status.ackedAt : null,
	};
	const states = ['acked', 'delivered', 'read', 'failed'] as const;
	return states.flatMap((step) => (at[step] === null ? [] : [{ key: `${id}:${step}`, id, waId, chatId, kind, state: step, at: at[step], error: step === 'failed' ? error : null }]));
}
