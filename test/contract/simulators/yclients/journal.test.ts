import { startYclients, type VendorOptions, type VendorSimulator } from '.';
import { DAY, PHONE, talkTo, type Talk } from './test-bench';

let sim: VendorSimulator | null = null;
afterEach(async () => {
	await sim?.close();
	sim = null;
});

async function open(options: VendorOptions = {}, changes: Parameters<typeof talkTo>[1] = {}): Promise<Talk> {
	sim = await startYclients(options);
	return talkTo(sim, changes);
}

interface Row { readonly id: number; readonly visit_id: string; readonly services: readonly { readonly cost: number }[]; readonly client: { readonly id: number }; readonly datetime: string; readonly date: string }

describe('records', () => {
	it('[confirmed] are made with 201, the branch wall time or ISO, and come in the awkward forms', async () => {
		const { data, call, visit } = await open();
		const naive = await data<Row>('POST', '/records/{c}', visit());
		expect(naive).toMatchObject({
			date: `${DAY} 12:00:00`, datetime: `${DAY}T12:00:00+0300`, visit_id: expect.stringMatching(/^\d+$/) as string, custom_fields: [], staff: { position: [] }, attendance: 0, deleted: false,
			services: [{ cost: 2500, first_cost: 2500, amount: 1 }], client: { phone: `+${PHONE}`, is_new: true }, api_id: 'wa-1', seance_length: 3600, documents: [{ type_id: 7 }],
		});
		const iso = await call('POST', '/records/{c}', visit({ datetime: `${DAY}T13:00:00+03:00`, client: { phone: `+${PHONE}`, name: 'Анна' } }));
		expect(iso.body.data).toMatchObject({ date: `${DAY} 13:00:00`, client: { id: naive.client.id } });
		sim!.switches.recordsPostShape = 'array';
		sim!.switches.recordOffset = 'colon';
		expect(await data('POST', '/records/{c}', visit({ datetime: `${DAY} 14:00:00` }))).toMatchObject([{ datetime: `${DAY}T14:00:00+03:00` }]);
	});

	it('[confirmed] have null or a list for the client of blocked time, and lose prices that were not sent', async () => {
		const { data, visit, salon } = await open();
		const blocked = await Promise.all([9, 10].map((hour) => data<Row>('POST', '/records/{c}', visit({ client: null, services: [], save_if_busy: true, datetime: `${DAY} 0${hour % 10}:00:00` }))));
		expect(blocked.map(({ client }) => JSON.stringify(client)).sort()).toEqual(['[]', 'null']);
		const bare = await data<Row>('POST', '/records/{c}', visit({ services: [{ id: Number(salon.serviceId('cut')) }] }));
		expect(bare.services).toMatchObject([{ cost: 0 }]);
	});

	it('[inferred] refuse busy or closed time in the style of the switch, and nothing else', async () => {
		const { call, visit } = await open();
		await call('POST', '/records/{c}', visit());
		const styles: unknown[] = [];
		for (const style of ['422-message', '422-code', '409-conflict'] as const) {
			Object.assign(sim!.switches, { conflictStyle: style, codePosition: 'meta' });
			const { status, body } = await call('POST', '/records/{c}', visit({ datetime: `${DAY} 12:30:00` }));
			styles.push([status, body.meta]);
		}
		const message = expect.stringMatching(/занят/) as string;
		expect(styles).toEqual([[422, { message }], [422, { message, code: 433 }], [409, { message, conflict: true }]]);
		expect((await call('POST', '/records/{c}', visit({ datetime: `${DAY} 21:00:00` }))).status).toBe(409);
		expect((await call('POST', '/records/{c}', visit({ datetime: `${DAY} 12:30:00`, save_if_busy: true }))).status).toBe(201);
		expect(await call('POST', '/records/{c}', { staff_id: 1 })).toMatchObject({ status: 422, body: { meta: { errors: { services: [expect.any(String)], datetime: [expect.any(String)] } } } });
	});

	it('[unknown] take staff 0 only where switched', async () => {
		const { call, visit } = await open();
		expect((await call('POST', '/records/{c}', visit({ staff_id: 0 }))).status).toBe(422);
		sim!.switches.journalAnyStaff = 'picks-one';
		expect((await call('POST', '/records/{c}', visit({ staff_id: 0 }))).status).toBe(201);
	});

	it('[confirmed] are replaced by PUT, which wants the whole body', async () => {
		const { call, data, visit, salon } = await open();
		const { id } = await data<Row>('POST', '/records/{c}', visit());
		expect(await call('PUT', `/record/{c}/${id}`, { datetime: `${DAY} 15:00:00` })).toMatchObject({ status: 422, body: { meta: { errors: { services: [expect.any(String)] } } } });
		expect(await call('PUT', `/record/{c}/${id}`, visit({ datetime: `${DAY} 12:30:00`, services: [] }))).toMatchObject({ status: 201, body: { data: { date: `${DAY} 12:30:00`, services: [] } } });
		sim!.switches.recordPutStatus = '200';
		expect((await call('PUT', `/record/{c}/${id}`, visit())).status).toBe(200);
		sim!.switches.partialPut = 'loses';
		expect(await data('PUT', `/record/{c}/${id}`, { datetime: `${DAY} 15:00:00` })).toMatchObject({ services: [] });
		await call('PUT', `/record/{c}/${id}`, visit());
		sim!.switches.partialPut = 'merges';
		expect(await data('PUT', `/record/{c}/${id}`, { datetime: `${DAY} 16:00:00` })).toMatchObject({ services: [{ cost: 2500 }], api_id: 'wa-1', client: { phone: `+${PHONE}` } });
		await call('POST', '/records/{c}', visit({ datetime: `${DAY} 18:00:00` }));
		expect((await call('PUT', `/record/{c}/${id}`, visit({ datetime: `${DAY} 17:30:00` }))).status).toBe(422);
		expect(sim!.state.records.get(id)?.staffId).toBe(Number(salon.staffId('Ольга')));
	});

	it('[confirmed; repeat and read after it unknown] are deleted with an empty 204 and the delete right', async () => {
		const { call, data, visit, salon } = await open();
		const { id } = await data<Row>('POST', '/records/{c}', visit());
		salon.user.rights.delete('journal-delete');
		expect((await call('DELETE', `/record/{c}/${id}`)).status).toBe(403);
		salon.user.rights.add('journal-delete');
		expect(await call('DELETE', `/record/{c}/${id}`)).toMatchObject({ status: 204, text: '' });
		expect((await call('DELETE', `/record/{c}/${id}`)).status).toBe(404);
		expect(await data('GET', `/record/{c}/${id}`)).toMatchObject({ deleted: true });
		Object.assign(sim!.switches, { repeatDelete: '204', deletedRead: '404' });
		expect((await call('DELETE', `/record/{c}/${id}`)).status).toBe(204);
		expect((await call('GET', `/record/{c}/${id}`)).status).toBe(404);
		expect((await call('PUT', `/record/{c}/${id}`, visit())).status).toBe(404);
		expect((await call('POST', '/records/{c}', visit())).status).toBe(201);
	});
});

