import { populate, startYclients, type VendorOptions, type VendorSimulator } from '.';
import { PHONE, talkTo, type Talk } from './test-bench';

let sim: VendorSimulator | null = null;
afterEach(async () => {
	await sim?.close();
	sim = null;
});

async function open(options: VendorOptions = {}): Promise<Talk> {
	sim = await startYclients(options);
	return talkTo(sim);
}

const SEARCH = '/company/{c}/clients/search';
const quick = (value: string, fields = ['id', 'phone']): object => ({ fields, filters: [{ type: 'quick_search', state: { value } }] });

describe('search', () => {
	async function withClients(options: VendorOptions = {}): Promise<Talk & { readonly anna: number }> {
		const talk = await open(options);
		const add = (fields: { name: string; phone: string } & Parameters<VendorSimulator['state']['addClient']>[1]): number => sim!.state.addClient(talk.salon.company.id, fields, sim!.clock.now()).id;
		add({ name: 'Чужая', phone: '79991112233', card: `+${PHONE}` });
		const anna = add({ name: 'Анна', phone: PHONE, discount: 5 });
		add({ name: 'Вера', phone: '79161234567', importanceId: 2 });
		return { ...talk, anna };
	}

	it('[confirmed] gives ids alone unless fields are named, and refuses unknown ones', async () => {
		const { call, anna } = await withClients();
		expect((await call('POST', SEARCH, { filters: [{ type: 'id', state: { value: [anna] } }] })).body).toMatchObject({ data: [{ id: anna }], meta: { total_count: 1 } });
		expect(Object.keys(((await call('POST', SEARCH, {})).body.data as object[])[0] ?? {})).toEqual(['id']);
		expect((await call('POST', SEARCH, { fields: ['birthday'] })).status).toBe(400);
		expect((await call('POST', SEARCH, { filters: [{ type: 'phone', state: {} }] })).status).toBe(400);
		expect((await call('POST', SEARCH)).status).toBe(400);
	});

	it('[one source family] finds strangers by quick search, and everybody by other bodies', async () => {
		const { data, anna } = await withClients();
		const hits = await data<{ id: number; phone: string }[]>('POST', SEARCH, quick(PHONE));
		expect(hits.map(({ phone }) => phone)).toEqual(['+79991112233', `+${PHONE}`]);
		expect(hits[1]?.id).toBe(anna);
		expect(await data('POST', SEARCH, quick('79990000099'))).toEqual([]);
		for (const body of [{ phone: PHONE }, { search_term: PHONE }]) expect(await data('POST', SEARCH, body)).toHaveLength(3);
	});

	it('[confirmed] counts what was sold and who came, orders, and caps a page at 200', async () => {
		const { data, call, salon } = await open();
		populate(sim!, salon, { clients: 450, visits: 900, sales: 100, until: '2026-11-19', days: 100 });
		const fields = ['id', 'sold_amount', 'visits_count', 'last_visit_date', 'first_visit_date'];
		const seen: { id: number; sold_amount: number; visits_count: number; last_visit_date: string }[] = [];
		for (let page = 1; page <= 4; page += 1) {
			const reply = await call('POST', SEARCH, { page, page_size: 1000, fields, order_by: 'id', order_by_direction: 'ASC' });
			expect(reply.body.meta).toEqual({ total_count: 450 });
			seen.push(...(reply.body.data as typeof seen));
		}
		expect(seen).toHaveLength(450);
		expect(new Set(seen.map(({ id }) => id)).size).toBe(450);
		const came = [...sim!.state.records.values()].filter(({ deleted, attendance }) => !deleted && attendance === 1);
		const goods = [...sim!.state.goodsTransactions.values()].reduce((sum, { cost }) => sum + cost, 0);
		expect(seen.reduce((sum, { sold_amount: sold }) => sum + sold, 0)).toBe(goods + came.reduce((sum, { services }) => sum + (services[0]?.cost ?? 0), 0));
		expect(seen.reduce((sum, { visits_count: visits }) => sum + visits, 0)).toBe(came.length);
		const best = await data<typeof seen>('POST', SEARCH, { page_size: 1, fields, order_by: 'sold_amount', order_by_direction: 'DESC' });
		expect(best[0]?.sold_amount).toBe(Math.max(...seen.map(({ sold_amount: sold }) => sold)));
		expect(best[0]?.last_visit_date).toMatch(/^2026-\d\d-\d\d \d\d:00:00$/);
		sim!.switches.searchDates = 'date';
		expect((await data<typeof seen>('POST', SEARCH, { page_size: 1, fields }))[0]?.last_visit_date).toMatch(/^(2026-\d\d-\d\d)?$/);
		sim!.switches.searchFields = 'five-only';
		expect(Object.keys((await data<object[]>('POST', SEARCH, { fields }))[0] ?? {})).toEqual(['id', 'name', 'phone', 'email', 'discount']);
	});

	it('[confirmed] filters by importance, joined by AND or OR; a status filter counts its own way', async () => {
		const { data, call, visit } = await withClients();
		await call('POST', '/records/{c}', visit({ attendance: -1 }));
		const importance = { type: 'importance', state: { value: [2] } };
		const noShow = { type: 'record', state: { status: { value: [1] } } };
		const names = async (body: object): Promise<readonly string[]> => (await data<{ name: string }[]>('POST', SEARCH, { fields: ['name'], ...body })).map(({ name }) => name);
		expect(await names({ filters: [importance] })).toEqual(['Вера']);
		expect(await names({ filters: [noShow] })).toEqual(['Анна']);
		expect(await names({ operation: 'AND', filters: [importance, noShow] })).toEqual([]);
		expect(await names({ operation: 'OR', filters: [importance, noShow] })).toEqual(['Анна', 'Вера']);
	});

	it('[one source] may drop a range that nobody meets and answer everybody', async () => {
		const { data } = await withClients();
		const rich = { filters: [{ type: 'sold_amount', state: { from: 1_000_000 } }] };
		expect(await data('POST', SEARCH, rich)).toEqual([]);
		sim!.switches.emptyRange = 'drops-filter';
		expect(await data('POST', SEARCH, rich)).toHaveLength(3);
	});

	it('[confirmed] hides phones from an account that may not see them', async () => {
		const { data, salon } = await withClients();
		salon.user.rights.delete('phones');
		expect(await data('POST', SEARCH, quick('Анна'))).toMatchObject([{ phone: '+7999*****01' }]);
		sim!.switches.maskedPhones = 'empty';
		expect(await data('POST', SEARCH, quick('Анна'))).toMatchObject([{ phone: '' }]);
	});
});

