import { ask, type AskOptions, refusal, rowsOf, type Told } from './bench';
import { EMPTY_DATE, EMPTY_GUID, furnish, type FurnishedBase, type OneCOptions, type OneCSimulator, startOneC } from './index';
import type { Row } from './rows';

let simulator: OneCSimulator;
let salon: FurnishedBase;
const start = async (switches: OneCOptions['switches'] = {}): Promise<void> => {
	simulator = await startOneC({ switches });
	salon = furnish(simulator.state, { services: [{ name: 'Стрижка', price: 2500 }], staff: ['Смирнова Анна'] });
};
afterEach(async () => simulator.close());

const send = (verb: string, path: string, body?: unknown, options: AskOptions = {}): Promise<Told> => ask(simulator, path, {}, { ...options, verb, body });
const post = (path: string, body?: unknown): Promise<Told> => send('POST', path, body);
const object = (set: string, row: Row): string => `${set}(guid'${String(row.Ref_Key)}')`;
const line = (LineNumber: unknown): Row => ({ LineNumber, Номенклатура_Key: salon.services.get('Стрижка')?.Ref_Key, ДатаНачала: '2026-08-10T11:00:00', ДатаОкончания: '2026-08-10T12:00:00', Цена: 2500 });
const visit = async (body: Row = {}): Promise<Row> => {
	const { status, body: made, text } = await post('Document_Событие', { Date: '2026-08-10T11:00:00', ДатаОкончания: '2026-08-10T12:00:00', Услуги: [line(1)], ...body });
	if (status !== 201) throw new Error(text);
	return made;
};

