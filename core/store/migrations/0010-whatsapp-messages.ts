import type { ColumnTypes, Migration } from './migration';

/** Tables with long rows: SQLite keeps those apart from their key. */
const long = (dialect: string): string => (dialect === 'sqlite' ? 'strict' : '');

const sessions = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table wa_session (
		tenant ${text} not null,
		session ${text} not null,
		desired ${text} not null check (desired in ('run', 'stop')),
		settings ${text} not null,
		state ${text} not null,
		state_since ${integer} not null,
		reason ${text},
		phone ${text},
		lid ${text},
		last_frame_at ${integer},
		last_receipt_at ${integer},
		reachout_paused_until ${integer},
		updated_at ${integer} not null,
		primary key (tenant, session)
	) ${table}`,
	`create table wa_contact (
		tenant ${text} not null,
		session ${text} not null,
		jid ${text} not null,
		chat ${text} not null,
		phone ${text},
		name ${text},
		opted_in ${integer} not null check (opted_in in (0, 1)),
		first_in_at ${integer},
		last_in_at ${integer},
		first_out_at ${integer},
		paused_until ${integer},
		primary key (tenant, session, jid)
	) ${table}`,
	'create index wa_contact_chat on wa_contact (tenant, session, chat)',
	'create index wa_contact_new on wa_contact (tenant, session, first_out_at) where first_out_at is not null',
	`create table wa_event (
		tenant ${text} not null,
		session ${text} not null,
		seq ${integer} not null,
		at ${integer} not null,
		kind ${text} not null,
		detail ${text} not null,
		primary key (tenant, session, seq)
	) ${table}`,
	`create table wa_version (
		tenant ${text} not null,
		source ${text} not null check (source in ('override', 'working')),
		value ${text} not null,
		updated_at ${integer} not null,
		primary key (tenant, source)
	) ${table}`,
];

const messages = ({ text, integer, dialect }: ColumnTypes): readonly string[] => [
	`create table wa_inbox (
		tenant ${text} not null,
		session ${text} not null,
		chat ${text} not null,
		id ${text} not null,
		state ${text} not null check (state in ('decrypted', 'received', 'turned', 'dropped')),
		reason ${text},
		journal ${text},
		item ${text},
		seq ${integer} not null,
		received_at ${integer} not null,
		primary key (tenant, session, chat, id)
	) ${long(dialect)}`,
	"create index wa_inbox_pending on wa_inbox (tenant, session, seq) where state in ('decrypted', 'received')",
	'create index wa_inbox_old on wa_inbox (tenant, session, received_at)',
	`create table wa_outbox (
		tenant ${text} not null,
		id ${text} not null,
		session ${text} not null,
		chat ${text} not null,
		wa_id ${text} not null,
		idem_key ${text} not null,
		kind ${text} not null,
		payload ${text} not null,
		message ${text},
		state ${text} not null check (state in ('queued', 'sending', 'acked', 'delivered', 'read', 'unknown', 'failed')),
		error ${text},
		tries ${integer} not null,
		seq ${integer} not null,
		not_before ${integer} not null,
		queued_at ${integer} not null,
		sent_at ${integer},
		acked_at ${integer},
		delivered_at ${integer},
		read_at ${integer},
		primary key (tenant, id)
	) ${long(dialect)}`,
	'create unique index wa_outbox_idem on wa_outbox (tenant, session, idem_key)',
	'create unique index wa_outbox_wa_id on wa_outbox (tenant, session, wa_id)',
	"create index wa_outbox_due on wa_outbox (tenant, session, seq) where state in ('queued', 'sending', 'unknown')",
	'create index wa_outbox_old on wa_outbox (tenant, session, queued_at)',
	`create table wa_blob (
		tenant ${text} not null,
		id ${text} not null,
		value ${text} not null,
		created_at ${integer} not null,
		primary key (tenant, id)
	) ${long(dialect)}`,
	'create index wa_blob_old on wa_blob (tenant, created_at)',
];

const requests = ({ text, integer, table, dialect }: ColumnTypes): readonly string[] => [
	`create table wa_command (
		tenant ${text} not null,
		id ${text} not null,
		session ${text} not null,
		kind ${text} not null,
		payload ${text} not null,
		state ${text} not null check (state in ('waiting', 'taken', 'done', 'failed')),
		answer ${text},
		created_at ${integer} not null,
		done_at ${integer},
		primary key (tenant, id)
	) ${long(dialect)}`,
	"create index wa_command_waiting on wa_command (tenant, session, created_at) where state = 'waiting'",
	'create index wa_command_old on wa_command (tenant, created_at)',
	`create table wa_pairing (
		tenant ${text} not null,
		session ${text} not null,
		shown ${text} not null,
		updated_at ${integer} not null,
		primary key (tenant, session)
	) ${table}`,
	`create table wa_pairing_link (
		tenant ${text} not null,
		token_hash ${text} not null,
		session ${text} not null,
		expires_at ${integer} not null,
		used_at ${integer},
		visitor_hash ${text},
		primary key (tenant, token_hash)
	) ${table}`,
	'create index wa_pairing_link_visitor on wa_pairing_link (tenant, visitor_hash) where visitor_hash is not null',
];

/** Collected turns of a channel that waits until a workflow is through with them. */
const turns = ({ integer }: ColumnTypes): readonly string[] => [
	`alter table collected_turn add column emitted_at ${integer}`,
	`alter table collected_turn add column done_at ${integer}`,
	`alter table collected_turn add column tries ${integer} not null default 0`,
	'create index collected_turn_undone on collected_turn (tenant, channel, opened_at) where is_open = 0 and done_at is null',
];

/** Messages of WhatsApp sessions on their way in and out, their health and what is asked of them. */
export const whatsappMessages: Migration = {
	id: '0010-whatsapp-messages',
	statements: (types) => [...sessions(types), ...messages(types), ...requests(types), ...turns(types)],
};
