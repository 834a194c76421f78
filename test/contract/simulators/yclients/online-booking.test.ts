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

interface Seance { readonly time: string; readonly seance_length: number; readonly datetime: string }
interface Booked { readonly id: number; readonly record_id: number; readonly record_hash: string }

const times = (talk: Talk, staff: string | number, services: readonly string[], day = DAY): Promise<readonly Seance[]> =>
	talk.data('GET', `/book_times/{c}/${staff}/${day}?${services.map((name) => `service_ids[]=${talk.salon.serviceId(name)}`).join('&')}`);

describe('catalogue for clients', () => {
	it('[confirmed] lists services under `services` and `category`; length only with a person', async () => {
		const { data, salon } = await open();
		const plain = await data<{ services: Record<string, unknown>[]; category: unknown[]; events: unknown[] }>('GET', '/book_services/{c}');
		expect(plain.services.map(({ title }) => title)).toEqual(['cut', 'color']);
		expect(plain.services[0]).toMatchObject({ price_min: 2500, price_max: 2500, active: 1, prepaid: 'forbidden' });
		expect(plain.services[0]).not.toHaveProperty('seance_length');
		expect(plain).toMatchObject({ events: [], category: [{ title: 'Парикмахерский зал' }] });
		sim!.switches.categoryKey = 'categories';
		expect(await data('GET', '/book_services/{c}')).toMatchObject({ categories: [{}] });
		const maria = await data<{ services: unknown[] }>('GET', `/book_services/{c}?staff_id=${salon.staffId('Мария')}`);
		expect(maria.services).toMatchObject([{ title: 'cut', seance_length: 3600 }]);
	});

	it('[confirmed] hides what is switched off and who is fired or hidden, and keeps both in the back office', async () => {
		const { data, salon } = await open();
		const color = sim!.state.services.get(Number(salon.serviceId('color')))!;
		color.online = false;
		sim!.state.staff.get(Number(salon.staffId('Мария')))!.fired = true;
		expect(await data('GET', '/book_services/{c}')).toMatchObject({ services: [{ title: 'cut' }] });
		expect(await data('GET', '/book_staff/{c}')).toMatchObject([{ name: 'Ольга', position: [], seances: [], bookable: true }]);
		expect(await data('GET', '/company/{c}/services')).toMatchObject([{ title: 'cut', staff: [{ seance_length: 3600 }, { seance_length: 3600 }] }, { title: 'color' }]);
		expect(await data('GET', '/company/{c}/staff')).toMatchObject([{ fired: 0 }, { fired: 1 }]);
	});
});