describe('1C writes', () => {
	it('[confirmed] creates with 201, the whole object, its number and its address', async () => {
		await start();
		const told = await post('Document_Событие', { Date: '2026-08-10T11:00:00', Услуги: [line(1)] });
		expect(told.status).toBe(201);
		expect(told.body).toMatchObject({ Number: expect.stringMatching(/^НФ00-\d{6}$/) as string, Posted: false, ДатаОкончания: EMPTY_DATE, Контрагент_Key: EMPTY_GUID, Услуги: [{ LineNumber: '1', Цена: 2500, Сотрудник_Key: EMPTY_GUID }] });
		expect(told.headers.get('location')).toContain(String(told.body.Ref_Key));
		const [undated] = [await post('Document_Событие', {})];
		expect(undated.body.Date).toBe('2026-08-09T14:00:00');
	});

	it('[one source] loses in silence: unknown fields, the ends of texts, texts for numbers; keeps broken links', async () => {
		await start();
		const broken = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
		const told = await post('Catalog_Номенклатура', { Description: 'х'.repeat(150), НормаВремени: 'час', Специализация_Key: broken, НетТакогоПоля: 1, Ref_Key: broken });
		expect(told.status).toBe(201);
		expect(told.body).toMatchObject({ Description: 'х'.repeat(100), НормаВремени: 0, Специализация_Key: broken });
		expect(told.body.Ref_Key).not.toBe(broken);
		expect(told.body).not.toHaveProperty('НетТакогоПоля');
	});

	it('[one to two sources] refuses values of a wrong form with code 1 and broken JSON with -1, and changes nothing', async () => {
		await start();
		for (const body of [{ Врач_Key: 'x' }, { DeletionMark: 'да' }, { Date: '10.08.2026' }]) expect(refusal(await post('Document_Событие', body))).toEqual([400, '1']);
		expect(refusal(await ask(simulator, 'Document_Событие', {}, { verb: 'POST', text: '{"Date":' }))).toEqual([500, '-1']);
		expect(simulator.state.rowsOf('Document_Событие').size).toBe(0);
	});

	it.each([['refused', 400], ['cut', 201]] as const)('dates with an offset are %s', async (offsetDates, status) => {
		await start({ offsetDates });
		const told = await post('Document_Событие', { Date: '2026-08-10T11:00:00+03:00' });
		expect(told.status).toBe(status);
		if (status === 201) expect(told.body.Date).toBe('2026-08-10T11:00:00');
	});

	it('[one source] replaces a section whole and demands line numbers from 1 without gaps', async () => {
		await start();
		const made = await visit({ Услуги: [line(1), line(2)] });
		const path = object('Document_Событие', made);
		expect((await send('PATCH', path, { Комментарий: 'x' })).body.Услуги).toHaveLength(2);
		expect((await send('PATCH', path, { Услуги: [line('1')] })).body.Услуги).toHaveLength(1);
		expect(refusal(await send('PATCH', path, { Услуги: [line(undefined)] }))).toEqual([500, '-1']);
		for (const wrong of [[line(0)], [line(1), line(3)]]) expect(refusal(await send('PATCH', path, { Услуги: wrong }))).toEqual([400, '1']);
		expect(refusal(await post('Document_Событие_Услуги', line(2)))).toEqual([400, '13']);
		expect(await rowsOf(simulator, 'Document_Событие_Услуги')).toHaveLength(1);
	});

	it.each([['ignored', 200], ['enforced', 412]] as const)('[one source] a stale If-Match is %s', async (ifMatch, status) => {
		await start({ ifMatch });
		const made = await visit();
		const path = object('Document_Событие', made);
		const changed = await send('PATCH', path, { Комментарий: 'раз' });
		expect(changed.body.DataVersion).not.toBe(made.DataVersion);
		const stale = await send('PATCH', path, { Комментарий: 'два' }, { headers: { 'if-match': String(made.DataVersion) } });
		expect(stale.status).toBe(status);
	});

	it('[confirmed] shows a change made in 1C itself by a new version alone', async () => {
		await start();
		const made = await visit();
		simulator.state.change('Document_Событие', String(made.Ref_Key), { Статус: 'Отменен' });
		const [read] = await rowsOf(simulator, 'Document_Событие', { $select: 'Ref_Key,DataVersion,Статус' });
		expect(read).toMatchObject({ Ref_Key: made.Ref_Key, Статус: 'Отменен' });
		expect(read?.DataVersion).not.toBe(made.DataVersion);
	});

	it('[confirmed] deletes for good with 204; a mark is a change like any other', async () => {
		await start();
		const made = await visit();
		const path = object('Document_Событие', made);
		expect((await send('PATCH', path, { DeletionMark: true })).body.DeletionMark).toBe(true);
		expect(await send('DELETE', path)).toMatchObject({ status: 204, text: '' });
		expect(refusal(await ask(simulator, path))).toEqual([404, '9']);
	});

	it('is refused by a colleague who holds the object and by the code of the configuration', async () => {
		await start();
		const made = await visit();
		const path = object('Document_Событие', made);
		simulator.state.conditions.locked.add(String(made.Ref_Key));
		for (const told of [await send('PATCH', path, { Комментарий: 'x' }), await post(`${path}/Post`), await send('DELETE', path)]) expect(refusal(told)).toEqual([500, '-1']);
		simulator.state.conditions.locked.clear();
		simulator.state.conditions.beforeWrite = (set) => (set === 'Document_Событие' ? 'Поле "Контрагент" не заполнено' : null);
		expect(refusal(await send('PATCH', path, { Комментарий: 'x' }))).toEqual([500, '-1']);
		expect((await ask(simulator, path)).body.Комментарий).toBe('');
		expect((await post('Catalog_Контрагенты', { Description: 'x' })).status).toBe(201);
	});
});

