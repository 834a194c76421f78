import { ask, refusal, rowsOf } from './bench';
import { EMPTY_GUID, furnish, type FurnishedBase, type OneCOptions, type OneCSimulator, startOneC } from './index';

let simulator: OneCSimulator;
let salon: FurnishedBase;
const start = async (options: OneCOptions = {}): Promise<void> => {
	simulator = await startOneC(options);
	salon = furnish(simulator.state, { services: [{ name: 'Стрижка', price: 2500 }], staff: ['Смирнова Анна'] });
};
afterEach(async () => simulator.close());

const client = (Description: string, phone: string, shown = phone): string =>
	String(simulator.state.add('Catalog_Контрагенты', { Description, КонтактнаяИнформация: [{ Тип: 'Телефон', Вид_Key: salon.phoneKind.Ref_Key, НомерТелефона: phone, Представление: shown }] }).Ref_Key);
const visit = (Date: string, ДатаОкончания: string): void => void simulator.state.add('Document_Событие', { Date, ДатаОкончания, Врач_Key: salon.staff.get('Смирнова Анна')?.Ref_Key });
const dates = async ($filter: string): Promise<unknown> => (await rowsOf(simulator, 'Document_Событие', { $filter, $select: 'Date', $orderby: 'Date' })).map(({ Date }) => Date);

describe('1C filters', () => {
	it('[confirmed] compare dates without a zone, with and, or, not and parentheses', async () => {
		await start();
		visit('2026-08-10T11:00:00', '2026-08-10T12:00:00');
		visit('2026-08-11T11:00:00', '2026-08-11T12:00:00');
		visit('2026-08-12T11:00:00', '2026-08-12T12:00:00');
		expect(await dates("ДатаОкончания gt datetime'2026-08-11T11:30:00' and Date lt datetime'2026-08-12T11:00:00'")).toEqual(['2026-08-11T11:00:00']);
		expect(await dates("not (Date eq datetime'2026-08-10T11:00:00' or day(Date) eq 12)")).toEqual(['2026-08-11T11:00:00']);
		expect(await dates("Date ge datetime'2026-08-11T11:00:00' or Date le datetime'2026-08-10T11:00:00' and DeletionMark eq true")).toHaveLength(2);
		expect(refusal(await ask(simulator, 'Document_Событие', { $filter: "Date eq datetime'2026-02-30T00:00:00'" }))).toEqual([400, '14']);
		expect(refusal(await ask(simulator, 'Document_Событие', { $filter: "Date eq '2026-08-10T11:00:00'" }))).toEqual([400, '14']);
		expect(refusal(await ask(simulator, 'Document_Событие', { $filter: "НетТакого eq 'x'" }))).toEqual([400, '14']);
	});

	it('[confirmed] search texts with substringof, startswith and endswith; a quote is doubled', async () => {
		await start();
		client("О'Нил Пат", '');
		const found = async ($filter: string): Promise<number> => (await rowsOf(simulator, 'Catalog_Контрагенты', { $filter })).length;
		expect(await found("substringof('Нил',Description)")).toBe(1);
		expect(await found("startswith(Description,'О''Нил') and endswith(Description,'Пат')")).toBe(1);
		expect(await found("substringof(Description,'Нил')")).toBe(0);
		expect(await found("concat(Description,'!') eq 'О''Нил Пат!'")).toBe(1);
		expect(await found("Description eq 'о''нил пат'")).toBe(1);
		simulator.switches.textCase = 'matters';
		expect(await found("Description eq 'о''нил пат'")).toBe(0);
	});

	it('[confirmed] find phones in rows of a section as a set of its own: digits, or only what was typed', async () => {
		await start();
		const digits = client('Петрова', '79161234567', '+7 (916) 123-45-67');
		const typed = client('Иванова', '', '+7 (916) 123-45-67');
		const phones = async ($filter: string): Promise<unknown> => (await rowsOf(simulator, 'Catalog_Контрагенты_КонтактнаяИнформация', { $filter })).map(({ Ref_Key, LineNumber }) => [Ref_Key, LineNumber]);
		expect(await phones("Тип eq 'Телефон' and (НомерТелефона eq '79161234567' or substringof('9161234567',НомерТелефона))")).toEqual([[digits, '1']]);
		expect(await phones("substringof('9161234567',Представление)")).toEqual([]);
		expect(await phones("substringof('45-67',Представление)")).toEqual([[digits, '1'], [typed, '1']]);
		simulator.switches.sectionFilter = 'refused';
		expect(refusal(await ask(simulator, 'Catalog_Контрагенты_КонтактнаяИнформация', { $filter: "Тип eq 'Телефон'" }))).toEqual([500, '-1']);
		expect(await rowsOf(simulator, 'Catalog_Контрагенты_КонтактнаяИнформация')).toHaveLength(2);
	});

	it.each([['works', 200], ['refused', 400]] as const)('[confirmed] lambdas: %s', async (lambda, status) => {
		await start({ switches: { lambda } });
		const key = client('Петрова', '79161234567');
		client('Иванова', '79160000000');
		const $filter = "КонтактнаяИнформация/any(d: substringof('9161234567',d/НомерТелефона) and d/Тип eq 'Телефон')";
		const told = await ask(simulator, 'Catalog_Контрагенты', { $filter });
		expect(told.status).toBe(status);
		if (lambda === 'works') expect((told.body.value as { Ref_Key: string }[]).map(({ Ref_Key }) => Ref_Key)).toEqual([key]);
	});

	it('[to be tested] compare guids by order, which some bases refuse', async () => {
		await start();
		const [first, second] = [client('А', ''), client('Б', '')].sort();
		const after = { $filter: `Ref_Key gt guid'${first}'`, $orderby: 'Ref_Key' };
		expect((await rowsOf(simulator, 'Catalog_Контрагенты', after)).map(({ Ref_Key }) => Ref_Key)).toEqual([second]);
		simulator.switches.guidOrder = 'refused';
		expect(refusal(await ask(simulator, 'Catalog_Контрагенты', after))).toEqual([500, '-1']);
		expect((await ask(simulator, 'Catalog_Контрагенты', { $filter: `Ref_Key eq guid'${first}'` })).status).toBe(200);
	});

	it('[inferred] refuse texts of unlimited length, and take those with a length', async () => {
		await start();
		client('А', '');
		expect(refusal(await ask(simulator, 'Catalog_Контрагенты', { $filter: "substringof('req',Комментарий)" }))).toEqual([500, '-1']);
		expect(await rowsOf(simulator, 'Catalog_Контрагенты', { $filter: "Маркер eq 'req'" })).toEqual([]);
		simulator.switches.longTextFilter = 'works';
		expect(await rowsOf(simulator, 'Catalog_Контрагенты', { $filter: "substringof('req',Комментарий)" })).toEqual([]);
	});

	it('[confirmed] need a cast for references of a composite type', async () => {
		await start({ configuration: 'unf' });
		const key = client('А', '');
		simulator.state.add('Document_Событие', { Участники: [{ Контакт: key, Контакт_Type: 'StandardODATA.Catalog_Контрагенты' }] });
		const found = async (condition: string): Promise<number> => (await rowsOf(simulator, 'Document_Событие', { $filter: `Участники/any(d: ${condition})` })).length;
		expect(await found(`d/Контакт eq cast(guid'${key}','Catalog_Контрагенты')`)).toBe(1);
		expect(await found(`d/Контакт eq cast(guid'${key}','Catalog_Сотрудники')`)).toBe(0);
		expect(await found("isof(d/Контакт,'Catalog_Контрагенты')")).toBe(1);
		expect(refusal(await ask(simulator, 'Document_Событие', { $filter: `Участники/any(d: d/Контакт eq guid'${key}')` }))).toEqual([400, '14']);
		simulator.switches.compositeWithoutCast = 'no rows';
		expect(await found(`d/Контакт eq guid'${key}'`)).toBe(0);
	});
});

