import type { Outcome } from '../../../core/booking';
import { importClients, type ImportOptions, importVisits } from '../../../core/crm/dikidi';
import { exportClients, exportVisits, startDikidi } from '../../contract/simulators/dikidi';
import { valueOf } from '../../contract/support/bench';
import { startCpuClock } from '../../support/cpu';

const OPTIONS: ImportOptions = { zone: 'Europe/Moscow', currency: 'RUB', country: 'RU' };
const file = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const clients = (text: string, more: Partial<ImportOptions> = {}) => importClients(file(text), { ...OPTIONS, ...more });
const visits = (text: string, more: Partial<ImportOptions> = {}) => importVisits(file(text), { ...OPTIONS, ...more });

/** The words of a refusal; nothing may have been given. */
function refusalOf(outcome: Outcome<unknown>): string {
	if (outcome.kind !== 'refused') throw new Error('something was imported');
	expect(outcome.message).toMatch(/^Nothing was imported\. /);
	return outcome.message;
}

describe('an export of the back office', () => {
	it.each([{}, { delimiter: ',' as const }, { delimiter: '\t' as const }, { encoding: 'utf8' as const }, { encoding: 'windows-1251' as const }, { lineEnd: '\n' as const }, { encoding: 'windows-1251' as const, delimiter: ',' as const, lineEnd: '\n' as const }])('is read as it was written, %p', async (form) => {
		const sim = await startDikidi({ now: '2026-11-20T09:00:00+03:00' });
		const { id } = sim.desk.book('Анна "Аня"; Королёва', '+79990000001', '9001', '501', '2026-11-24T12:00:00+03:00');
		const other = sim.desk.book('Пётр', '+79990000002', '9001', '502', '2026-11-24T12:00:00+03:00');
		sim.desk.mark(id, 'completed');
		expect(valueOf(importClients(exportClients(sim.state, form), OPTIONS))).toMatchObject({
			completeness: 'import', repeated: 0, defused: 0, sharedPhones: [],
			records: [{ name: 'Анна "Аня"; Королёва', phone: '+79990000001', email: null, visits: 1, spent: 250_000, currency: 'RUB', raw: { 'Потрачено': '2500,00' } }, { name: 'Пётр', phone: '+79990000002', visits: 0, spent: 0 }],
		});
		expect(valueOf(importVisits(exportVisits(sim.state, form), OPTIONS)).records).toMatchObject([
			{ id, start: '2026-11-24T12:00:00+03:00', clientName: 'Анна "Аня"; Королёва', clientPhone: '+79990000001', services: 'cut', staff: 'Anna', total: 250_000, status: 'completed' },
			{ id: other.id, status: 'created' },
		]);
		await sim.close();
	});

	it('is read in the encoding it names, in UTF-16 and with a line that names the delimiter', () => {
		const text = 'Имя;Телефон\nЁжик;+79990000001\n';
		const wide = (bigEndian: boolean): Buffer => {
			const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
			return bigEndian ? little.swap16() : little;
		};
		for (const bytes of [wide(false), wide(true)]) expect(valueOf(importClients(bytes, OPTIONS)).records).toMatchObject([{ name: 'Ёжик' }]);
		expect(valueOf(clients('sep=|\nИмя|Телефон\nА;Б|89990000001\n')).records).toMatchObject([{ name: 'А;Б', phone: '+79990000001' }]);
		expect(valueOf(clients('Имя;Телефон\rА;89990000001\r')).records).toHaveLength(1);
		expect(refusalOf(importClients(Buffer.from([0xc8, 0xec, 0xff, 0x3b]), { ...OPTIONS, encoding: 'utf-8' }))).toContain('utf-8');
	});

	it('keeps quotes, delimiters and line ends inside a cell', () => {
		expect(valueOf(clients('Имя,Телефон\n"Анна, ""Аня""\nКоролёва",89990000001\n')).records).toMatchObject([{ name: 'Анна, "Аня" Королёва' }]);
	});
});