describe('free days and times', () => {
	it('[confirmed] gives ISO times with the offset of the branch, whole lengths inside hours', async () => {
		const talk = await open();
		const cuts = await times(talk, talk.salon.staffId('Ольга'), ['cut']);
		expect(cuts[0]).toEqual({ time: '10:00', seance_length: 3600, sum_length: 3600, datetime: `${DAY}T10:00:00+03:00` });
		expect(cuts.at(-1)?.time).toBe('19:00');
		expect((await times(talk, talk.salon.staffId('Ольга'), ['cut', 'color'])).at(-1)).toMatchObject({ time: '17:30', seance_length: 9000 });
		expect(await times(talk, talk.salon.staffId('Мария'), ['color'])).toEqual([]);
	});

	it('[confirmed] ignores `service_id=` and a list without brackets: the times are then those of no service', async () => {
		const talk = await open();
		for (const name of ['service_id', 'service_ids']) {
			const wrong = await talk.data<readonly Seance[]>('GET', `/book_times/{c}/${talk.salon.staffId('Ольга')}/${DAY}?${name}=${talk.salon.serviceId('color')}`);
			expect(wrong.at(-1)).toMatchObject({ time: '19:30', seance_length: 900 });
		}
	});

	it('[inferred] does not say who is free when nobody is named', async () => {
		const talk = await open();
		const path = `/book_times/{c}/0/${DAY}?service_ids[]=${talk.salon.serviceId('cut')}`;
		await talk.call('POST', '/book_record/{c}', talk.online());
		const any = await talk.data<readonly Seance[]>('GET', path);
		expect(any.map(({ time }) => time)).toContain('12:00');
		expect(Object.keys(any[0] ?? {})).not.toContain('staff_id');
	});

	it('[confirmed; date range one source] names bookable days, by month or by range', async () => {
		const talk = await open();
		const days = await talk.data<{ booking_dates: string[]; booking_days: Record<string, string[]>; working_dates: string[] }>('GET', `/book_dates/{c}?date=${DAY}`);
		expect(days.booking_dates[0]).toBe('2026-11-20');
		expect(days.booking_days).toEqual({ 11: days.booking_dates.map((date) => date.slice(8)) });
		const range = await talk.data<{ booking_dates: string[]; working_dates: string[] }>('GET', `/book_dates/{c}?date=${DAY}&date_from=2026-12-19&date_to=2026-12-22`);
		expect(range.booking_dates).toEqual(['2026-12-19', '2026-12-20']);
		expect(range.working_dates).toEqual(['2026-12-19', '2026-12-20', '2026-12-21', '2026-12-22']);
		sim!.switches.bookDates = 'unix';
		expect(await talk.data('GET', `/book_dates/{c}?date_from=${DAY}&date_to=${DAY}`)).toMatchObject({ booking_dates: [Date.parse(`${DAY}T00:00:00+03:00`) / 1000], booking_days: { 11: ['24'] } });
	});

	it('[one source] writes 9:00 without a zero where switched', async () => {
		const talk = await open({ switches: { timeForm: 'short' } }, { hours: { from: '09:00', to: '11:00' } });
		expect((await times(talk, talk.salon.staffId('Ольга'), ['cut'])).map(({ time }) => time)).toEqual(['9:00', '9:30', '10:00']);
	});

	it('[confirmed] shows the nearest day, the back office steps and the working dates', async () => {
		const talk = await open();
		const staff = talk.salon.staffId('Ольга');
		expect(await talk.data('GET', `/book_staff_seances/{c}/${staff}/?service_ids[]=${talk.salon.serviceId('cut')}`)).toMatchObject({ seance_date: '2026-11-20', seances: [{ time: '10:00' }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] });
		await talk.call('POST', '/book_record/{c}', talk.online());
		const steps = await talk.data<{ time: string; is_free: boolean }[]>('GET', `/timetable/seances/{c}/${staff}/${DAY}`);
		expect(steps.filter(({ is_free: free }) => !free).map(({ time }) => time)).toEqual(['12:00', '12:15', '12:30', '12:45']);
		expect(await talk.data<string[]>('GET', `/timetable/dates/{c}/${DAY}?staff_id=${staff}`)).toHaveLength(30);
	});
});

