import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { populate, startYclients, type VendorOptions, type VendorSimulator } from '.';
import { DAY, talkTo, type Talk } from './test-bench';

let sim: VendorSimulator | null = null;
let target: Server | null = null;
afterEach(async () => {
	await sim?.close();
	sim = null;
	target?.close();
	target = null;
});

async function open(options: VendorOptions = {}, changes: Parameters<typeof talkTo>[1] = {}): Promise<Talk> {
	sim = await startYclients(options);
	return talkTo(sim, changes);
}

describe('schedules', () => {
	const path = `/company/{c}/staff/schedule?start_date=${DAY}&end_date=2026-11-25`;

	it('[one source] give slots by person and day, busy intervals when asked, days off by the switch', async () => {
		const { data, call, visit, salon } = await open();
		await call('POST', '/records/{c}', visit());
		const staff = sim!.state.staff.get(Number(salon.staffId('Ольга')))!;
		staff.days.set('2026-11-25', []);
		const query = `${path}&staff_ids[]=${staff.id}&include[]=busy_intervals&include[]=off_day_type`;
		const works = { staff_id: staff.id, date: DAY, slots: [{ from: '10:00', to: '20:00' }], busy_intervals: [{ entity_type: 'record', from: '12:00', to: '13:00' }], off_day_type: null };
		expect(await data('GET', query)).toMatchObject([works]);
		sim!.switches.scheduleDaysOff = 'empty-slots';
		expect(await data('GET', query)).toMatchObject([works, { date: '2026-11-25', slots: [], off_day_type: 3 }]);
		expect((await data<object[]>('GET', path))[0]).not.toHaveProperty('busy_intervals');
		expect((await call('GET', '/company/{c}/staff/schedule')).status).toBe(422);
		expect(await data('GET', `/schedule/{c}/${staff.id}/${DAY}/2026-11-25`)).toEqual([{ date: DAY, is_working: 1, slots: [{ from: '10:00', to: '20:00' }] }, { date: '2026-11-25', is_working: 0, slots: [] }]);
		sim!.switches.newSchedule = '404';
		expect((await call('GET', path)).status).toBe(404);
	});

	it('[one source] are written by day, and online booking follows', async () => {
		const { call, data, salon } = await open();
		const id = Number(salon.staffId('Ольга'));
		const set = (key: string, slots: object[]): object => ({ schedules_to_set: [{ [key]: id, dates: [DAY], slots }], schedules_to_delete: [] });
		const times = async (): Promise<readonly string[]> => (await data<{ time: string }[]>('GET', `/book_times/{c}/${id}/${DAY}?service_ids[]=${salon.serviceId('cut')}`)).map(({ time }) => time);
		await data('PUT', '/company/{c}/staff/schedule', set('staff_id', [{ from: '10:00', to: '11:30' }, { from: '12:00', to: '13:00' }]));
		expect(await times()).toEqual(['10:00', '10:30', '12:00']);
		await data('PUT', '/company/{c}/staff/schedule', set('team_member_id', [{ from: '23:00', to: '24:00' }]));
		expect(await times()).toEqual(['23:00']);
		await data('PUT', '/company/{c}/staff/schedule', { schedules_to_delete: [{ staff_id: id, dates: [DAY] }] });
		expect(await times()).toEqual([]);
		expect((await call('PUT', '/company/{c}/staff/schedule', set('staff_id', [{ from: '11:00', to: '10:00' }]))).status).toBe(422);
	});
});