describe('a file that is none', () => {
	it.each([
		['empty', '', 'empty'], ['blank', '\n \n', 'no rows'], ['a workbook', 'PK\u0003\u0004abc', 'save it as CSV'], ['binary', 'Имя;Телефон\nА\0;1\n', 'not text'],
		['cut inside a quote', 'Имя;Телефон\n"Анна;89990000001\n', 'line 2 never closes'], ['cut inside a row', 'Имя;Телефон\nАнна;89990000001\nПё', 'Line 3 has 1 cells'], ['shifted', 'Имя;Телефон\nАнна;Б;89990000001\n', 'Line 2 has 3 cells'],
		['broken quotes', 'Имя;Телефон\n"Анна"Б;89990000001\n', 'after a closing quote'], ['too wide', `Имя;Телефон${';'.repeat(300)}\n`, 'more than 200 cells'],
	])('is refused whole: %s', (_what, text, words) => {
		expect(refusalOf(clients(text))).toContain(words);
	});

	it('names the columns that are missing, doubled or mapped to nothing, and none of its cells', () => {
		const told = refusalOf(clients('Вера Секретная;+79990000001\nАнна;89990000002\n'));
		expect(told).toContain('no column of "name"');
		expect(told).toContain('no column of "phone" (Телефон');
		expect(told).not.toMatch(/Секретная|7999/);
		expect(refusalOf(clients('Имя;Телефон;Phone\nА;89990000001;89990000001\n'))).toContain('"phone" stands twice (2 and 3)');
		expect(refusalOf(clients('Имя;Телефон\n', { columns: { phone: 'Моб.' } }))).toContain('no column "Моб." for "phone"');
		expect(refusalOf(clients('Имя;Телефон\n', { columns: { telephone: 'Моб.' } }))).toContain('telephone');
		expect(refusalOf(visits('Номер;Клиент;Телефон\n'))).toContain('"date"');
	});

	it('is read by the headings the owner names', () => {
		expect(valueOf(clients('Кто;Моб.;Телефон\nАнна;89990000001;нет\n', { columns: { name: 'кто', phone: 'Моб.' } })).records).toMatchObject([{ name: 'Анна', phone: '+79990000001' }]);
	});
});

describe('a row that is wrong', () => {
	it('keeps the whole file out, with every line and field named and no value', () => {
		const told = refusalOf(clients('Имя;Телефон;Визиты;Потрачено\nАнна;89990000001;1;100\nБэлла;секрет;1;100\nВера;89990000003;-1;100\nГаля;89990000004;1;много\n;;;\n;;1;\n'));
		expect(told).toContain('line 3, phone: not a phone; line 4, visits: not a whole number; line 5, spent: not an amount of money; line 7, name: neither a name nor a phone');
		expect(told).not.toMatch(/секрет|много|Бэлла/);
	});

	it('of a visit names the date, and a date of two readings is not guessed', () => {
		for (const [date, time] of [['11/24/2026', '12:00'], ['31.02.2026', '12:00'], ['24.11.2026', ''], ['24.11.2026', '25:00'], ['завтра', '12:00'], ['24.11.26', '12:00']]) {
			expect(refusalOf(visits(`Дата;Время;Клиент;Телефон\n${date};${time};Анна;89990000001\n`))).toContain('line 2, date: not a date with a time');
		}
		for (const moment of ['2026-11-24 09:05:00', '24.11.2026 9:05']) expect(valueOf(visits(`Дата и время;Клиент;Телефон\n${moment};Анна;\n`)).records).toMatchObject([{ start: '2026-11-24T09:05:00+03:00' }]);
	});

	it('stops counting aloud after twenty', () => {
		expect(refusalOf(clients(`Имя;Телефон\n${'А;x\n'.repeat(30)}`))).toContain('and 10 more');
	});
});

