import { ask, askRaw, basic, refusal, rowsOf } from './bench';
import { cut, failing, hang, truncated } from '../kit';
import { type ConfigurationName, CONFIGURATIONS, EMPTY_GUID, furnish, type FurnishedBase, type OneCOptions, type OneCSimulator, startOneC } from './index';
import type { Row } from './rows';

let simulator: OneCSimulator;
let salon: FurnishedBase;
const start = async (options: OneCOptions = {}): Promise<void> => {
	simulator = await startOneC(options);
	salon = furnish(simulator.state, { services: [{ name: 'Женская стрижка', price: 2500 }, { name: 'Окрашивание', price: 4500 }], staff: ['Смирнова Анна', 'Орлова Мария'] });
};
afterEach(async () => simulator.close());

const NAMES = { $select: 'Description', $orderby: 'Description' };
const described = (rows: readonly Row[]): readonly unknown[] => rows.map(({ Description }) => Description);

describe('1C signs users in', () => {
	it('[confirmed] by Basic in UTF-8; a wrong password is 401 in plain text', async () => {
		await start();
		simulator.state.users.push({ login: 'Бот', password: 'пароль' });
		expect((await ask(simulator, 'Catalog_Сотрудники', {}, { headers: basic({ login: 'Бот', password: 'пароль' }) })).status).toBe(200);
		const wrong = await ask(simulator, 'Catalog_Сотрудники', {}, { headers: basic({ login: 'Бот', password: 'нет' }) });
		expect([wrong.status, wrong.headers.get('content-type')]).toEqual([401, 'text/plain; charset=utf-8']);
	});

	it('[confirmed] and refuses a Russian login in another code page with a page of the web server', async () => {
		await start();
		const told = await ask(simulator, 'Catalog_Сотрудники', {}, { headers: { authorization: `Basic ${Buffer.from([0xc1, 0xee, 0xf2, 0x3a, 0x31]).toString('base64')}` } });
		expect(told.status).toBe(401);
		expect(told.text).toContain('401.5');
	});

	it.each([['401', 401], ['login page', 200]] as const)('without a session shows %s', async (noSession, status) => {
		await start({ switches: { noSession } });
		simulator.state.conditions.sessionAlive = false;
		const told = await ask(simulator, 'Catalog_Сотрудники');
		expect(told.status).toBe(status);
		expect(told.body).toEqual({});
	});
});