describe('goods and money', () => {
	it('[confirmed] write money and nested ids of movements as strings, and what is absent as a list', async () => {
		const { data, salon } = await open();
		populate(sim!, salon, { clients: 2, visits: 0, sales: 45, until: '2026-11-19', days: 30 });
		const first = await data<Record<string, unknown>[]>('GET', '/storages/transactions/{c}');
		expect(first).toHaveLength(20);
		expect(first[0]).toMatchObject({ type_id: 1, cost_per_unit: '1200.00', master: [], supplier: [], unit: { id: '216761' }, client: { id: expect.any(String) as string, phone: expect.any(Number) as number }, record_id: 0 });
		expect(Number(first[0]?.amount)).toBeLessThan(0);
		expect(await data('GET', '/storages/transactions/{c}?page=3')).toHaveLength(5);
		expect(await data('GET', '/storages/transactions/{c}?page=4')).toEqual([]);
		expect(await data('GET', '/storages/transactions/{c}?start_date=2026-11-20')).toEqual([]);
		sim!.switches.movementClientKey = 'clients';
		expect((await data<object[]>('GET', '/storages/transactions/{c}'))[0]).toHaveProperty('clients.id');
		sim!.switches.storageTransactions = '404';
		await expect(data('GET', '/storages/transactions/{c}')).rejects.toThrow('404');
	});

	it('[one source] give 25 goods to a count above 100, with `good_id`', async () => {
		const { data, salon } = await open();
		for (let id = 1; id <= 130; id += 1) sim!.state.goods.set(id, { id, companyId: salon.company.id, title: `g${id}`, cost: 1, categoryId: 0 });
		expect(await data('GET', '/goods/{c}?count=100')).toHaveLength(100);
		expect(await data('GET', '/goods/{c}?count=101')).toHaveLength(25);
		expect(Object.keys((await data<object[]>('GET', '/goods/{c}'))[0] ?? {})).not.toContain('id');
		sim!.switches.goodsOverCap = 'honoured';
		expect(await data('GET', '/goods/{c}?count=101')).toHaveLength(101);
	});

	it('[confirmed] list payments, the deleted ones apart', async () => {
		const { data, call, visit } = await open();
		const record = await data<{ id: number; visit_id: string }>('POST', '/records/{c}', visit());
		await call('PUT', `/visits/${record.visit_id}/${record.id}`, { attendance: 1, comment: '', new_transactions: [{ amount: 100, account_id: 1 }, { amount: 50, account_id: 2 }] });
		const payments = await data<{ id: number; amount: number }[]>('GET', '/transactions/{c}?start_date=2026-11-20&end_date=2026-11-20');
		expect(payments.map(({ amount }) => amount)).toEqual([100, 50]);
		expect(await data('GET', '/transactions/{c}?account_id=2')).toHaveLength(1);
		await call('PUT', `/visits/${record.visit_id}/${record.id}`, { attendance: 1, comment: '', deleted_transaction_ids: [payments[0]?.id] });
		expect(await data('GET', '/transactions/{c}')).toHaveLength(1);
		expect(await data('GET', '/transactions/{c}?deleted=1')).toHaveLength(1);
	});
});

describe('companies', () => {
	it('[confirmed] give zone, rules and an object as meta; the partner sees the public part', async () => {
		const { call, salon } = await open();
		const reply = await call('GET', '/company/{c}/');
		expect(reply.body).toMatchObject({ meta: {}, data: { id: salon.company.id, timezone: 3, timezone_name: 'Europe/Moscow', currency_short_title: '₽', allow_delete_record_delay_step: 7200, access: {} } });
		expect((await call('GET', '/company/{c}', undefined, { user: null })).body.data).not.toHaveProperty('access');
		expect((await call('GET', '/company/{c}/settings/online')).body.data).toEqual({ confirm_number: false, any_master: true, seance_delay_step: 1800, activity_online_record_clients_count_max: 1 });
	});

	it('[confirmed] without my=1 list the whole marketplace', async () => {
		const { data, call } = await open();
		talkTo(sim!);
		expect(await data('GET', '/companies?my=1')).toHaveLength(1);
		expect(await data('GET', '/companies')).toHaveLength(2);
		expect((await call('GET', '/companies?my=1', undefined, { user: null })).status).toBe(401);
	});

	it('[confirmed] have categories and a phone check', async () => {
		const { data } = await open();
		const [category] = await data<{ id: number; title: string }[]>('GET', '/company/{c}/service_categories');
		expect(await data('GET', `/company/{c}/service_categories/${category?.id}`)).toEqual(category);
		expect(await data('GET', `/company/{c}/services?category_id=${category?.id}`)).toHaveLength(2);
		expect(await data('GET', '/validation/validate_phone/79990000001')).toEqual({ is_valid: true });
		expect(await data('GET', '/validation/validate_phone/12')).toEqual({ is_valid: false });
	});
});

