import type { ColumnTypes, Migration } from './migration';

const collected = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table collected_turn (
		tenant ${text} not null,
		channel ${text} not null,
		chat_id ${text} not null,
		turn_id ${text} not null,
		is_open ${integer} not null check (is_open in (0, 1)),
		opened_at ${integer} not null,
		due_at ${integer} not null,
		closed_at ${integer},
		owner ${text},
		primary key (tenant, turn_id)
	) ${table}`,
	'create unique index collected_turn_open on collected_turn (tenant, channel, chat_id) where is_open = 1',
	'create index collected_turn_due on collected_turn (tenant, is_open, due_at)',
	`create table collected_message (
		tenant ${text} not null,
		channel ${text} not null,
		chat_id ${text} not null,
		message_id ${text} not null,
		turn_id ${text} not null,
		position ${integer} not null,
		payload ${text} not null,
		received_at ${integer} not null,
		primary key (tenant, channel, chat_id, message_id)
	) ${table}`,
	'create index collected_message_turn on collected_message (tenant, turn_id, position)',
	'create index collected_message_old on collected_message (tenant, received_at)',
];

/** Several short messages of a chat that become one turn, and the ids by which a repeated one is known. */
export const collect: Migration = { id: '0007-collect', statements: collected };
