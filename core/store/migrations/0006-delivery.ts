import type { ColumnTypes, Migration } from './migration';

const webhookDelivery = ({ text, integer, table }: ColumnTypes): readonly string[] => [
	`create table webhook_delivery (
		subscriber ${text} not null,
		event_key ${text} not null,
		expires_at ${integer} not null,
		primary key (subscriber, event_key)
	) ${table}`,
	'create index webhook_delivery_old on webhook_delivery (expires_at)',
];

/** Events of vendors that a trigger has let through, so that one delivered twice, or by a webhook and a poll, runs once. */
export const delivery: Migration = { id: '0006-delivery', statements: webhookDelivery };