describe('1C registers', () => {
	it('[confirmed] give the last slice of a moment, and refuse filters by a measure', async () => {
		await start();
		const [service] = [...salon.services.values()];
		const [price] = await rowsOf(simulator, 'InformationRegister_ЦеныНоменклатуры');
		simulator.state.add('InformationRegister_ЦеныНоменклатуры', { ...price, Period: '2026-08-15T00:00:00', Цена: 3000 });
		const at = async (moment: string, query = {}): Promise<unknown> => (await rowsOf(simulator, `InformationRegister_ЦеныНоменклатуры/SliceLast(Period=datetime'${moment}')`, query)).map(({ Цена }) => Цена);
		expect(await at('2026-08-09T00:00:00')).toEqual([2500]);
		expect(await at('2026-08-15T00:00:00')).toEqual([3000]);
		expect(await at('2025-12-31T00:00:00')).toEqual([]);
		expect(await at('2026-08-15T00:00:00', { $filter: `Номенклатура_Key eq guid'${EMPTY_GUID}'` })).toEqual([]);
		const condition = `InformationRegister_ЦеныНоменклатуры/SliceLast(Condition='Номенклатура_Key eq guid''${String(service?.Ref_Key)}''')`;
		expect((await ask(simulator, condition)).status).toBe(200);
		expect(refusal(await ask(simulator, 'InformationRegister_ЦеныНоменклатуры', { $filter: 'Цена gt 1000' }))).toEqual([500, '-1']);
	});

	it('[confirmed] give balances and turnovers under their suffixes, and movements flat or by document', async () => {
		await start({ configuration: 'unf' });
		const [service] = [...salon.services.values()];
		const order = simulator.state.add('Document_ЗаказПокупателя');
		const move = (LineNumber: string, Period: string, RecordType: string, Сумма: number): void =>
			void simulator.state.add('AccumulationRegister_Продажи', { LineNumber, Period, RecordType, Сумма, Количество: 1, Номенклатура_Key: service?.Ref_Key, Recorder: order.Ref_Key, Recorder_Type: 'StandardODATA.Document_ЗаказПокупателя' });
		move('1', '2026-08-01T10:00:00', 'Receipt', 2500);
		move('2', '2026-08-05T10:00:00', 'Expense', 500);
		const set = 'AccumulationRegister_Продажи';
		expect(await rowsOf(simulator, `${set}/Balance(Period=datetime'2026-08-05T10:00:00')`)).toMatchObject([{ СуммаBalance: 2500, Номенклатура_Key: service?.Ref_Key }]);
		expect(await rowsOf(simulator, `${set}/Turnovers(StartPeriod=datetime'2026-08-01T00:00:00',EndPeriod=datetime'2026-08-31T00:00:00')`)).toMatchObject([{ СуммаTurnover: 2000, СуммаReceipt: 2500, СуммаExpense: 500 }]);
		expect(await rowsOf(simulator, set)).toMatchObject([{ Recorder: order.Ref_Key, RecordSet: [{ LineNumber: '1' }, { LineNumber: '2' }] }]);
		expect(await rowsOf(simulator, `${set}_RecordType`)).toHaveLength(2);
		expect(refusal(await ask(simulator, `${set}/SliceLast()`))).toEqual([400, '6']);
	});
});
