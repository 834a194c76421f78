import type { Migration } from './migration';

/** Conversations: inbox, outbox, lease and state, pending actions, operations on the CRM, offers, audit, sealing keys. */
export const conversation: Migration = {
	id: '0001-conversation',
	statements: ({ text, integer, table }) => [
		`create table store_key (
			key_id ${text} not null primary key,
			first_used_at ${text} not null
		) ${table}`,
		`create table conversation (
			tenant ${text} not null,
			channel ${text} not null,
			chat_id ${text} not null,
			mode ${text} not null check (mode in ('bot', 'human', 'paused')),
			mode_until ${text},
			state ${text},
			turns ${integer} not null,
			fence ${integer} not null,
			lease_owner ${text},
			lease_until ${text},
			last_in_seq ${integer} not null,
			answered_seq ${integer} not null,
			last_out_seq ${integer} not null,
			last_event_seq ${integer} not null,
			waiting_since ${text},
			last_message_at ${text},
			last_reply_at ${text},
			updated_at ${text} not null,
			primary key (tenant, channel, chat_id)
		) ${table}`,
		`create index conversation_recent on conversation (tenant, last_message_at)`,
		`create index conversation_waiting on conversation (tenant, waiting_since) where waiting_since is not null`,
		`create table inbox (
			tenant ${text} not null,
			channel ${text} not null,
			chat_id ${text} not null,
			seq ${integer} not null,
			message_id ${text},
			payload ${text} not null,
			payload_hash ${text} not null,
			received_at ${text} not null,
			answered_at ${text},
			answered_turn ${integer},
			out_seq ${integer},
			primary key (tenant, channel, chat_id, seq)
		) ${table}`,
		`create unique index inbox_message on inbox (tenant, channel, chat_id, message_id) where message_id is not null`,
		`create unique index inbox_repeat on inbox (tenant, channel, chat_id, payload_hash)
			where message_id is null and answered_at is null`,
		`create index inbox_answered on inbox (tenant, channel, chat_id, answered_at, answered_turn)`,
		`create table outbox (
			tenant ${text} not null,
			channel ${text} not null,
			chat_id ${text} not null,
			seq ${integer} not null,
			turn ${integer} not null,
			payload ${text} not null,
			created_at ${text} not null,
			primary key (tenant, channel, chat_id, seq)
		) ${table}`,
		`create table pending_action (
			tenant ${text} not null,
			id ${text} not null,
			channel ${text} not null,
			chat_id ${text} not null,
			kind ${text} not null check (kind in ('create', 'reschedule', 'cancel')),
			status ${text} not null check (status in ('open', 'confirmed', 'done', 'cancelled', 'expired', 'refused')),
			payload ${text} not null,
			payload_hash ${text} not null,
			summary ${text} not null,
			created_at ${text} not null,
			created_turn ${integer} not null,
			expires_at ${text} not null,
			closed_at ${text},
			primary key (tenant, id)
		) ${table}`,
		`create unique index pending_action_open on pending_action (tenant, channel, chat_id) where status = 'open'`,
		`create table operation (
			tenant ${text} not null,
			key ${text} not null,
			channel ${text} not null,
			chat_id ${text} not null,
			pending_id ${text} not null,
			kind ${text} not null check (kind in ('create', 'reschedule', 'cancel')),
			status ${text} not null check (status in ('sending', 'done', 'refused', 'unknown', 'failed')),
			payload ${text} not null,
			result ${text},
			attempts ${integer} not null,
			created_at ${text} not null,
			updated_at ${text} not null,
			primary key (tenant, key)
		) ${table}`,
		`create index operation_chat on operation (tenant, channel, chat_id, status, created_at)`,
		`create table offer (
			tenant ${text} not null,
			channel ${text} not null,
			chat_id ${text} not null,
			id ${text} not null,
			payload ${text} not null,
			fetched_at ${text} not null,
			primary key (tenant, channel, chat_id, id)
		) ${table}`,
		`create table conversation_event (
			tenant ${text} not null,
			channel ${text} not null,
			chat_id ${text} not null,
			seq ${integer} not null,
			turn ${integer} not null,
			kind ${text} not null,
			at ${text} not null,
			data ${text} not null,
			primary key (tenant, channel, chat_id, seq)
		) ${table}`,
	],
};
