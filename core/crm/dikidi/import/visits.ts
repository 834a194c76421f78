import { createHash } from 'node:crypto';
import type { Instant, Outcome, Phone } from '../../../booking';
import type { BookingStatus } from '../status';
import { formatted } from '../times';
import type { ImportOptions } from './clients';
import { bindColumns, type Cells, type Column } from './columns';
import { decodeFile } from './decode';
import { type Imported, importing, type Problem } from './report';
import { readTable } from './table';
import { minuteOf, moneyOf, phoneOf, textOf } from './values';

/** A visit of an export. Money is minor units; what the file does not tell is null. */
export interface ImportedVisit {
	/** The file's own number, else one made of the visit: the same in every import. */
	readonly id: string;
	readonly start: Instant;
	readonly clientName: string | null;
	readonly clientPhone: Phone | null;
	readonly services: string | null;
	readonly staff: string | null;
	readonly total: number | null;
	readonly currency: string;
	/** Null for words that are not known; they stand in `raw`. */
	readonly status: BookingStatus | null;
	readonly raw: Readonly<Record<string, string>>;
}

/** Fields of an export of visits and the headings they are known by. */
export const VISIT_COLUMNS: readonly Column[] = [
	{ field: 'id', headings: ['Номер', 'ID', 'Номер записи', 'Number'], required: false },
	{ field: 'date', headings: ['Дата', 'Дата визита', 'Дата и время', 'Date'], required: true },
	{ field: 'time', headings: ['Время', 'Начало', 'Time'], required: false },
	{ field: 'client', headings: ['Клиент', 'Имя', 'Имя клиента', 'ФИО', 'Client'], required: true },
	{ field: 'phone', headings: ['Телефон', 'Номер телефона', 'Phone'], required: true },
	{ field: 'services', headings: ['Услуги', 'Услуга', 'Services', 'Service'], required: false },
	{ field: 'staff', headings: ['Мастер', 'Сотрудник', 'Специалист', 'Staff', 'Master'], required: false },
	{ field: 'total', headings: ['Сумма', 'Стоимость', 'Итого', 'Total', 'Sum'], required: false },
	{ field: 'status', headings: ['Статус', 'Status'], required: false },
];

/** Words and numbers of the back office; one source tells the numbers. */
const STATUSES: Readonly<Record<string, BookingStatus>> = {
	новая: 'created', новый: 'created', создана: 'created', created: 'created', '0': 'created',
	подтверждена: 'confirmed', подтвержден: 'confirmed', confirmed: 'confirmed', '1': 'confirmed',
	пришел: 'completed', пришла: 'completed', завершена: 'completed', completed: 'completed', '2': 'completed',
	'не пришел': 'no_show', 'не пришла': 'no_show', no_show: 'no_show', '3': 'no_show',
	отменена: 'cancelled', отменен: 'cancelled', удалена: 'cancelled', cancelled: 'cancelled', '4': 'cancelled', '5': 'cancelled',
};

/** Reads an export of visits: all of it or nothing. Times of the file are wall times of the zone. */
export function importVisits(file: Uint8Array, options: ImportOptions): Outcome<Imported<ImportedVisit>> {
	return importing(() => {
		const rows = bindColumns(readTable(decodeFile(file, options.encoding)), VISIT_COLUMNS, options.columns ?? {});
		const problems: Problem[] = [];
		const found = new Map<string, { readonly visit: ImportedVisit; readonly line: number; readonly told: string }>();
		let repeated = 0;
		let defused = 0;
		for (const row of rows) {
			const visit = visitOf(row, options, problems, () => void (defused += 1));
			if (visit === null) continue;
			const told = JSON.stringify(visit.raw);
			const known = found.get(visit.id);
			if (known === undefined) found.set(visit.id, { visit, line: row.line, told });
			else if (known.told === told) repeated += 1;
			else problems.push({ line: row.line, field: 'id', message: `the same as on line ${known.line}, with other values; leave one of the two` });
		}
		return { imported: { records: [...found.values()].map(({ visit }) => visit), completeness: 'import', repeated, defused, sharedPhones: [] }, problems };
	});
}

function visitOf(row: Cells, { zone, currency, country, onUnknownValue }: ImportOptions, problems: Problem[], onFormula: () => void): ImportedVisit | null {
	const wrong = (field: string, message: string): null => {
		problems.push({ line: row.line, field, message });
		return null;
	};
	const at = minuteOf(row.get('date'), row.get('time'), zone);
	if (at === undefined) return wrong('date', 'not a date with a time, such as 24.11.2026 12:00');
	const [name, services, staff] = ['client', 'services', 'staff'].map((field) => textOf(row.get(field), onFormula));
	const phone = phoneOf(row.get('phone'), country);
	const total = moneyOf(row.get('total'), currency);
	const own = textOf(row.get('id'), onFormula);
	const start = formatted(at, zone);
	return {
		id: own === '' ? `import-${createHash('sha256').update(JSON.stringify([start, name, phone ?? '', services, staff])).digest('hex').slice(0, 24)}` : own,
		start,
		clientName: name === '' || name === undefined ? null : name,
		clientPhone: phone === undefined ? wrong('phone', 'not a phone') : phone,
		services: services === '' || services === undefined ? null : services,
		staff: staff === '' || staff === undefined ? null : staff,
		total: total === undefined ? wrong('total', 'not an amount of money') : total,
		currency,
		status: statusOf(row.get('status'), onUnknownValue),
		raw: row.raw,
	};
}

function statusOf(cell: string, onUnknownValue: (field: string) => void = () => undefined): BookingStatus | null {
	const word = cell.trim().toLowerCase().replace(/ё/g, 'е');
	if (word === '') return null;
	const status = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
	if (status === undefined) onUnknownValue('visit.status');
	return status ?? null;
}