describe('1C posts documents', () => {
	it('[confirmed] and unposts them; both move the version', async () => {
		await start();
		const made = await visit();
		const path = object('Document_Событие', made);
		const posted = await ask(simulator, `${path}/Post`, { PostingModeOperational: 'false' }, { verb: 'POST' });
		expect(posted).toMatchObject({ status: 200, body: { Posted: true } });
		expect(posted.body.DataVersion).not.toBe(made.DataVersion);
		expect((await post(`${path}/Unpost`)).body.Posted).toBe(false);
		const client = await post('Catalog_Контрагенты', { Description: 'x' });
		expect(refusal(await post(`${object('Catalog_Контрагенты', client.body)}/Post`))).toEqual([400, '6']);
	});

	it('[confirmed] unless the configuration refuses with its own text', async () => {
		await start();
		simulator.state.conditions.beforePosting = () => 'Время занято';
		const path = object('Document_Событие', await visit());
		expect(await post(`${path}/Post`)).toMatchObject({ status: 500, body: { 'odata.error': { code: '-1', message: { lang: 'ru', value: 'Время занято' } } } });
		expect((await ask(simulator, path)).body.Posted).toBe(false);
	});

	it.each([['either', [200, 200]], ['required', [200, 400]], ['refused', [400, 200]]] as const)('[by version] parentheses are %s', async (postParentheses, expected) => {
		await start({ postParentheses });
		const path = object('Document_Событие', await visit());
		expect([(await post(`${path}/Post()`)).status, (await post(`${path}/Post`)).status]).toEqual(expected);
	});

	it.each([['unposts', 200, false], ['keeps', 200, true], ['refused', 500, true]] as const)('marking a posted one for deletion: %s', async (markPosted, status, left) => {
		await start({ markPosted });
		const path = object('Document_Событие', await visit());
		await post(`${path}/Post`);
		expect((await send('PATCH', path, { DeletionMark: true })).status).toBe(status);
		expect((await ask(simulator, path)).body.Posted).toBe(left);
	});
});

describe('1C registers are written', () => {
	const cell = (): Row => ({ Сотрудник_Key: salon.staff.get('Смирнова Анна')?.Ref_Key, Ячейка: '2026-08-10T11:00:00', Маркер: 'req-1' });
	const key = (): string => `InformationRegister_ЗанятыеЯчейки(Сотрудник_Key=guid'${String(cell()['Сотрудник_Key'])}',Ячейка=datetime'2026-08-10T11:00:00')`;

	it('[one source, a measurement] once a key: of twenty at the same moment one gets the cell, the others 400', async () => {
		await start();
		const statuses = (await Promise.all(Array.from({ length: 20 }, () => post('InformationRegister_ЗанятыеЯчейки', cell())))).map(({ status }) => status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(1);
		expect(statuses.filter((status) => status === 400)).toHaveLength(19);
		expect((await ask(simulator, key())).body).toMatchObject({ Маркер: 'req-1' });
		expect((await send('PATCH', key(), { Маркер: 'req-2' })).body.Маркер).toBe('req-2');
		expect((await send('DELETE', key())).status).toBe(204);
		expect((await post('InformationRegister_ЗанятыеЯчейки', cell())).status).toBe(200);
	});

	it('[measured 200, confirmed 201 for objects] with either status of success', async () => {
		await start({ registerPost: '201' });
		expect((await post('InformationRegister_ЗанятыеЯчейки', cell())).status).toBe(201);
		expect(refusal(await ask(simulator, "InformationRegister_ЗанятыеЯчейки(Ячейка=datetime'2026-08-10T11:00:00')"))).toEqual([400, '6']);
	});
});

describe('1C keeps phones', () => {
	it.each([['as sent', ''], ['filled', '79161234567']] as const)('[partly inferred] typed ones: digits are %s', async (phoneDigits, expected) => {
		await start({ phoneDigits });
		const row = { LineNumber: 1, Тип: 'Телефон', Вид_Key: salon.phoneKind.Ref_Key, Представление: '+7 (916) 123-45-67' };
		const { body } = await post('Catalog_Контрагенты', { Description: 'Петрова', КонтактнаяИнформация: [row] });
		expect(body['КонтактнаяИнформация']).toMatchObject([{ НомерТелефона: expected, LineNumber: '1' }]);
	});
});
