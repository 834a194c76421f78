import type { Migration } from './migration';

/** Who asked not to be written to first, also of people of whom the copy has no card. */
export const outreachSilence: Migration = {
	id: '0016-outreach-silence',
	statements: ({ text, integer, table }) => [
		`create table outreach_silence (
			tenant ${text} not null,
			client_key ${text} not null,
			asked ${integer} not null check (asked in (0, 1)),
			said_at ${text} not null,
			primary key (tenant, client_key)
		) ${table}`,
	],
};
