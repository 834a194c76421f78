import { cut, errorIn200, failing, htmlPage, positionsOf } from '../kit';
import { revoke, startYclients, YCLIENTS_BOARD, type VendorOptions, type VendorSimulator } from '.';
import { talkTo, type Talk } from './test-bench';

let sim: VendorSimulator | null = null;
afterEach(async () => {
	await sim?.close();
	sim = null;
});

async function open(options: VendorOptions = {}): Promise<Talk> {
	sim = await startYclients(options);
	return talkTo(sim);
}

describe('sign-in', () => {
	it('[confirmed] lets the partner token read what clients see, and nothing else', async () => {
		const { call } = await open();
		expect((await call('GET', '/book_staff/{c}', undefined, { user: null })).status).toBe(200);
		const refused = await call('GET', '/records/{c}', undefined, { user: null });
		expect(refused).toMatchObject({ status: 401, body: { success: false, data: null, meta: { message: 'Необходима авторизация' } } });
		expect((await call('GET', '/book_staff/{c}', undefined, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
	});

	it('[confirmed] takes one header of a comma, a space and the word User', async () => {
		const { call, salon, sim: { state } } = await open();
		const [partner] = [...state.partnerTokens];
		const status = async (authorization: string): Promise<number> => (await call('GET', '/records/{c}', undefined, { headers: { authorization } })).status;
		expect(await status(`Bearer ${partner}, User ${salon.user.token}`)).toBe(200);
		expect(await status(`Bearer ${partner},User ${salon.user.token}`)).toBe(401);
		expect(await status(`Bearer ${partner}, ${salon.user.token}`)).toBe(401);
	});

	it('[confirmed] gives the rights of the account: 403 on what is missing, 401 when the token died', async () => {
		const { call, salon } = await open();
		salon.user.rights.delete('clients');
		expect((await call('GET', '/company/{c}/services')).status).toBe(200);
		expect((await call('GET', '/clients/{c}')).status).toBe(403);
		revoke(sim!.state, salon.user.token);
		expect((await call('GET', '/company/{c}/services')).status).toBe(401);
	});

	it('[confirmed] keeps accounts to their branches and knows no other ids', async () => {
		const { call } = await open();
		const other = talkTo(sim!);
		expect((await call('GET', `/records/${other.salon.company.id}`)).status).toBe(403);
		for (const id of ['1', 'abc']) expect(await call('GET', `/records/${id}`)).toMatchObject({ status: 404, body: { meta: { message: 'Филиал не найден.' } } });
	});

	it('[one source] wants X-Partner-Id where the switch says so', async () => {
		const { call } = await open({ switches: { partnerId: 'required' } });
		expect((await call('GET', '/book_staff/{c}')).status).toBe(200);
		expect((await call('GET', '/book_staff/{c}', undefined, { headers: { 'x-partner-id': '' } })).status).toBe(403);
	});

	it('[confirmed; position one source] gives a user token for a login, in both shapes', async () => {
		const { call, salon: { user } } = await open();
		const login = { login: user.login, password: user.password };
		expect(await call('POST', '/auth', login)).toMatchObject({ status: 201, body: { success: true, data: { user_token: user.token }, meta: [] } });
		sim!.switches.authShape = 'bare';
		sim!.switches.authStatus = '200';
		expect(await call('POST', '/auth', login)).toMatchObject({ status: 200, body: { user_token: user.token } });
		expect(await call('POST', '/auth', { ...login, password: 'wrong' })).toMatchObject({ status: 401, body: { success: false } });
	});
});

describe('envelope and failures', () => {
	it('[confirmed] answers bare data without the v2 Accept', async () => {
		const { call } = await open();
		for (const accept of ['*/*', 'application/json', 'application/vnd.api.v2+json']) {
			expect(Array.isArray((await call('GET', '/book_staff/{c}', undefined, { headers: { accept } })).body)).toBe(true);
		}
	});

	it('[inferred] writes booking codes in every place the switch knows', async () => {
		const { call, online } = await open();
		const places: unknown[] = [];
		for (const place of YCLIENTS_BOARD.codePosition) {
			sim!.switches.codePosition = place;
			places.push((await call('POST', '/book_record/{c}', online({ phone: '12' }))).body);
		}
		const message = 'Неверный формат номера телефона';
		expect(places).toEqual([
			{ success: false, data: null, meta: { message } },
			{ success: false, data: null, meta: { message, code: 431 } },
			{ success: false, data: null, meta: { message }, errors: { code: 431, message } },
			{ success: false, data: null, meta: { message, errors: { code: 431 } } },
			{ success: false, data: null, meta: { message }, code: 431 },
		]);
	});

	it('[one source] has company routes fail in the newer form without `success`', async () => {
		const { call } = await open({ switches: { companyErrors: 'errors' } });
		expect((await call('GET', '/company/1')).body).toEqual({ errors: { message: 'Филиал не найден.' }, meta: { message: 'Филиал не найден.' } });
		expect((await call('GET', '/records/1')).body).toMatchObject({ success: false });
	});

	it('[one source] refuses an expired licence with 402 on client search and 403 on services', async () => {
		const { call, salon } = await open();
		salon.company.licensed = false;
		expect((await call('POST', '/company/{c}/clients/search', {})).status).toBe(402);
		expect((await call('GET', '/company/{c}/services')).status).toBe(403);
		expect((await call('GET', '/company/{c}/staff')).status).toBe(403);
	});

	it('answers by script in the vendor form', async () => {
		const { call } = await open();
		sim!.faults.add(failing(500));
		sim!.faults.add(errorIn200());
		sim!.faults.add(htmlPage(502));
		expect(await call('GET', '/book_staff/{c}')).toMatchObject({ status: 500, body: { success: false } });
		expect(await call('GET', '/book_staff/{c}')).toMatchObject({ status: 200, body: { success: false, meta: { message: 'Произошла ошибка' } } });
		expect((await call('GET', '/book_staff/{c}')).text).toContain('<html>');
	});

	it('books before or not at all when the connection is cut', async () => {
		const { call, visit } = await open();
		for (const [effect, count] of [['none', 0], ['done', 1]] as const) {
			sim!.faults.add(cut(effect), { method: 'POST', path: /\/records\// });
			await expect(call('POST', '/records/{c}', visit())).rejects.toThrow();
			expect(sim!.state.records.size).toBe(count);
		}
	});
});

describe('limits', () => {
	it('[confirmed] passes 5 a second and 200 a minute for all branches together', async () => {
		const { call } = await open({ limits: true });
		const other = talkTo(sim!);
		const burst = await Promise.all([1, 2, 3].flatMap(() => [call('GET', '/book_staff/{c}'), other.call('GET', '/book_staff/{c}')]));
		expect(burst.filter(({ status }) => status === 429)).toHaveLength(1);
		expect(burst.find(({ status }) => status === 429)?.body).toMatchObject({ success: false, meta: { message: 'Превышен лимит запросов' } });
		for (let second = 0; second < 39; second += 1) {
			sim!.clock.advance(1000);
			for (let request = 0; request < 5; request += 1) expect((await call('GET', '/book_staff/{c}')).status).toBe(200);
		}
		sim!.clock.advance(1000);
		expect((await call('GET', '/book_staff/{c}')).status).toBe(429);
		sim!.clock.advance(20_000);
		expect((await call('GET', '/book_staff/{c}')).status).toBe(200);
	});

	it('[one source] throttles with 200 and success:false, and gives no Retry-After unless switched', async () => {
		const { call } = await open({ limits: true, switches: { throttleStyle: '200-success-false', retryAfter: 'present' } });
		const burst = await Promise.all(Array.from({ length: 6 }, () => call('GET', '/book_staff/{c}')));
		const refused = burst.find(({ body }) => body.success === false);
		expect(refused).toMatchObject({ status: 200, body: { data: null, meta: { message: 'Превышен лимит запросов' } } });
		expect(refused?.headers.get('retry-after')).toBe('1');
		sim!.clock.advance(60_000);
		sim!.switches.throttleStyle = '429';
		sim!.switches.retryAfter = 'absent';
		const again = await Promise.all(Array.from({ length: 6 }, () => call('GET', '/book_staff/{c}')));
		expect(again.find(({ status }) => status === 429)?.headers.get('retry-after')).toBeNull();
	});
});

it.each(positionsOf(YCLIENTS_BOARD))('books, reads and cancels in the journal with $name', async ({ changes }) => {
	const { call, visit } = await open({ switches: changes });
	const made = await call('POST', '/records/{c}', visit());
	expect(made.status).toBe(201);
	const [id] = [...sim!.state.records.keys()];
	expect((await call('GET', `/record/{c}/${id}`)).body.data).toMatchObject({ id, date: '2026-11-24 12:00:00' });
	expect((await call('DELETE', `/record/{c}/${id}`)).status).toBe(204);
});

it('keeps phones, names and tokens out of the request log', async () => {
	const { call, visit, salon } = await open();
	await call('POST', '/records/{c}', visit());
	await call('GET', '/clients/{c}?phone=79990000001&fullname=Anna');
	expect(JSON.stringify(sim!.requests.all)).not.toMatch(new RegExp(`7999000|Анна|Anna|${salon.user.token}`));
	expect(sim!.requests.find('POST', /\/records\//)[0]?.bodyKeys).toContain('client');
});
