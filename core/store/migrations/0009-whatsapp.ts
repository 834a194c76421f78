import type { ColumnTypes, Migration } from './migration';

const tables = ({ text, integer, table, dialect }: ColumnTypes): readonly string[] => [
	`create table wa_lease (
		tenant ${text} not null,
		session ${text} not null,
		owner ${text} not null,
		epoch ${integer} not null check (epoch > 0),
		expires_at ${integer} not null,
		primary key (tenant, session)
	) ${table}`,
	// rows are long, so that SQLite keeps them apart from their key
	`create table wa_creds (
		tenant ${text} not null,
		session ${text} not null,
		value ${text} not null,
		version ${integer} not null check (version > 0),
		updated_at ${text} not null,
		primary key (tenant, session)
	) ${dialect === 'sqlite' ? 'strict' : ''}`,
	`create table wa_key (
		tenant ${text} not null,
		session ${text} not null,
		type ${text} not null,
		id ${text} not null,
		value ${text} not null,
		primary key (tenant, session, type, id)
	) ${dialect === 'sqlite' ? 'strict' : ''}`,
];

/** The state of linked WhatsApp sessions and who runs them. */
export const whatsapp: Migration = { id: '0009-whatsapp', statements: tables };
