import { positionsOf } from '../kit';
import { DIKIDI_SWITCHES, type DikidiOptions, type DikidiSimulator, exportClients, exportVisits, startDikidi } from './index';

const started: DikidiSimulator[] = [];

afterEach(async () => {
	await Promise.all(started.splice(0).map((one) => one.close()));
});

async function company(options: DikidiOptions = {}): Promise<DikidiSimulator> {
	const sim = await startDikidi(options);
	started.push(sim);
	return sim;
}

async function read(sim: DikidiSimulator, path: string): Promise<{ readonly status: number; readonly type: string; readonly body: Record<string, unknown> }> {
	const response = await fetch(`${sim.url}${path}`);
	const type = response.headers.get('content-type') ?? '';
	const text = await response.text();
	return { status: response.status, type, body: type.includes('json') ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

const SLOTS = '/mobile/ajax/newrecord/get_datetimes/?company_id=100500&service_id[]=9001&date=2026-11-24';
const DATES = '/ajax/newrecord/get_dates_true/?company_id=100500&services_id[]=9002&master_id[9002]=501&date_from=2026-11-23&date_to=2026-11-25';

describe('the widget’s readings (confirmed, unofficial; details one source)', () => {
	it('answers in three envelopes: an object of errors, none at all, or a flat number', async () => {
		const sim = await company();
		expect((await read(sim, '/mobile/ajax/newrecord/project_options/?company=100500')).body).toMatchObject({ error: { code: 0 }, data: { company: { id: '100500', name: 'Studio', currency_abbr: '₽', schedule: expect.arrayContaining([{ day: '1', work_from: '10:00', work_to: '20:00' }]) } } });
		expect((await read(sim, '/ajax/newrecord/to_master_get_masters/?company_id=100500')).body).toEqual({ masters_order: ['501', '502'], masters: { '501': expect.objectContaining({ username: 'Anna' }), '502': expect.objectContaining({ username: 'Maria' }) } });
		sim.switches.envelope = 'flat';
		expect((await read(sim, SLOTS)).body).toMatchObject({ error: 0, data: { currency: { iso: 'RUB' } } });
	});

	it('says 200 for what it cannot do', async () => {
		const sim = await company();
		const nested = await read(sim, '/mobile/ajax/newrecord/project_options/?company=1');
		expect([nested.status, nested.body]).toEqual([200, { error: { code: 'COMPANY_ERROR', message: expect.any(String) } }]);
		expect((await read(sim, '/ajax/newrecord/to_master_get_masters/?company_id=1')).body).toMatchObject({ error: 'COMPANY_ERROR' });
	});

	it('gives services as an array or a map, minutes, two ids and strings for numbers', async () => {
		const sim = await company();
		const path = '/mobile/ajax/newrecord/company_services/?company=100500&lang=ru&master=&share=';
		const one = { id: '9001', company_service_id: '55001', name: 'cut', cost: '2500', time: '60' };
		expect((await read(sim, `${path}&array=1`)).body).toMatchObject({ data: { list: [{ services: [one, { id: '9002' }] }] } });
		expect((await read(sim, path)).body).toMatchObject({ data: { list: { '11': { services: { '9001': one } } } } });
		sim.switches.widgetNumbers = 'numbers';
		expect((await read(sim, `${path}&array=1`)).body).toMatchObject({ data: { list: [{ services: [{ cost: 2500, time: 60 }, {}] }] } });
	});

	it('may narrow the price list to a master (seen as a parameter, told nowhere)', async () => {
		const sim = await company();
		const path = '/mobile/ajax/newrecord/company_services/?company=100500&lang=ru&array=1&share=&master=502';
		const named = async (): Promise<unknown> => ((await read(sim, path)).body as { readonly data: { readonly list: readonly { readonly services: readonly { readonly name: string }[] }[] } }).data.list.flatMap(({ services }) => services.map(({ name }) => name));
		expect(await named()).toEqual(['cut']);
		sim.switches.masterServices = 'everything';
		expect(await named()).toEqual(['cut', 'color']);
	});

	it('gives naive local times by master, and an empty map as a list', async () => {
		const sim = await company();
		sim.desk.book('Анна', '+79990000001', '9001', '501', '2026-11-24T12:00:00+03:00');
		const { data } = (await read(sim, SLOTS)).body as { readonly data: { readonly times: Record<string, readonly string[]> } };
		expect(data.times['501']).not.toContain('2026-11-24 12:00:00');
		expect(data.times['502']).toContain('2026-11-24 12:00:00');
		expect(data.times['501']?.at(-1)).toBe('2026-11-24 19:00:00');
		const past = SLOTS.replace('2026-11-24', '2026-11-19');
		expect((await read(sim, past)).body).toMatchObject({ data: { times: [], masters: [], dates_true: [], date_near: null } });
		sim.switches.emptyMap = 'object';
		expect((await read(sim, past)).body).toMatchObject({ data: { times: {} } });
	});

	it('gives days with free time for a master who does the service', async () => {
		const sim = await company();
		expect((await read(sim, DATES)).body).toEqual({ dates_true: ['2026-11-23', '2026-11-24', '2026-11-25'] });
		expect((await read(sim, DATES.replace('=501', '=502'))).body).toEqual({ dates_true: [] });
	});

	it('may want the other id of a service (one source)', async () => {
		const sim = await company({ switches: { slotServiceId: 'company_service_id' } });
		const timesOf = async (path: string): Promise<unknown> => ((await read(sim, path)).body as { readonly data: { readonly times: unknown } }).data.times;
		expect(await timesOf(SLOTS)).toEqual([]);
		expect(await timesOf(SLOTS.replace('9001', '55001'))).toHaveProperty('501');
	});

	it('blocks by page, by captcha at 200, by 429, or whoever is faster than once a second', async () => {
		const sim = await company();
		const seen = async (): Promise<readonly [number, boolean]> => {
			const { status, type } = await read(sim, SLOTS);
			return [status, type.includes('html')];
		};
		sim.switches.protection = 'html_403';
		expect(await seen()).toEqual([403, true]);
		sim.switches.protection = 'captcha_200';
		expect(await seen()).toEqual([200, true]);
		sim.switches.protection = 'too_many_429';
		expect(await seen()).toEqual([429, false]);
		sim.switches.protection = 'pace';
		expect([await seen(), await seen()]).toEqual([[200, false], [403, true]]);
		sim.clock.advance(1000);
		expect(await seen()).toEqual([200, false]);
	});
});

describe('the booking page and the exports (link form: confirmed; columns of exports: ours, nothing is published)', () => {
	it('serves the page under its forms and tells nobody who came', async () => {
		const sim = await company();
		for (const link of [sim.links.byId, sim.links.bySlug, sim.links.profile, sim.links.preselected]) {
			const { pathname, search, hostname } = new URL(link);
			expect(hostname).toBe('dikidi.net');
			expect((await read(sim, `${pathname}${search}`)).status).toBe(200);
		}
		expect(sim.visits).toHaveLength(4);
		expect(sim.visits[3]?.parameters).toEqual(['p', 'o', 'm']);
		expect((await read(sim, '/other')).status).toBe(404);
		expect(sim.events.sender.deliveries).toEqual([]);
	});

	it('writes clients and visits for any spreadsheet', async () => {
		const sim = await company();
		const { id } = sim.desk.book('Анна "Аня"; Королёва', '+79990000001', '9001', '501', '2026-11-24T12:00:00+03:00');
		sim.desk.mark(id, 'completed');
		expect(exportClients(sim.state).toString('utf8')).toBe('\uFEFFИмя;Телефон;Email;Количество визитов;Потрачено\r\n"Анна ""Аня""; Королёва";89990000001;;1;2500,00\r\n');
		const visits = exportVisits(sim.state, { delimiter: ',', encoding: 'utf8', lineEnd: '\n' }).toString('utf8').split('\n')[1];
		expect(visits).toBe(`${id},24.11.2026,12:00,"Анна ""Аня""; Королёва",+79990000001,cut,Anna,"2500,00",Пришёл`);
		const old = exportClients(sim.state, { encoding: 'windows-1251' });
		expect(new TextDecoder('windows-1251').decode(old)).toContain('Королёва');
	});
});

it('reads in every position of every switch but those that block, and is the same company for the same seed', async () => {
	for (const { name, changes } of positionsOf(DIKIDI_SWITCHES)) {
		const sim = await company({ switches: changes });
		const { status, body } = await read(sim, SLOTS);
		const blocked = /_(403|503|200|429)$/.test(name);
		expect({ name, blocked: status !== 200 || Object.keys(body).length === 0 }).toEqual({ name, blocked });
	}
	const [one, two] = [await company({ seed: 3 }), await company({ seed: 3 })];
	expect(one.state.random.hex(16)).toBe(two.state.random.hex(16));
});