describe('cards', () => {
	it('[confirmed] are made with 201, a numeric phone and the empty forms', async () => {
		const { call } = await open();
		expect(await call('POST', '/clients/{c}', { name: 'Анна', phone: `+${PHONE}` })).toMatchObject({
			status: 201, body: { data: { phone: 79990000001, birth_date: 0, custom_fields: [], categories: [], sex: 'Неизвестно', visits: 0, spent: 0 } },
		});
		expect(await call('POST', '/clients/{c}', { phone: '12' })).toMatchObject({ status: 422, body: { meta: { errors: { name: [expect.any(String)], phone: [expect.any(String)] } } } });
	});

	it('[unknown] with a known phone are refused or doubled by the switch', async () => {
		const { call } = await open();
		await call('POST', '/clients/{c}', { name: 'Анна', phone: PHONE });
		const statuses: number[] = [];
		for (const position of ['422', '409', 'creates-second'] as const) {
			sim!.switches.duplicateClient = position;
			statuses.push((await call('POST', '/clients/{c}', { name: 'Анна', phone: PHONE })).status);
		}
		expect(statuses).toEqual([422, 409, 201]);
		expect(sim!.state.clients.size).toBe(2);
	});

	it('[confirmed] want name and phone on PUT, and lose what is left out by the switch', async () => {
		const { call, data } = await open();
		const { id } = await data<{ id: number }>('POST', '/clients/{c}', { name: 'Анна', phone: PHONE, email: 'a@example.org', custom_fields: { tea: 'green' } });
		expect((await call('PUT', `/client/{c}/${id}`, { name: 'Анна' })).status).toBe(422);
		expect(await data('PUT', `/client/{c}/${id}`, { name: 'Анна П', phone: PHONE, email: 'a@example.org' })).toMatchObject({ name: 'Анна П', email: 'a@example.org', custom_fields: [] });
		sim!.switches.clientPut = 'keeps';
		expect(await data('PUT', `/client/{c}/${id}`, { name: 'Анна', phone: PHONE })).toMatchObject({ email: 'a@example.org' });
		expect((await call('DELETE', `/client/{c}/${id}`)).status).toBe(204);
		expect((await call('GET', `/client/{c}/${id}`)).status).toBe(404);
	});

	it('[confirmed, deprecated] are listed with change dates; more than 200 gives 20', async () => {
		const { data, salon, call } = await open();
		populate(sim!, salon, { clients: 250, visits: 1, sales: 0, until: '2026-11-19', days: 10 });
		expect(await data('GET', '/clients/{c}?count=200')).toHaveLength(200);
		expect(await data('GET', '/clients/{c}?count=1000')).toHaveLength(20);
		expect(await data('GET', '/clients/{c}?phone=79261000007')).toHaveLength(1);
		await call('POST', '/clients/{c}', { name: 'Новая', phone: PHONE });
		expect(await data('GET', '/clients/{c}?changed_after=2026-11-20T00:00:00')).toMatchObject([{ name: 'Новая' }]);
		expect(await data('GET', '/clients/{c}?paid_min=1')).toEqual([]);
	});

	it('[confirmed] come in bulk, the refused ones beside the made ones', async () => {
		const { data } = await open();
		expect(await data('POST', '/clients/{c}/bulk', [{ name: 'Анна', phone: PHONE }, { name: 'Анна', phone: PHONE }, 7])).toMatchObject({ created: [{ name: 'Анна' }], errors: [{ index: 1 }, { index: 2 }] });
	});

	it('[confirmed] are found across a network, where nobody is a 404', async () => {
		const { call, data, salon } = await open();
		await call('POST', '/clients/{c}', { name: 'Анна', phone: PHONE });
		expect(await data('GET', `/group/${salon.company.groupId}/clients/?phone=${PHONE}`)).toMatchObject([{ company_id: salon.company.id }]);
		expect((await call('GET', `/group/${salon.company.groupId}/clients/?phone=1`)).status).toBe(404);
	});
});

