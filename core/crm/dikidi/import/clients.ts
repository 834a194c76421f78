import { createHash } from 'node:crypto';
import type { Outcome, Phone } from '../../../booking';
import { bindColumns, type Cells, type Column, type ColumnMap } from './columns';
import { decodeFile, type FileEncoding } from './decode';
import { type Imported, importing, type Problem } from './report';
import { readTable } from './table';
import { countOf, moneyOf, phoneOf, textOf } from './values';

/** How the values of a file are read. */
export interface ImportOptions {
	readonly zone: string;
	readonly currency: string;
	readonly country: string;
	readonly encoding?: FileEncoding;
	/** Headings of the file by field, where they are not the usual ones. */
	readonly columns?: ColumnMap;
	/** Told the name of a field whose value is not in the list; never the value. */
	readonly onUnknownValue?: (field: string) => void;
}

/** A client of an export. Money is minor units; what the file does not tell is null. */
export interface ImportedClient {
	/** The file's own id, else one made of name and phone: the same in every import. */
	readonly id: string;
	readonly name: string | null;
	readonly phone: Phone | null;
	readonly email: string | null;
	readonly visits: number | null;
	readonly spent: number | null;
	readonly currency: string;
	readonly raw: Readonly<Record<string, string>>;
}

/** Fields of an export of clients and the headings they are known by. */
export const CLIENT_COLUMNS: readonly Column[] = [
	{ field: 'id', headings: ['ID', 'Номер клиента', 'Client ID'], required: false },
	{ field: 'name', headings: ['Имя', 'Клиент', 'ФИО', 'Имя клиента', 'Name', 'Client'], required: true },
	{ field: 'phone', headings: ['Телефон', 'Номер телефона', 'Мобильный телефон', 'Phone'], required: true },
	{ field: 'email', headings: ['Email', 'E-mail', 'Эл. почта', 'Почта'], required: false },
	{ field: 'visits', headings: ['Количество визитов', 'Визитов', 'Визиты', 'Visits'], required: false },
	{ field: 'spent', headings: ['Потрачено', 'Сумма покупок', 'Оплачено', 'Spent', 'Total'], required: false },
];

/** Reads an export of clients: all of it or nothing. */
export function importClients(file: Uint8Array, options: ImportOptions): Outcome<Imported<ImportedClient>> {
	return importing(() => {
		const rows = bindColumns(readTable(decodeFile(file, options.encoding)), CLIENT_COLUMNS, options.columns ?? {});
		const problems: Problem[] = [];
		const found = new Map<string, { readonly client: ImportedClient; readonly line: number; readonly told: string }>();
		let repeated = 0;
		let defused = 0;
		for (const row of rows) {
			const client = clientOf(row, options, problems, () => void (defused += 1));
			const told = JSON.stringify(client.raw);
			const known = found.get(client.id);
			if (known === undefined) found.set(client.id, { client, line: row.line, told });
			else if (known.told === told) repeated += 1;
			else problems.push({ line: row.line, field: row.get('id') === '' ? 'name and phone' : 'id', message: `the same as on line ${known.line}, with other values; leave one of the two` });
		}
		const kept = [...found.values()];
		return { imported: { records: kept.map(({ client }) => client), completeness: 'import', repeated, defused, sharedPhones: linesOfShared(kept) }, problems };
	});
}

function clientOf(row: Cells, { country, currency }: ImportOptions, problems: Problem[], onFormula: () => void): ImportedClient {
	const wrong = (field: string, message: string): null => {
		problems.push({ line: row.line, field, message });
		return null;
	};
	const name = textOf(row.get('name'), onFormula);
	const phone = phoneOf(row.get('phone'), country);
	const email = textOf(row.get('email'), onFormula);
	const [visits, spent] = [countOf(row.get('visits')), moneyOf(row.get('spent'), currency)];
	if (name === '' && (phone === null || phone === undefined)) wrong('name', 'neither a name nor a phone');
	const own = textOf(row.get('id'), onFormula);
	return {
		id: own === '' ? `import-${createHash('sha256').update(JSON.stringify([name, phone ?? ''])).digest('hex').slice(0, 24)}` : own,
		name: name === '' ? null : name,
		phone: phone === undefined ? wrong('phone', 'not a phone') : phone,
		email: email === '' ? null : email,
		visits: visits === undefined ? wrong('visits', 'not a whole number') : visits,
		spent: spent === undefined ? wrong('spent', 'not an amount of money') : spent,
		currency,
		raw: row.raw,
	};
}

function linesOfShared(kept: readonly { readonly client: ImportedClient; readonly line: number }[]): readonly number[] {
	const counts = new Map<string, number>();
	for (const { client } of kept) if (client.phone !== null) counts.set(client.phone, (counts.get(client.phone) ?? 0) + 1);
	return kept.filter(({ client }) => client.phone !== null && (counts.get(client.phone) ?? 0) > 1).map(({ line }) => line);
}
