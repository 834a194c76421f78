import type { ColumnTypes, Migration } from './migration';

const knowledge = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table knowledge_version (
		tenant ${text} not null primary key,
		version ${integer} not null
	) ${table}`,
	`create table knowledge_entry (
		tenant ${text} not null,
		id ${text} not null,
		source ${text} not null,
		position ${integer} not null,
		title ${text} not null,
		body ${text} not null,
		aliases ${text} not null,
		lang ${text} not null,
		content_hash ${text} not null,
		updated_at ${text} not null,
		primary key (tenant, id)
	) ${table}`,
	`create unique index knowledge_entry_content on knowledge_entry (tenant, source, content_hash)`,
	`create table knowledge_question (
		tenant ${text} not null,
		id ${text} not null,
		question_hash ${text} not null,
		chat_hash ${text} not null,
		question ${text} not null,
		asked ${integer} not null check (asked > 0),
		status ${text} not null check (status in ('open', 'answered', 'dismissed')),
		first_at ${text} not null,
		last_at ${text} not null,
		primary key (tenant, id)
	) ${table}`,
	`create unique index knowledge_question_same on knowledge_question (tenant, question_hash)`,
	`create index knowledge_question_recent on knowledge_question (tenant, status, last_at)`,
	`create index knowledge_question_chat on knowledge_question (tenant, chat_hash)`,
];

const conduct = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table sales_script (
		tenant ${text} not null,
		id ${text} not null,
		kind ${text} not null check (kind in ('script', 'objection')),
		stage ${text} not null check (stage in ('greeting', 'consulting', 'offering', 'confirming', 'done')),
		trigger_on ${text} not null,
		body_ru ${text},
		body_en ${text},
		max_uses ${integer} not null check (max_uses > 0),
		service_ids ${text} not null,
		active ${integer} not null check (active in (0, 1)),
		updated_at ${text} not null,
		primary key (tenant, id),
		check (body_ru is not null or body_en is not null)
	) ${table}`,
	`create table assistant_profile (
		tenant ${text} not null,
		id ${text} not null,
		name ${text} not null,
		body ${text} not null,
		version ${integer} not null,
		updated_at ${text} not null,
		primary key (tenant, id)
	) ${table}`,
];

const clients = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table client_fact (
		tenant ${text} not null,
		client_key ${text} not null,
		id ${text} not null,
		key ${text} not null,
		value ${text} not null,
		source ${text} not null check (source in ('client', 'derived', 'model')),
		learned_at ${text} not null,
		expires_at ${text} not null,
		dialogue_hash ${text} not null,
		primary key (tenant, client_key, id)
	) ${table}`,
	`create index client_fact_dialogue on client_fact (tenant, dialogue_hash)`,
	`create index client_fact_expiry on client_fact (tenant, expires_at)`,
	`create table model_usage (
		tenant ${text} not null,
		day ${text} not null,
		chat_hash ${text} not null,
		calls ${integer} not null,
		input_tokens ${integer} not null,
		output_tokens ${integer} not null,
		cost_micros ${integer} not null,
		primary key (tenant, day, chat_hash)
	) ${table}`,
	`create index model_usage_chat on model_usage (tenant, chat_hash)`,
];

/** What an assistant knows and remembers: knowledge, open questions, scripts, profiles, facts of clients, model usage. */
export const assistant: Migration = {
	id: '0003-assistant',
	statements: (types) => [...knowledge(types), ...conduct(types), ...clients(types)],
};