describe('booking as the widget does', () => {
	it('[confirmed] checks without creating, then creates and gives a hash', async () => {
		const { call, online, data } = await open();
		expect(await call('POST', '/book_check/{c}', online())).toMatchObject({ status: 201, body: { success: true, data: null, meta: { message: 'Created' } } });
		expect(sim!.state.records.size).toBe(0);
		sim!.switches.bookCheckBody = 'empty';
		expect(await call('POST', '/book_check/{c}', online())).toMatchObject({ status: 201, text: '' });
		const made = await call('POST', '/book_record/{c}', online(), { user: null });
		expect(made.status).toBe(201);
		const [booked] = made.body.data as [Booked];
		expect(booked).toMatchObject({ id: 1, record_hash: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
		expect(await data('GET', `/book_record/{c}/${booked.record_id}/${booked.record_hash}`)).toMatchObject({ id: booked.record_id, length: 3600, staff: { spec: 'Стилист' } });
		expect((await call('GET', `/book_record/{c}/${booked.record_id}/wrong`)).status).toBe(404);
	});

	it('[confirmed; position of the code inferred] refuses with the published codes', async () => {
		const { call, online, salon } = await open({ switches: { codePosition: 'meta' } });
		const code = async (body: unknown): Promise<unknown> => {
			const { status, body: { meta } } = await call('POST', '/book_record/{c}', body);
			return [status, (meta as { code?: number }).code];
		};
		expect(await code(online({ phone: 'none' }))).toEqual([422, 431]);
		expect(await code(online({ fullname: '  ' }))).toEqual([422, 435]);
		salon.company.phoneConfirmation = true;
		expect(await code(online({ code: '1' }))).toEqual([422, 432]);
		expect((await call('POST', '/book_code/{c}', { phone: PHONE, fullname: 'Анна' })).status).toBe(201);
		expect((await call('POST', '/book_record/{c}', online({ code: sim!.state.codes.get(PHONE) }))).status).toBe(201);
		salon.company.phoneConfirmation = false;
		expect(await code(online())).toEqual([422, 433]);
		salon.block(String([...sim!.state.clients.keys()][0]));
		expect(await code(online())).toEqual([403, 434]);
		expect(await code(online({ phone: '79990000002' }, { services: [1] }))).toEqual([422, 438]);
		const { appointments } = online({}, { datetime: `${DAY}T15:00:00+03:00` }) as { appointments: unknown[] };
		expect(await code(online({ phone: '79990000002', appointments: [...appointments, ...appointments] }))).toEqual([422, 437]);
		await call('POST', '/book_record/{c}', online({ phone: '79990000002' }, { staff_id: 0 }));
		expect(await code(online({ phone: '79990000003' }, { staff_id: 0 }))).toEqual([422, 436]);
	});

	it('[confirmed] says in Russian what was taken, with no code by default', async () => {
		const { call, online, salon } = await open();
		await call('POST', '/book_record/{c}', online());
		const { status, body } = await call('POST', '/book_check/{c}', online());
		expect({ status, body }).toEqual({
			status: 422,
			body: { success: false, data: null, meta: { message: `К сотруднику Ольга(${salon.staffId('Ольга')}) нельзя записаться на 24 ноября 2026 в 12:00. Выбранное время уже занято или является нерабочим.` } },
		});
	});

	it('[confirmed] keeps notice, horizon, e-mail and prepayment of online booking', async () => {
		const { call, online, salon } = await open();
		const status = async (datetime: string): Promise<number> => (await call('POST', '/book_record/{c}', online({}, { datetime }))).status;
		sim!.clock.set(`${DAY}T11:00:00+03:00`);
		expect(await status(`${DAY}T11:30:00+03:00`)).toBe(422);
		expect(await status('2026-12-25T12:00:00+03:00')).toBe(422);
		expect(await status(`${DAY}T12:00:00+03:00`)).toBe(201);
		salon.company.emailRequired = true;
		expect((await call('POST', '/book_record/{c}', online())).body.meta).toMatchObject({ errors: { email: [expect.any(String)] } });
		salon.company.emailRequired = false;
		sim!.state.services.get(Number(salon.serviceId('cut')))!.prepaid = 'required';
		expect((await call('POST', '/book_record/{c}', online({}, { datetime: `${DAY}T15:00:00+03:00` }))).status).toBe(422);
	});

	it('lets exactly one of fifty at once have the time', async () => {
		const { call, online } = await open();
		const all = await Promise.all(Array.from({ length: 50 }, (_, index) => call('POST', '/book_record/{c}', online({ phone: `7999000${1000 + index}` }))));
		expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
		expect(all.filter(({ status }) => status === 422)).toHaveLength(49);
	});

	it('[confirmed] moves the time only, and cancels by hash while the branch allows it', async () => {
		const { call, online, salon } = await open();
		const [booked] = (await call('POST', '/book_record/{c}', online())).body.data as [Booked];
		const moved = await call('PUT', `/book_record/{c}/${booked.record_id}`, { datetime: `${DAY}T12:30:00+03:00`, comment: 'позже' });
		expect(moved).toMatchObject({ status: 200, body: { data: { date: `${DAY} 12:30:00`, length: 3600 } } });
		const path = `/user/records/${booked.record_id}/${booked.record_hash}`;
		sim!.clock.set(`${DAY}T10:31:00+03:00`);
		expect((await call('DELETE', path, undefined, { user: null })).status).toBe(403);
		expect((await call('PUT', `/book_record/{c}/${booked.record_id}`, { datetime: `${DAY}T15:00:00+03:00` })).status).toBe(403);
		salon.company.changeDelaySeconds = 0;
		expect((await call('DELETE', `/user/records/${booked.record_id}/wrong`, undefined, { user: null })).status).toBe(404);
		expect((await call('DELETE', path, undefined, { user: null })).status).toBe(200);
		expect(sim!.state.records.get(booked.record_id)?.deleted).toBe(true);
		expect((await call('DELETE', `/book_record/{c}/${booked.record_id}`)).status).toBe(405);
	});
});