describe('1C shows what is published', () => {
	it('[confirmed] in the service document, and 404 for all else', async () => {
		await start();
		expect((await rowsOf(simulator, '')).map(({ name }) => name)).toEqual(expect.arrayContaining(['Catalog_Контрагенты', 'Catalog_Контрагенты_КонтактнаяИнформация', 'Document_Событие_Услуги']));
		expect((await ask(simulator, 'Document_ЗаписьКлиента')).status).toBe(404);
		simulator.state.published.clear();
		expect(await rowsOf(simulator, '')).toEqual([]);
		expect((await ask(simulator, 'Catalog_Сотрудники')).status).toBe(404);
	});

	it.each(Object.keys(CONFIGURATIONS) as ConfigurationName[])('[confirmed] in $metadata of %s, whose every set can be read', async (configuration) => {
		await start({ configuration });
		const { text, headers } = await askRaw(simulator, '$metadata');
		expect(headers.get('content-type')).toContain('application/xml');
		const sets = [...text.matchAll(/<EntitySet Name="([^"]+)" EntityType="StandardODATA\.([^"]+)"/g)].map(([, name]) => name ?? '');
		expect(sets.length).toBeGreaterThan(8);
		for (const set of sets) {
			expect(text).toContain(`<EntityType Name="${set}"><Key>`);
			expect((await ask(simulator, set)).status).toBe(200);
		}
		expect(described(await rowsOf(simulator, 'Catalog_Номенклатура', { ...NAMES, $filter: 'IsFolder eq false' }))).toEqual(['Женская стрижка', 'Окрашивание']);
	});

	it('[confirmed] with types, lengths, sections and references; large bases make it heavy', async () => {
		await start();
		simulator.state.conditions.metadataMegabytes = 1;
		const { text } = await askRaw(simulator, '$metadata');
		expect(text).toContain('<Property Name="Description" Type="Edm.String" Nullable="true" MaxLength="100"/>');
		expect(text).toContain('<Property Name="Услуги" Type="Collection(StandardODATA.Document_Событие_Услуги_RowType)" Nullable="true"/>');
		expect(text).toContain('<NavigationProperty Name="Врач" Relationship="StandardODATA.Document_Событие_Врач" FromRole="Begin" ToRole="End"/>');
		expect(text).toContain('<PropertyRef Name="Сотрудник_Key"/><PropertyRef Name="Ячейка"/>');
		expect(text.length).toBeGreaterThan(1_000_000);
	});

	it('[confirmed] as Atom when JSON was not asked for, with service fields when they were not declined', async () => {
		await start();
		expect((await askRaw(simulator, encodeURIComponent('Catalog_Сотрудники'))).text).toMatch(/^<\?xml.*<d:Description>Смирнова Анна<\/d:Description>/s);
		expect((await askRaw(simulator, encodeURIComponent('Catalog_Сотрудники'), { headers: { accept: 'application/json' } })).body['odata.metadata']).toMatch(/\$metadata#Catalog_Сотрудники$/);
		expect(await ask(simulator, 'Catalog_Сотрудники')).toMatchObject({ body: expect.not.objectContaining({ 'odata.metadata': expect.anything() as unknown }) as unknown });
	});

	it('with a byte order mark where the base writes one', async () => {
		await start({ switches: { byteOrderMark: 'present' } });
		expect((await ask(simulator, 'Catalog_Сотрудники')).text.startsWith('\uFEFF{')).toBe(true);
	});
});

describe('1C reads', () => {
	it('[confirmed] by filter, order, page and count; the count is a text', async () => {
		await start();
		expect(described(await rowsOf(simulator, 'Catalog_Номенклатура', { ...NAMES, $filter: "IsFolder eq false and DeletionMark eq false and ТипНоменклатуры eq 'Услуга'", $top: '1', $skip: '1' }))).toEqual(['Окрашивание']);
		expect((await ask(simulator, 'Catalog_Номенклатура', { $inlinecount: 'allpages', $top: '0' })).body).toEqual({ 'odata.count': '3', value: [] });
		expect((await ask(simulator, 'Catalog_Номенклатура/$count', { $filter: 'IsFolder eq true' })).text).toBe('1');
		simulator.switches.inlineCount = 'without paging';
		expect((await ask(simulator, 'Catalog_Номенклатура', { $inlinecount: 'allpages', $top: '0' })).body.value).toHaveLength(3);
	});

	it('[confirmed] one object by its guid, code 9 for none and code 1 for no guid', async () => {
		await start();
		const key = String(salon.services.get('Окрашивание')?.Ref_Key);
		expect((await ask(simulator, `Catalog_Номенклатура(guid'${key}')`)).body).toMatchObject({ Description: 'Окрашивание', DataVersion: expect.stringMatching(/=$/) as string, Специализация_Key: EMPTY_GUID });
		expect(refusal(await ask(simulator, `Catalog_Номенклатура(guid'${EMPTY_GUID}')`))).toEqual([404, '9']);
		expect(refusal(await ask(simulator, "Catalog_Номенклатура(guid'12')"))).toEqual([400, '1']);
		expect(refusal(await ask(simulator, `Catalog_Номенклатура(guid'${key}')/NoSuch`))).toEqual([400, '6']);
	});

	it('[confirmed] no syntax of the fourth version, no bare guids and no plus for a space', async () => {
		await start();
		expect(refusal(await ask(simulator, 'Catalog_Сотрудники', { $filter: "contains(Description,'Анна')" }))).toEqual([400, '14']);
		expect(refusal(await ask(simulator, 'Catalog_Сотрудники', { $filter: `Ref_Key eq ${EMPTY_GUID}` }))).toEqual([400, '14']);
		expect(refusal(await ask(simulator, 'Catalog_Сотрудники', { $count: 'true' }))).toEqual([400, '6']);
		const set = encodeURIComponent('Catalog_Сотрудники');
		expect(refusal(await askRaw(simulator, `${set}?$format=json&$filter=IsFolder+eq+false`))).toEqual([500, '-1']);
		expect((await askRaw(simulator, `${set}?$format=json&$filter=IsFolder%20eq%20false`)).status).toBe(200);
	});

	it('[one source] no address over 2,048 characters: the web server answers 404 with a page', async () => {
		await start();
		const guids = Array.from({ length: 40 }, () => `Ref_Key eq guid'${EMPTY_GUID}'`).join(' or ');
		const told = await ask(simulator, 'Catalog_Сотрудники', { $filter: guids });
		expect(told.status).toBe(404);
		expect(told.text).toContain('404.15');
		const few = Array.from({ length: 20 }, () => `Ref_Key eq guid'${EMPTY_GUID}'`).join(' or ');
		expect((await ask(simulator, 'Catalog_Сотрудники', { $filter: few })).status).toBe(200);
	});

	it('[confirmed] through references when they are expanded and selected, and not for a single object', async () => {
		await start();
		const key = salon.staff.get('Смирнова Анна')?.Ref_Key;
		const visit = simulator.state.add('Document_Событие', { Врач_Key: key });
		const expanded = { $expand: 'Врач', $select: 'Number,Врач/Description,Врач' };
		expect(await rowsOf(simulator, 'Document_Событие', expanded)).toEqual([{ Number: visit.Number, Врач: expect.objectContaining({ Description: 'Смирнова Анна' }) as unknown }]);
		expect(refusal(await ask(simulator, 'Document_Событие', { $expand: 'Врач', $select: 'Number' }))).toEqual([400, '6']);
		expect(refusal(await ask(simulator, `Document_Событие(guid'${String(visit.Ref_Key)}')`, { $expand: 'Врач' }))).toEqual([400, '6']);
		expect(await rowsOf(simulator, 'Document_Событие', { $filter: "Врач/Description eq 'Смирнова Анна'", $select: 'Number' })).toHaveLength(1);
	});

	it('refuses what the rights of the user do not allow', async () => {
		await start({ switches: { rowSecurity: 'on' } });
		simulator.state.conditions.hidden.add(String(salon.staff.get('Орлова Мария')?.Ref_Key));
		expect((await ask(simulator, 'Catalog_Сотрудники')).status).toBe(403);
		expect(described(await rowsOf(simulator, 'Catalog_Сотрудники', { ...NAMES, allowedOnly: 'true' }))).toEqual(['Смирнова Анна']);
		simulator.state.conditions.forbidden.add('Catalog_Сотрудники');
		expect((await ask(simulator, 'Catalog_Сотрудники', { allowedOnly: 'true' })).status).toBe(403);
	});
});

describe('1C faults', () => {
	it('happen before or after the effect, in the words of the platform; filters are not in the log', async () => {
		await start();
		const path = /Catalog_Контрагенты$/;
		const create = (): Promise<unknown> => ask(simulator, 'Catalog_Контрагенты', {}, { verb: 'POST', body: { Description: 'Петрова Ольга' } });
		simulator.faults.add(cut('none'), { path });
		simulator.faults.add(cut('done'), { path });
		await expect(create()).rejects.toThrow();
		expect(simulator.state.rowsOf('Catalog_Контрагенты').size).toBe(0);
		await expect(create()).rejects.toThrow();
		expect(simulator.state.rowsOf('Catalog_Контрагенты').size).toBe(1);
		simulator.faults.add(failing(503), { path });
		expect(await create()).toMatchObject({ status: 503, body: {} });
		simulator.faults.add(truncated('done'), { path });
		expect(await create()).toMatchObject({ status: 201, body: {} });
		simulator.faults.add(hang('none'), { path });
		await expect(fetch(`${simulator.odataUrl}/${encodeURIComponent('Catalog_Контрагенты')}`, { headers: basic(simulator), signal: AbortSignal.timeout(150) })).rejects.toThrow();
		await ask(simulator, 'Catalog_Контрагенты', { $filter: "Description eq 'Петрова Ольга'" });
		expect(simulator.faults.spent()).toBe(true);
		expect(JSON.stringify(simulator.requests.all)).not.toContain('Петрова');
	});

	it('[inferred] licences run out for parallel calls', async () => {
		await start();
		simulator.state.conditions.licences = 0;
		expect((await ask(simulator, 'Catalog_Сотрудники')).status).toBe(503);
		simulator.state.conditions.licences = 1;
		expect((await ask(simulator, 'Catalog_Сотрудники')).status).toBe(200);
	});

	it('is slow for the first request after a pause', async () => {
		await start();
		simulator.state.conditions.coldStart = { idleMinutes: 20, milliseconds: 400 };
		simulator.clock.advance(30 * 60_000);
		await expect(fetch(`${simulator.odataUrl}/?$format=json`, { headers: basic(simulator), signal: AbortSignal.timeout(100) })).rejects.toThrow();
		expect((await ask(simulator, '')).status).toBe(200);
	});
});
