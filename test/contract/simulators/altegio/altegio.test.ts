import { positionsOf } from '../kit';
import { ALTEGIO_BOARD, startAltegio } from '.';
import type { VendorOptions, VendorSimulator } from '../yclients';
import { talkTo, type Talk } from '../yclients/test-bench';

const DAY = '2026-07-23';
const BERLIN = { zone: 'Europe/Berlin', country: 'DE', currency: 'EUR' };

let sim: VendorSimulator | null = null;
afterEach(async () => {
	await sim?.close();
	sim = null;
});

async function open(options: VendorOptions = {}): Promise<Talk> {
	sim = await startAltegio(options);
	return talkTo(sim, BERLIN);
}

it('[confirmed] wants its own Accept; the other brand’s works only where switched', async () => {
	const { call } = await open();
	expect((await call('GET', '/book_staff/{c}')).body.success).toBe(true);
	const sister = { headers: { accept: 'application/vnd.yclients.v2+json' } };
	expect(Array.isArray((await call('GET', '/book_staff/{c}', undefined, sister)).body)).toBe(true);
	sim!.switches.foreignAccept = 'works';
	expect((await call('GET', '/book_staff/{c}', undefined, sister)).body.success).toBe(true);
});

it('[confirmed] fails a login with 200 and success:false, or with 401', async () => {
	const { call } = await open();
	const wrong = { login: 'owner@example.org', password: 'no' };
	expect(await call('POST', '/auth', wrong)).toMatchObject({ status: 200, body: { success: false, data: null, meta: { message: 'Invalid credentials' } } });
	sim!.switches.authFailure = '401';
	expect((await call('POST', '/auth', wrong)).status).toBe(401);
});

it('[one source, production] writes a summer offset of one hour too much beside the right wall time', async () => {
	const { data, salon, online, call } = await open();
	const [slot] = await data<{ time: string; datetime: string }[]>('GET', `/book_times/{c}/${salon.staffId('Ольга')}/${DAY}?service_ids[]=${salon.serviceId('cut')}`);
	expect(slot).toMatchObject({ time: '10:00', datetime: `${DAY}T10:00:00+03:00` });
	expect((await call('POST', '/book_record/{c}', online({}, { datetime: slot?.datetime }))).status).toBe(201);
	const [record] = [...sim!.state.records.values()];
	expect(new Date(record?.start ?? 0).toISOString()).toBe(`${DAY}T08:00:00.000Z`);
	expect(await data('GET', `/record/{c}/${record?.id}`)).toMatchObject({ date: `${DAY} 10:00:00`, datetime: `${DAY}T10:00:00+0300` });
	sim!.clock.set('2026-11-20T09:00:00+01:00');
	const [winter] = await data<{ datetime: string }[]>('GET', `/book_times/{c}/${salon.staffId('Ольга')}/2026-11-23?service_ids[]=${salon.serviceId('cut')}`);
	expect(winter?.datetime).toBe('2026-11-23T10:00:00+01:00');
});

it('[confirmed] offers no wall time that the clock jumps over, and one that comes twice once', async () => {
	sim = await startAltegio({ now: '2026-03-25T09:00:00+01:00', switches: { datetimeOffset: 'branch' } });
	const { data, salon } = talkTo(sim, { ...BERLIN, hours: { from: '00:00', to: '04:00' } });
	const times = (day: string): Promise<{ datetime: string }[]> => data('GET', `/book_times/{c}/${salon.staffId('Ольга')}/${day}?service_ids[]=${salon.serviceId('cut')}`);
	expect((await times('2026-03-29')).map(({ datetime }) => datetime.slice(11))).toEqual(['00:00:00+01:00', '00:30:00+01:00', '01:00:00+01:00', '01:30:00+01:00', '03:00:00+02:00']);
	sim.clock.set('2026-10-20T09:00:00+02:00');
	expect((await times('2026-10-25')).map(({ datetime }) => datetime.slice(11, 16)).filter((time) => time.startsWith('02'))).toEqual(['02:00', '02:30']);
});

it('[one source, live] knows no DELETE of book_record and of records', async () => {
	const { call, online } = await open();
	const [booked] = (await call('POST', '/book_record/{c}', online({}, { datetime: `${DAY} 12:00:00` }))).body.data as [{ record_id: number; record_hash: string }];
	expect((await call('DELETE', `/book_record/{c}/${booked.record_id}`)).status).toBe(405);
	expect((await call('DELETE', `/book_record/{c}/${booked.record_id}/${booked.record_hash}`, undefined, { user: null })).status).toBe(405);
	expect((await call('DELETE', `/records/{c}/${booked.record_id}`)).status).toBe(404);
	expect(await call('PUT', `/book_record/{c}/${booked.record_id}/${booked.record_hash}`, { datetime: `${DAY} 15:00:00` }, { user: null })).toMatchObject({ status: 200, body: { data: { date: `${DAY} 15:00:00` } } });
	expect((await call('DELETE', `/user/records/${booked.record_id}/${booked.record_hash}`, undefined, { user: null })).status).toBe(404);
	sim!.switches.userRecordDelete = '200';
	expect((await call('DELETE', `/user/records/${booked.record_id}/${booked.record_hash}`, undefined, { user: null })).status).toBe(200);
});