describe('webhooks', () => {
	const SETTINGS = { active: 1, record: 1, client: 0, service: 0, master: 1, goods_operations_sale: 1, finances_operation: 1 };

	async function listen(): Promise<{ readonly url: string; readonly seen: { readonly url: string; readonly body: Record<string, unknown> }[] }> {
		const seen: { url: string; body: Record<string, unknown> }[] = [];
		const server = createServer((message, response) => {
			let body = '';
			message.on('data', (chunk: Buffer) => (body += chunk.toString()));
			message.on('end', () => {
				seen.push({ url: message.url ?? '', body: JSON.parse(body) as Record<string, unknown> });
				response.writeHead(500).end();
			});
		});
		target = server;
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?secret=s`, seen };
	}

	it('[one source] settings are replaced whole, other URLs included', async () => {
		const { data, call } = await open();
		await data('POST', '/hooks_settings/{c}', { ...SETTINGS, urls: ['http://one.invalid/', 'http://two.invalid/'] });
		expect(await data('GET', '/hooks_settings/{c}')).toMatchObject({ urls: ['http://one.invalid/', 'http://two.invalid/'], active: 1, record: 1, client: 0, good: 0 });
		await data('POST', '/hooks_settings/{c}', { urls: ['http://three.invalid/'], active: 0 });
		expect(await data('GET', '/hooks_settings/{c}')).toMatchObject({ urls: ['http://three.invalid/'], active: 0, record: 0 });
		sim!.switches.hooksSettings = '404';
		expect((await call('GET', '/hooks_settings/{c}')).status).toBe(404);
	});

	it('[confirmed] tell create, update and delete once, whatever the answer, for what is switched on', async () => {
		const { data, call, visit, salon } = await open();
		const { url, seen } = await listen();
		await data('POST', '/hooks_settings/{c}', { ...SETTINGS, urls: [url] });
		const { id } = await data<{ id: number }>('POST', '/records/{c}', visit());
		await call('PUT', `/record/{c}/${id}`, visit({ datetime: `${DAY} 15:00:00` }));
		await call('DELETE', `/record/{c}/${id}`);
		await call('PUT', '/company/{c}/staff/schedule', { schedules_to_delete: [{ staff_id: Number(salon.staffId('Ольга')), dates: [DAY] }] });
		await sim!.webhooks.flush();
		expect(seen.map(({ body }) => [body.resource, body.status])).toEqual([['record', 'create'], ['record', 'update'], ['record', 'delete'], ['staff', 'update']]);
		expect(seen[1]).toMatchObject({ url: '/hook?secret=s', body: { company_id: salon.company.id, resource_id: id, data: { id, date: `${DAY} 15:00:00`, deleted: false } } });
		expect(seen[1]?.body.data).not.toHaveProperty('client');
		sim!.webhooks.faults.copies = 2;
		sim!.switches.webhookData = 'full';
		await data('POST', '/records/{c}', visit({ save_if_busy: true }));
		await sim!.webhooks.flush();
		expect(seen.slice(4)).toHaveLength(2);
		expect(seen[4]?.body).toEqual(seen[5]?.body);
		expect(seen[4]?.body.data).toMatchObject({ client: { name: 'Анна' }, services: [{}] });
		await data('POST', '/hooks_settings/{c}', { ...SETTINGS, active: 0, urls: [url] });
		await data('POST', '/records/{c}', visit({ save_if_busy: true }));
		await sim!.webhooks.flush();
		expect(seen).toHaveLength(6);
	});
});

it('pages through a salon of 3,000 clients and 10,000 visits', async () => {
	const { call, salon } = await open();
	populate(sim!, salon, { clients: 3000, visits: 10_000, sales: 500, until: '2026-11-19', days: 365 });
	const clients = await call('POST', '/company/{c}/clients/search', { page: 15, page_size: 200, fields: ['id', 'sold_amount', 'visits_count'], order_by: 'id' });
	const records = await call('GET', '/records/{c}?count=300&page=10&with_deleted=1&start_date=2026-01-01');
	expect([(clients.body.data as unknown[]).length, (records.body.data as unknown[]).length]).toEqual([200, 300]);
});
