import type { ColumnTypes, Migration } from './migration';

/** What a salon has begun to say to its clients: why nobody is reminded or asked twice. */
export const outreach: Migration = {
	id: '0015-outreach',
	statements: ({ text, integer, table }: ColumnTypes) => [
		`create table outreach (
			tenant ${text} not null,
			id ${text} not null,
			kind ${text} not null,
			client_id ${text} not null,
			state ${text} not null check (state in ('claimed', 'waiting', 'said', 'never')),
			why ${text},
			attempt ${integer} not null,
			claimed_at ${text} not null,
			ended_at ${text},
			primary key (tenant, id)
		) ${table}`,
		'create index outreach_client on outreach (tenant, client_id, kind, claimed_at)',
		'create index outreach_old on outreach (tenant, claimed_at)',
	],
};
