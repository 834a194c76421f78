import type { ColumnTypes, Migration } from './migration';

const workLock = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table work_lock (
		tenant ${text} not null,
		name ${text} not null,
		owner ${text} not null,
		fence ${integer} not null check (fence >= 0),
		held_until ${integer} not null,
		primary key (tenant, name)
	) ${table}`,
	'create index work_lock_old on work_lock (held_until)',
];

/** Names under which one process at a time works, so that two of them never book one time in a CRM that has no lock. */
export const lock: Migration = { id: '0005-lock', statements: workLock };
