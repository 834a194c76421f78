import type { ColumnTypes, Migration } from './migration';

/** Older rows stay together. */
const FIRST_MONTH = '2024-01';

interface Monthly {
	readonly table: string;
	/** UTC ISO text that the month is read from. */
	readonly by: string;
	/** Postgres wants the month in every key. */
	readonly key: string;
	readonly indexes: readonly string[];
}

const TABLES: readonly Monthly[] = [
	{
		table: 'inbox',
		by: 'received_at',
		key: 'tenant, channel, chat_id, seq, received_at',
		// not unique, as they would be for a month only: a message is looked for under the lock of its chat
		indexes: [
			'create index inbox_message on inbox (tenant, channel, chat_id, message_id) where message_id is not null',
			'create index inbox_repeat on inbox (tenant, channel, chat_id, payload_hash) where message_id is null',
			'create index inbox_answered on inbox (tenant, channel, chat_id, answered_at, answered_turn)',
		],
	},
	{ table: 'outbox', by: 'created_at', key: 'tenant, channel, chat_id, seq, created_at', indexes: [] },
	{
		table: 'sync_visit',
		by: 'start_at',
		key: 'tenant, id, start_at',
		indexes: [
			'create index sync_visit_client on sync_visit (tenant, client_id, start_at)',
			'create index sync_visit_start on sync_visit (tenant, start_at)',
			'create index sync_visit_missing on sync_visit (tenant, id) where missing_since is not null',
		],
	},
];

/** The same table by months, with what was in it; months that the rows need are made before they come. */
const byMonths = ({ table, by, key, indexes }: Monthly): readonly string[] => [
	`alter table ${table} rename to ${table}_whole`,
	`create table ${table} (like ${table}_whole including defaults including constraints) partition by range (${by})`,
	`create table ${table}_before partition of ${table} for values from (minvalue) to ('${FIRST_MONTH}')`,
	`create table ${table}_other partition of ${table} default`,
	`do $$
	declare month text;
	begin
		for month in select distinct left(${by}, 7) from ${table}_whole where ${by} ~ '^20[2-3][0-9]-(0[1-9]|1[0-2])-' and ${by} >= '${FIRST_MONTH}' loop
			execute format('create table %I partition of ${table} for values from (%L) to (%L)', '${table}_' || replace(month, '-', '_'), month, to_char((month || '-01')::date + interval '1 month', 'YYYY-MM'));
		end loop;
	end $$`,
	`insert into ${table} select * from ${table}_whole`,
	`drop table ${table}_whole`,
	`alter table ${table} add primary key (${key})`,
	...indexes,
];

/** Where each visit stands among the months: one row a visit, so that a moved one is found and never kept twice. */
const places = ({ text }: ColumnTypes): readonly string[] => [
	`create table sync_visit_place (tenant ${text} not null, id ${text} not null, start_at ${text} not null, primary key (tenant, id))`,
	'insert into sync_visit_place (tenant, id, start_at) select tenant, id, start_at from sync_visit',
];

/** Messages and visits by months on Postgres; `waiting_since` becomes the oldest of what waits, so that it bounds the months. */
export const months: Migration = {
	id: '0011-months',
	statements: (types) => [
		`update conversation set waiting_since = (
			select min(i.received_at) from inbox i
			where i.tenant = conversation.tenant and i.channel = conversation.channel and i.chat_id = conversation.chat_id and i.seq > conversation.answered_seq
		) where waiting_since is not null`,
		...(types.dialect === 'postgres' ? [...TABLES.flatMap(byMonths), ...places(types)] : []),
	],
};