it('[inferred] takes a partial PUT and answers 200; the strict reading is a switch', async () => {
	const { call, data, visit } = await open();
	const { id } = await data<{ id: number }>('POST', '/records/{c}', visit({ datetime: `${DAY} 12:00:00` }));
	expect(await call('PUT', `/record/{c}/${id}`, { datetime: `${DAY} 15:00:00` })).toMatchObject({ status: 200, body: { data: { services: [{ cost: 2500 }] } } });
	sim!.switches.partialPut = '422';
	expect((await call('PUT', `/record/{c}/${id}`, { datetime: `${DAY} 16:00:00` })).status).toBe(422);
});

it('[confirmed] speaks English and gives hours without daylight saving time', async () => {
	const { call, visit, data } = await open();
	await call('POST', '/records/{c}', visit({ datetime: `${DAY} 12:00:00` }));
	expect((await call('POST', '/records/{c}', visit({ datetime: `${DAY} 12:00:00` }))).body.meta).toMatchObject({ message: expect.stringMatching(/already occupied or not available/) as string });
	expect(await data('GET', '/company/{c}')).toMatchObject({ timezone: 1, timezone_name: 'Europe/Berlin', currency_short_title: '€' });
	expect((await call('GET', '/company/1')).body.meta).toEqual({ message: 'Location not found.' });
});

it('[inferred / confirmed] answers schedules by the old route, dates with or without dashes', async () => {
	const { call, data, salon } = await open();
	expect((await call('GET', `/company/{c}/staff/schedule?start_date=${DAY}&end_date=${DAY}`)).status).toBe(404);
	const old = [{ date: DAY, is_working: 1, slots: [{ from: '10:00', to: '20:00' }] }];
	expect(await data('GET', `/schedule/{c}/${salon.staffId('Ольга')}/${DAY}/${DAY}`)).toEqual(old);
	expect(await data('GET', `/schedule/{c}/${salon.staffId('Ольга')}/20260723/20260723`)).toEqual(old);
});

it('[one source] leads from a form to a location, and tells of a privacy policy', async () => {
	const { call, data, salon } = await open();
	expect(await data('GET', `/bookform/${salon.company.formId}`)).toEqual({ id: salon.company.formId, company_id: salon.company.id, phone_confirmation: false });
	expect((await call('GET', '/bookform/1')).status).toBe(404);
	expect((await call('GET', '/privacy_policy/{c}')).status).toBe(404);
	salon.company.privacyPolicy = 'We keep your phone.';
	expect(await data('GET', '/privacy_policy/{c}')).toMatchObject({ text: 'We keep your phone.' });
});

it('keeps comments of a client, and has no webhook settings by API', async () => {
	const { call, data } = await open();
	const { id } = await data<{ id: number }>('POST', '/clients/{c}', { name: 'Anna', phone: '+491700000001' });
	expect((await call('POST', `/clients/{c}/clients/${id}/comments`, { text: 'Likes tea' })).status).toBe(201);
	expect(await data('GET', `/clients/{c}/clients/${id}/comments`)).toMatchObject([{ text: 'Likes tea' }]);
	expect((await call('GET', '/hooks_settings/{c}')).status).toBe(404);
});

it('[one source, production] appends its own query to a webhook and sends the whole record', async () => {
	const { data, visit, salon } = await open();
	Object.assign(salon.company, { hooks: { urls: ['http://127.0.0.1:9/hook?secret=s'], active: true, on: new Set(['record']) } });
	await data('POST', '/records/{c}', visit({ datetime: `${DAY} 12:00:00` }));
	await sim!.webhooks.flush();
	const [delivery] = sim!.webhooks.deliveries;
	expect(delivery?.call.url).toMatch(/^http:\/\/127\.0\.0\.1:9\/hook\?secret=s&userGuid=[0-9a-f]{16}$/);
	expect(JSON.parse(delivery?.call.body ?? '')).toMatchObject({ resource: 'record', status: 'create', data: { date: `${DAY} 12:00:00`, datetime: `${DAY}T12:00:00+0300`, client: { name: 'Анна' } } });
});

it.each(positionsOf(ALTEGIO_BOARD))('books, reads and cancels in the journal with $name', async ({ changes }) => {
	const { call, visit } = await open({ switches: changes });
	expect((await call('POST', '/records/{c}', visit({ datetime: `${DAY} 12:00:00` }))).status).toBe(201);
	const [id] = [...sim!.state.records.keys()];
	expect((await call('GET', `/record/{c}/${id}`)).body.data).toMatchObject({ id, date: `${DAY} 12:00:00` });
	expect((await call('DELETE', `/record/{c}/${id}`)).status).toBe(204);
});
