import type { ColumnTypes, Migration } from './migration';

const rateLimit = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table rate_limit (
		scope ${text} not null primary key,
		grants ${text} not null,
		permille ${integer} not null check (permille between 1 and 1000),
		refusals ${integer} not null check (refusals >= 0),
		refused_at ${integer} not null,
		closed_until ${integer} not null
	) ${table}`,
];

/** How many requests went to each vendor's API lately, so that all processes behind one address keep its limit together. */
export const limiter: Migration = { id: '0004-limiter', statements: rateLimit };