describe('the list of records', () => {
	async function three(): Promise<Talk & { readonly ids: readonly number[] }> {
		const talk = await open();
		const ids: number[] = [];
		for (const hour of [12, 13, 14]) {
			sim!.clock.advance(60_000);
			ids.push((await talk.data<Row>('POST', '/records/{c}', talk.visit({ datetime: `${DAY} ${hour}:00:00` }))).id);
		}
		return { ...talk, ids };
	}
	const idsOf = async (talk: Talk, query: string): Promise<readonly number[]> => (await talk.data<Row[]>('GET', `/records/{c}?${query}`)).map(({ id }) => id);

	it('[confirmed] pages from 1 with a total, and caps the count', async () => {
		const talk = await three();
		const page = await talk.call('GET', '/records/{c}?page=2&count=2');
		expect(page.body).toMatchObject({ data: [{ id: talk.ids[2] }], meta: { page: 2, total_count: 3 } });
		sim!.switches.recordsOverCap = '50';
		for (let hour = 0; hour < 60; hour += 1) await talk.call('POST', '/records/{c}', talk.visit({ save_if_busy: true }));
		expect(await idsOf(talk, 'count=301')).toHaveLength(50);
		expect(await idsOf(talk, 'count=300')).toHaveLength(63);
		expect(await idsOf(talk, '')).toHaveLength(50);
	});

	it('[confirmed] leaves deleted ones out unless asked', async () => {
		const talk = await three();
		await talk.call('DELETE', `/record/{c}/${talk.ids[1]}`);
		expect(await idsOf(talk, 'count=50')).toEqual([talk.ids[0], talk.ids[2]]);
		expect(await idsOf(talk, 'with_deleted=1')).toEqual(talk.ids);
		sim!.switches.withDeleted = 'ignored';
		expect(await idsOf(talk, 'with_deleted=1')).toHaveLength(2);
	});

	it('[confirmed; zone inferred] filters by visit day, creation day, person, client and change', async () => {
		const talk = await three();
		expect(await idsOf(talk, `start_date=${DAY}&end_date=${DAY}`)).toHaveLength(3);
		expect(await idsOf(talk, 'start_date=2026-11-25')).toEqual([]);
		expect(await idsOf(talk, 'c_start_date=2026-11-20&c_end_date=2026-11-20')).toHaveLength(3);
		expect(await idsOf(talk, `staff_id=${talk.salon.staffId('Мария')}`)).toEqual([]);
		expect(await idsOf(talk, `client_id=${[...sim!.state.clients.keys()][0]}`)).toHaveLength(3);
		expect(await idsOf(talk, 'changed_after=2026-11-20T09:02:00')).toEqual(talk.ids.slice(1));
		expect(await idsOf(talk, 'changed_before=2026-11-20T09:02:00')).toEqual(talk.ids.slice(0, 2));
		sim!.switches.changedAfterZone = 'utc';
		expect(await idsOf(talk, 'changed_after=2026-11-20T06:03:00')).toEqual(talk.ids.slice(2));
		sim!.switches.changedAfter = 'ignored';
		expect(await idsOf(talk, 'changed_after=2027-11-20T06:03:00')).toHaveLength(3);
	});

	it('[unknown] has an order and a default range of the switches', async () => {
		const talk = await three();
		sim!.switches.recordsOrder = 'newest-first';
		expect(await idsOf(talk, 'count=50')).toEqual([...talk.ids].reverse());
		sim!.switches.recordsWithoutDates = 'today';
		expect(await idsOf(talk, 'count=50')).toEqual([]);
		expect(await idsOf(talk, 'start_date=2026-11-01')).toHaveLength(3);
	});
});

