import { wallOf } from '../kit';
import type { Booking, World } from './world';

/** How a file is written: exports go through spreadsheets of every kind. */
export interface ExportForm {
	readonly delimiter?: ';' | ',' | '\t';
	readonly encoding?: 'utf8' | 'utf8-bom' | 'windows-1251';
	readonly lineEnd?: '\r\n' | '\n';
}

const STATUSES: Readonly<Record<Booking['status'], string>> = { created: 'Новая', confirmed: 'Подтверждена', completed: 'Пришёл', no_show: 'Не пришёл', cancelled: 'Отменена' };

/** The clients as an owner exports them. Column names are an owner's own: they are mapped in the settings. */
export function exportClients(world: World, form: ExportForm = {}): Buffer {
	const rows = [...world.clients.values()].map((one) => [one.name, one.phone.replace(/^\+7/, '8'), '', String(visitsOf(world, one.id)), money(spentBy(world, one.id))]);
	return write([['Имя', 'Телефон', 'Email', 'Количество визитов', 'Потрачено'], ...rows], form);
}

/** The visits as an owner exports them: wall times without zone, prices with a comma, status in words. */
export function exportVisits(world: World, form: ExportForm = {}): Buffer {
	const rows = [...world.bookings.values()].map((one) => {
		const client = world.clients.get(one.client);
		const [date = '', clock = ''] = wallOf(one.start, world.company.zone).split('T');
		const names = one.services.map((id) => world.services.get(id)?.name ?? '').join(', ');
		return [one.id, date.split('-').reverse().join('.'), clock.slice(0, 5), client?.name ?? '', client?.phone ?? '', names, world.masters.get(one.master)?.name ?? '', money(priceOf(world, one)), STATUSES[one.status]];
	});
	return write([['Номер', 'Дата', 'Время', 'Клиент', 'Телефон', 'Услуги', 'Мастер', 'Сумма', 'Статус'], ...rows], form);
}

function write(rows: readonly (readonly string[])[], { delimiter = ';', encoding = 'utf8-bom', lineEnd = '\r\n' }: ExportForm): Buffer {
	const quoted = (cell: string): string => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell);
	const text = rows.map((row) => row.map(quoted).join(delimiter)).join(lineEnd) + lineEnd;
	if (encoding === 'windows-1251') return Buffer.from([...text].map(byteOf));
	return Buffer.from(encoding === 'utf8-bom' ? `\uFEFF${text}` : text, 'utf8');
}

/** A letter in Windows-1251; what the code page lacks becomes a question mark. */
function byteOf(letter: string): number {
	const code = letter.codePointAt(0) ?? 0;
	if (code < 0x80) return code;
	if (code >= 0x410 && code <= 0x44f) return code - 0x350;
	return { 'Ё': 0xa8, 'ё': 0xb8, '№': 0xb9, '—': 0x97, '«': 0xab, '»': 0xbb }[letter] ?? 0x3f;
}

function priceOf(world: World, booking: Booking): number {
	return booking.services.reduce((sum, id) => sum + (world.services.get(id)?.price ?? 0), 0);
}

function visitsOf(world: World, client: string): number {
	return [...world.bookings.values()].filter((one) => one.client === client && one.status === 'completed').length;
}

function spentBy(world: World, client: string): number {
	return [...world.bookings.values()].filter((one) => one.client === client && one.status === 'completed').reduce((sum, one) => sum + priceOf(world, one), 0);
}

function money(minor: number): string {
	return (minor / 100).toFixed(2).replace('.', ',');
}