describe('what stands in a file twice', () => {
	it('is given once when it is the same, and keeps the file out when it is not', () => {
		expect(valueOf(clients('Имя;Телефон\nАнна;89990000001\nАнна;89990000001\n'))).toMatchObject({ repeated: 1, records: [{ name: 'Анна' }] });
		expect(refusalOf(clients('Имя;Телефон;Визиты\nАнна;89990000001;1\nАнна;+7 999 000-00-01;2\n'))).toContain('line 3, name and phone: the same as on line 2');
		expect(refusalOf(visits('Номер;Дата;Время;Клиент;Телефон\n1;24.11.2026;12:00;Анна;\n1;24.11.2026;13:00;Анна;\n'))).toContain('line 3, id: the same as on line 2');
	});

	it('is two cards where one phone has two names, with their lines told', () => {
		expect(valueOf(clients('Имя;Телефон\nАнна;89990000001\nМиша;89990000001\nВера;89990000002\n'))).toMatchObject({ sharedPhones: [2, 3], records: [{}, {}, {}] });
	});

	it('has the same id in every import', () => {
		const ids = (text: string): readonly string[] => valueOf(clients(text)).records.map(({ id }) => id);
		expect(ids('Имя;Телефон\nАнна;89990000001\n')).toEqual(ids('Телефон,Имя\n+7 999 000 00 01,Анна\n'));
		expect(ids('ID;Имя;Телефон\n77;Анна;89990000001\n')).toEqual(['77']);
	});
});

describe('a cell that is a formula', () => {
	it.each(['=HYPERLINK("http://evil.example","x")', '@SUM(1)', '+cmd|calc', '-2+3+cmd|calc', '\t=1+1'])('becomes text: %s', (cell) => {
		const { records, defused } = valueOf(clients(`Имя;Телефон;Заметка\n"${cell.replaceAll('"', '""')}";89990000001;"${cell.replaceAll('"', '""')}"\n`));
		expect(records[0]?.name).toBe(`'${cell.trim()}`);
		expect(records[0]?.raw['Заметка']).toBe(`'${cell.trim()}`);
		expect(defused).toBe(1);
	});

	it('is none where a spreadsheet guards a phone, and an amount is one with spaces and a sign', () => {
		const text = 'Имя;Телефон;Потрачено\nА;"=""89990000001""";2 500,50 ₽\nБ;\'89990000002;"1,234.50"\nВ;+7 (999) 000-00-03;0\n-;89990000004;\n';
		expect(valueOf(clients(text)).records).toMatchObject([{ phone: '+79990000001', spent: 250_050 }, { phone: '+79990000002', spent: 123_450 }, { phone: '+79990000003', spent: 0, raw: { 'Телефон': '+7 (999) 000-00-03' } }, { name: null, spent: null }]);
	});
});

it('does not guess a status it does not know', () => {
	const counted: string[] = [];
	const text = 'Дата;Время;Клиент;Телефон;Статус\n24.11.2026;12:00;А;;Не пришёл\n24.11.2026;13:00;А;;2\n24.11.2026;14:00;А;;В космосе\n24.11.2026;15:00;А;;\n';
	expect(valueOf(visits(text, { onUnknownValue: (field) => counted.push(field) })).records.map(({ status }) => status)).toEqual(['no_show', 'completed', null, null]);
	expect(counted).toEqual(['visit.status']);
});

it('reads twenty thousand rows, and no more than it can hold', () => {
	const spent = startCpuClock();
	expect(valueOf(clients(`Имя;Телефон\n${Array.from({ length: 20_000 }, (_, index) => `Клиент ${index};+7999${String(1_000_000 + index)}`).join('\n')}\n`)).records).toHaveLength(20_000);
	expect(spent()).toBeLessThan(10_000);
	expect(refusalOf(importClients(Buffer.alloc(21 * 1024 * 1024, 0x41), OPTIONS))).toContain('20 MB');
});