describe('zones', () => {
	it('[one source] shows a Moscow offset beside the wall time of a branch elsewhere', async () => {
		const talk = await open({ switches: { datetimeOffset: 'moscow' } }, { zone: 'Asia/Yekaterinburg' });
		const [slot] = await talk.data<{ datetime: string }[]>('GET', `/book_times/{c}/${talk.salon.staffId('Ольга')}/${DAY}?service_ids[]=${talk.salon.serviceId('cut')}`);
		expect(slot?.datetime).toBe(`${DAY}T10:00:00+03:00`);
		await talk.call('POST', '/book_record/{c}', talk.online({}, { datetime: slot?.datetime }));
		const [record] = [...sim!.state.records.values()];
		expect(new Date(record?.start ?? 0).toISOString()).toBe(`${DAY}T05:00:00.000Z`);
		expect(await talk.data('GET', `/record/{c}/${record?.id}`)).toMatchObject({ date: `${DAY} 10:00:00`, datetime: `${DAY}T10:00:00+0300` });
	});

	it('[inferred] reads another offset as written, or not at all', async () => {
		const talk = await open();
		expect(await talk.data('POST', '/records/{c}', talk.visit({ datetime: `${DAY}T12:00:00Z` }))).toMatchObject({ date: `${DAY} 15:00:00` });
		sim!.switches.foreignOffset = 'ignored';
		expect(await talk.data('POST', '/records/{c}', talk.visit({ datetime: `${DAY}T12:00:00Z` }))).toMatchObject({ date: `${DAY} 12:00:00` });
	});
});

describe('visits', () => {
	it('[confirmed] take attendance and comment, goods and payments, and answer with or without a body', async () => {
		const { call, data, visit, salon } = await open();
		const { id, visit_id: visitId } = await data<Row>('POST', '/records/{c}', visit());
		sim!.state.goods.set(1, { id: 1, companyId: salon.company.id, title: 'Шампунь', cost: 1200, categoryId: 0 });
		const path = `/visits/${visitId}/${id}`;
		expect(await call('PUT', path, { attendance: 1 })).toMatchObject({ status: 422, body: { meta: { errors: { comment: [expect.any(String)] } } } });
		expect((await call('PUT', path, { attendance: 7, comment: '' })).status).toBe(422);
		expect((await call('PUT', path, { attendance: 1, comment: 'пришла', goods_transactions: [{ good_id: 1, amount: 2 }], fast_payment: 2 })).status).toBe(200);
		expect(await data('GET', `/visits/${visitId}`)).toMatchObject({ attendance: 1, comment: 'пришла', records: [{ id, visit_attendance: 1, goods_transactions: [{ amount: -2, cost: 2400 }] }] });
		expect(await data('GET', `/visit/details/{c}/${id}/${visitId}`)).toMatchObject({ payment_transactions: [{ amount: 2500, account: { is_cash: false }, sold_item_type: 'service' }], items: [{ item_title: 'cut' }] });
		expect(await data('GET', `/record/{c}/${id}?include_finance_transactions=1`)).toMatchObject({ finance_transactions: [{ amount: 2500 }] });
		expect(await data('GET', `/timetable/transactions/{c}?record_id=${id}`)).toHaveLength(1);
		const [client] = [...sim!.state.clients.keys()];
		expect(await data('GET', `/client/{c}/${client}`)).toMatchObject({ spent: 2500, visits: 1 });
		expect(await data('POST', '/company/{c}/clients/search', { fields: ['sold_amount'] })).toEqual([{ sold_amount: 4900 }]);
		sim!.switches.visitPutBody = 'empty';
		expect(await call('PUT', path, { attendance: 2, comment: '' })).toMatchObject({ status: 200, text: '' });
		expect((await call('GET', '/visits/1')).status).toBe(404);
	});
});
