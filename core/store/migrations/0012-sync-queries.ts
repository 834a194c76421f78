import type { Migration } from './migration';

/** Which account of which CRM a salon is the copy of, and how far a reader of changes has been handed them. */
export const syncQueries: Migration = {
	id: '0012-sync-queries',
	statements: ({ text, integer, table }) => [
		`create table sync_source (
			tenant ${text} not null primary key,
			vendor ${text} not null,
			account ${text} not null,
			bound_at ${text} not null
		) ${table}`,
		`alter table outbox_reader add column sent_to ${integer}`,
	],
};
