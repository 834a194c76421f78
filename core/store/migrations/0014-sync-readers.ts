import type { Migration } from './migration';

/** Which fields the records of a stream have, so that one that comes or goes is noticed, and clients who asked to be forgotten. */
export const syncReaders: Migration = {
	id: '0014-sync-readers',
	statements: ({ text, integer, table }) => [
		`create table sync_field (
			tenant ${text} not null,
			stream ${text} not null,
			name ${text} not null,
			first_at ${text} not null,
			of_first ${integer} not null check (of_first in (0, 1)),
			missing_since ${text},
			primary key (tenant, stream, name)
		) ${table}`,
		`create table sync_erased (
			tenant ${text} not null,
			client_id ${text} not null,
			erased_at ${text} not null,
			primary key (tenant, client_id)
		) ${table}`,
	],
};
