import type { ColumnTypes, Migration } from './migration';

/** Columns every copied record has. Rows may be long, so that SQLite keeps them apart from their key. */
const copied = ({ text, integer }: ColumnTypes, columns: string): string => `
	tenant ${text} not null,
	id ${text} not null,
	${columns}
	extra ${text} not null,
	changed_at ${text},
	revision ${integer} not null,
	first_seen_at ${text} not null,
	updated_at ${text} not null,
	missing_since ${text},
	deleted_at ${text},
	primary key (tenant, id)`;

const entities = (types: ColumnTypes): readonly string[] => {
	const { text, integer, real, dialect } = types;
	const table = dialect === 'sqlite' ? 'strict' : '';
	return [
		`create table sync_company (${copied(types, `
			name ${text} not null, zone ${text} not null, currency ${text} not null, address ${text}, phone ${text},`)}) ${table}`,
		`create table sync_service (${copied(types, `
			title ${text} not null, category ${text}, price_min ${integer}, price_max ${integer}, duration_minutes ${integer}, active ${integer} not null,`)}) ${table}`,
		`create table sync_staff (${copied(types, `
			name ${text} not null, position ${text}, active ${integer} not null,`)}) ${table}`,
		`create table sync_client (${copied(types, `
			name ${text}, name_key ${text}, phone ${text}, email ${text}, birthday ${text},
			total_spent ${integer}, visits_count ${integer}, first_visit_on ${text}, last_visit_on ${text}, blocked ${integer},
			services_amount ${integer} not null default 0, goods_sold ${integer} not null default 0, goods_difference ${integer}, goods_amount ${integer},
			money_mismatch ${integer} not null default 0 check (money_mismatch in (0, 1)), last_services ${text},
			name_forms ${text}, note ${text}, consent_at ${text}, opted_out_at ${text},`)}) ${table}`,
		'create index sync_client_phone on sync_client (tenant, phone)',
		'create index sync_client_name on sync_client (tenant, name_key)',
		'create index sync_client_last on sync_client (tenant, last_visit_on)',
		'create index sync_client_birthday on sync_client (tenant, birthday)',
		'create index sync_client_mismatch on sync_client (tenant, id) where money_mismatch = 1',
		`create table sync_visit (${copied(types, `
			visit_id ${text} not null, client_id ${text}, staff_id ${text}, start_at ${text} not null, end_at ${text} not null, status ${text} not null,
			lines ${text} not null, services_amount ${integer} not null, comment ${text} not null, created_at ${text},`)}) ${table}`,
		// without the id: SQLite would read it from end to end where visits are asked for by their ids
		'create index sync_visit_client on sync_visit (tenant, client_id, start_at)',
		'create index sync_visit_start on sync_visit (tenant, start_at)',
		`create table sync_goods (${copied(types, `
			client_id ${text}, staff_id ${text}, visit_id ${text}, title ${text} not null, amount ${real} not null, cost ${integer} not null, sold_at ${text} not null,`)}) ${table}`,
		'create index sync_goods_client on sync_goods (tenant, client_id)',
		'create index sync_goods_sold on sync_goods (tenant, sold_at)',
		`create table sync_schedule (${copied(types, `
			staff_id ${text} not null, date ${text}, hours ${text} not null,`)}) ${table}`,
		'create index sync_schedule_date on sync_schedule (tenant, date)',
		...['company', 'service', 'staff', 'client', 'visit', 'goods', 'schedule'].map((entity) => `create index sync_${entity}_missing on sync_${entity} (tenant, id) where missing_since is not null`),
	];
};

const engine = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table sync_stream (
		tenant ${text} not null,
		stream ${text} not null,
		generation ${integer} not null default 0,
		changed_to ${text},
		full_at ${text},
		backfilled_to ${text},
		last_ok_at ${text},
		last_error ${text},
		window_id ${text},
		window_began_at ${text},
		window_cursor ${text},
		window_pages ${integer} not null default 0,
		window_rows ${integer} not null default 0,
		window_rejected ${integer} not null default 0,
		window_exact ${integer} not null default 1,
		window_counted ${integer} not null default 1,
		window_total ${integer},
		primary key (tenant, stream)
	) ${table}`,
	`create table sync_seen (
		tenant ${text} not null,
		stream ${text} not null,
		id ${text} not null,
		primary key (tenant, stream, id)
	) ${table}`,
	`create table sync_touched (
		tenant ${text} not null,
		client_id ${text} not null,
		sum_due ${integer} not null check (sum_due in (0, 1)),
		total_due ${integer} not null check (total_due in (0, 1)),
		primary key (tenant, client_id)
	) ${table}`,
	'create index sync_touched_sum on sync_touched (tenant, client_id) where sum_due = 1',
	'create index sync_touched_total on sync_touched (tenant, client_id) where total_due = 1',
	`create table sync_reject (
		tenant ${text} not null,
		stream ${text} not null,
		id ${text} not null,
		reason ${text} not null,
		first_at ${text} not null,
		last_at ${text} not null,
		primary key (tenant, stream, id)
	) ${table}`,
	`create table sync_run (
		tenant ${text} not null,
		run_id ${text} not null,
		stream ${text} not null,
		kind ${text} not null,
		started_at ${text} not null,
		updated_at ${text} not null,
		ended_at ${text},
		status ${text} not null,
		pages ${integer} not null default 0,
		rows_in ${integer} not null default 0,
		inserted ${integer} not null default 0,
		updated ${integer} not null default 0,
		unchanged ${integer} not null default 0,
		deleted ${integer} not null default 0,
		rejected ${integer} not null default 0,
		total ${integer},
		primary key (tenant, run_id, stream)
	) ${table}`,
	'create index sync_run_recent on sync_run (tenant, started_at)',
	`create table outbox_change (
		tenant ${text} not null,
		seq ${integer} not null,
		entity ${text} not null,
		id ${text} not null,
		kind ${text} not null check (kind in ('created', 'updated', 'deleted')),
		at ${text} not null,
		primary key (tenant, seq)
	) ${table}`,
	'create index outbox_change_old on outbox_change (tenant, at)',
	`create table outbox_head (
		tenant ${text} not null primary key,
		seq ${integer} not null
	) ${table}`,
	`create table outbox_reader (
		tenant ${text} not null,
		reader ${text} not null,
		seq ${integer} not null,
		primary key (tenant, reader)
	) ${table}`,
];

/** The copy of the CRM with what is needed to keep it: checkpoints, what a window has shown, rejects, runs and real changes. */
export const sync: Migration = { id: '0008-sync', statements: (types) => [...entities(types), ...engine(types)] };