describe('visits of one client', () => {
	const VISITS = '/company/{c}/clients/visits/search';
	const body = (changes: object = {}): object => ({ client_id: null, client_phone: null, from: null, to: null, payment_statuses: [], attendance: null, ...changes });

	it('[confirmed] want all six keys', async () => {
		const { call } = await open();
		expect(await call('POST', VISITS, { client_id: 1 })).toMatchObject({ status: 422, body: { meta: { errors: { client_phone: [expect.any(String)], attendance: [expect.any(String)] } } } });
	});

	it('[confirmed] come newest first by a date cursor, each once, goods with negative amounts', async () => {
		const { call, salon } = await open();
		populate(sim!, salon, { clients: 1, visits: 80, sales: 10, until: '2026-11-19', days: 200 });
		const [client] = [...sim!.state.clients.keys()];
		const records: number[] = [];
		const goods: { amount: number; first_cost: number; cost_to_pay: number }[] = [];
		let range: { from: string | null; to: string | null } | null = { from: null, to: null };
		let pages = 0;
		while (range !== null && pages < 20) {
			const { body: reply } = await call('POST', VISITS, body({ client_id: client, from: range.from, to: range.to }));
			const page = reply.data as { records: { id: number }[]; goods_transactions: { goods: typeof goods }[] };
			records.push(...page.records.map(({ id }) => id));
			goods.push(...page.goods_transactions.flatMap((one) => one.goods));
			range = (reply.meta as { dateCursor: { next: typeof range } }).dateCursor.next;
			pages += 1;
		}
		const kept = [...sim!.state.records.values()].filter(({ deleted }) => !deleted);
		expect(new Set(records).size).toBe(records.length);
		expect(records).toHaveLength(kept.length);
		expect(goods).toHaveLength(10);
		expect(goods.every(({ amount, first_cost: first, cost_to_pay: pay }) => amount < 0 && first === amount * 1200 && pay > 0)).toBe(true);
		expect(pages).toBeGreaterThan(3);
	});

	it('[confirmed] give more than 25 when the last date has more', async () => {
		const { call, salon } = await open();
		populate(sim!, salon, { clients: 1, visits: 60, sales: 0, until: '2026-11-19', days: 1 });
		const kept = [...sim!.state.records.values()].filter(({ deleted }) => !deleted).length;
		const { body: reply } = await call('POST', VISITS, body({ client_id: [...sim!.state.clients.keys()][0] }));
		expect((reply.data as { records: unknown[] }).records).toHaveLength(kept);
		expect(reply.meta).toMatchObject({ dateCursor: { current: { from: '2026-11-19', to: '2026-11-19', count: kept }, next: null } });
	});

	it('[confirmed] are filtered by attendance and by phone', async () => {
		const { data, salon } = await open();
		populate(sim!, salon, { clients: 1, visits: 30, sales: 0, until: '2026-11-19', days: 5 });
		const missed = [...sim!.state.records.values()].filter(({ deleted, attendance }) => !deleted && attendance === -1).length;
		expect((await data<{ records: unknown[] }>('POST', VISITS, body({ client_phone: '79261000000', attendance: -1 }))).records).toHaveLength(missed);
		expect((await data<{ records: unknown[] }>('POST', VISITS, body({ client_phone: '79000000000' }))).records).toEqual([]);
	});
});
