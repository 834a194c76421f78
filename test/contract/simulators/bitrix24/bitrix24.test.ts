import { ask, refusalOf, resultOf } from './bench';
import { cut, errorIn200, failing, hang, throttled, truncated } from '../kit';
import { ALL_SCOPES, type Bitrix24Options, type Bitrix24Simulator, CONTACT, startBitrix24 } from './index';
import type { Fields } from './parameters';

let simulator: Bitrix24Simulator;
const start = async (options: Bitrix24Options = {}): Promise<Bitrix24Simulator> => (simulator = await startBitrix24(options));
afterEach(async () => simulator.close());

async function contacts(count: number): Promise<void> {
	for (let index = 0; index < count; index += 1) {
		simulator.state.itemsOf(CONTACT).set(index + 1, { id: index + 1, values: { id: index + 1, name: `Имя ${index + 1}`, assignedById: 1, updatedTime: simulator.clock.now() + index * 1000 }, fm: [] });
	}
}

describe('Bitrix24 signs callers in', () => {
	it('[confirmed] by the code in the URL, and refuses a wrong one and an expired one with 401 NO_AUTH_FOUND', async () => {
		await start();
		expect(await resultOf(simulator, 'profile')).toMatchObject({ ID: '1', ADMIN: true, TIME_ZONE: '' });
		expect(await refusalOf(simulator, 'profile', {}, `${simulator.url}/rest/1/wrong/`)).toEqual([401, 'NO_AUTH_FOUND']);
		simulator.webhook.expiresAt = simulator.clock.now();
		expect(await refusalOf(simulator, 'profile')).toEqual([401, 'NO_AUTH_FOUND']);
	});

	it('[confirmed] lets a webhook do only what its scopes and its user may', async () => {
		await start();
		const webhook = simulator.access.addWebhook(1, ['crm']);
		const base = simulator.urlOf(webhook);
		expect(await resultOf(simulator, 'scope', {}, base)).toEqual(['crm']);
		expect(await refusalOf(simulator, 'booking.v1.resource.list', {}, base)).toEqual([403, 'insufficient_scope']);
		expect(await resultOf(simulator, 'method.get', { name: 'booking.v1.booking.list' }, base)).toEqual({ isExisting: true, isAvailable: false });
		expect(await refusalOf(simulator, 'event.bind', { event: 'ONCRMDEALADD', handler: 'http://x' }, base)).toEqual([403, 'ACCESS_DENIED']);
		const user = simulator.state.users.get(1);
		if (user !== undefined) user.active = false;
		expect(await refusalOf(simulator, 'profile', {}, base)).toEqual([403, 'user_access_error']);
	});

	it('[confirmed] by an access token of one hour; each refresh voids the token before it', async () => {
		await start();
		const { clientId, clientSecret } = simulator.application;
		const code = simulator.access.issueCode(simulator.application, 1);
		const trade = async (fields: Record<string, string>): Promise<{ status: number; body: Fields }> => {
			const response = await fetch(`${simulator.url}/oauth/token/?${new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }).toString()}`);
			return { status: response.status, body: (await response.json()) as Fields };
		};
		const { body: first } = await trade({ grant_type: 'authorization_code', code });
		expect(first).toMatchObject({ expires_in: 3600, client_endpoint: `${simulator.url}/rest/`, domain: 'oauth.bitrix24.tech', scope: ALL_SCOPES.join(','), user_id: 1 });
		expect(await resultOf(simulator, 'profile', { auth: first.access_token }, `${simulator.url}/rest/`)).toMatchObject({ ID: '1' });
		simulator.clock.advance(3_600_000);
		expect(await refusalOf(simulator, 'profile', { auth: first.access_token }, `${simulator.url}/rest/`)).toEqual([401, 'expired_token']);
		const refresh = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token) };
		const both = await Promise.all([trade(refresh), trade(refresh)]);
		expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
		expect(both.find(({ status }) => status === 400)?.body).toMatchObject({ error: 'invalid_grant' });
		expect((await trade({ grant_type: 'authorization_code', code })).body).toMatchObject({ error: 'invalid_grant' });
		expect((await trade({ ...refresh, client_secret: 'wrong' })).body).toMatchObject({ error: 'invalid_client' });
	});

	it('[confirmed] sends a browser back with a code that lives 30 seconds', async () => {
		await start();
		const { clientId, clientSecret } = simulator.application;
		const response = await fetch(`${simulator.url}/oauth/authorize/?client_id=${clientId}&state=s1`, { redirect: 'manual' });
		const back = new URL(response.headers.get('location') ?? '');
		expect(back.searchParams.get('state')).toBe('s1');
		simulator.clock.advance(30_000);
		const late = await fetch(`${simulator.url}/oauth/token/?grant_type=authorization_code&client_id=${clientId}&client_secret=${clientSecret}&code=${back.searchParams.get('code')}`);
		expect(await late.json()).toMatchObject({ error: 'invalid_grant' });
	});
});

describe('Bitrix24 answers', () => {
	it('[confirmed] with a result and a block of times in the portal\'s offset; an error is {error, error_description}', async () => {
		await start();
		const { body } = await ask(simulator, 'server.time');
		expect(body).toMatchObject({ result: '2026-08-09T14:00:00+03:00', time: { date_start: '2026-08-09T14:00:00+03:00', operating: 0.05 } });
		expect(await ask(simulator, 'no.such.method')).toMatchObject({ status: 404, body: { error: 'ERROR_METHOD_NOT_FOUND', error_description: expect.any(String) as string } });
	});

	it('[confirmed] and ignores the body of a GET, but reads its query', async () => {
		await start();
		expect((await fetch(`${simulator.webhookUrl}crm.item.get?entityTypeId=3&id=9`)).status).toBe(400);
		const response = await fetch(`${simulator.webhookUrl}crm.duplicate.findbycomm.json?type=PHONE&values[0]=%2B79160000000&entity_type=CONTACT`);
		expect(await response.json()).toMatchObject({ result: [] });
	});

	it('[confirmed] a portal that moved with 302, one without a plan with ACCESS_DENIED, a blocked one with OVERLOAD_LIMIT', async () => {
		await start();
		simulator.state.conditions.movedTo = 'http://new.invalid';
		expect((await ask(simulator, 'profile')).status).toBe(302);
		simulator.state.conditions.movedTo = null;
		simulator.state.conditions.licensed = false;
		expect(await refusalOf(simulator, 'profile')).toEqual([403, 'ACCESS_DENIED']);
		simulator.state.conditions.overloaded = true;
		expect(await refusalOf(simulator, 'profile')).toEqual([503, 'OVERLOAD_LIMIT']);
		simulator.state.conditions.httpsOnly = true;
		expect(await refusalOf(simulator, 'profile')).toEqual([400, 'INVALID_REQUEST']);
	});

	it('[confirmed] 401 METHOD_CONFIRM_WAITING until the administrator approves, and codes in the case of the portal', async () => {
		await start({ switches: { errorCodes: 'lower' } });
		simulator.state.conditions.waitingForApproval.add('user.get');
		expect(await refusalOf(simulator, 'user.get')).toEqual([401, 'method_confirm_waiting']);
		simulator.state.conditions.waitingForApproval.clear();
		expect(await resultOf(simulator, 'user.get', { FILTER: { ACTIVE: true } })).toMatchObject([{ ID: '1', ACTIVE: true, TIMESTAMP_X: {} }]);
	});
});

describe('Bitrix24 limits', () => {
	it('[confirmed] a bucket of 50 that drains 2 a second, then 503 QUERY_LIMIT_EXCEEDED; a batch is one request', async () => {
		await start();
		const burst = await Promise.all(Array.from({ length: 60 }, () => ask(simulator, 'server.time')));
		expect(burst.filter(({ status }) => status === 200)).toHaveLength(50);
		expect(burst.filter(({ body }) => body.error === 'QUERY_LIMIT_EXCEEDED')).toHaveLength(10);
		simulator.clock.advance(1000);
		const after = await Promise.all(Array.from({ length: 3 }, () => ask(simulator, 'batch', { cmd: { a: 'profile', b: 'profile' } })));
		expect(after.map(({ status }) => status).sort()).toEqual([200, 200, 503]);
	});

	it('[confirmed] the run time of one method over ten minutes: 429 for it alone, until the oldest minute leaves', async () => {
		await start();
		simulator.state.conditions.methodSeconds.set('crm.item.list', 200);
		for (let call = 0; call < 3; call += 1) await resultOf(simulator, 'crm.item.list', { entityTypeId: 3 });
		const last = await ask(simulator, 'server.time');
		expect(last.status).toBe(200);
		expect(await refusalOf(simulator, 'crm.item.list', { entityTypeId: 3 })).toEqual([429, 'OPERATION_TIME_LIMIT']);
		const { body } = await ask(simulator, 'batch', { cmd: { a: 'crm.item.list?entityTypeId=3' } });
		expect((body.result as Fields).result_error).toMatchObject({ a: { error: 'OPERATION_TIME_LIMIT' } });
		simulator.clock.advance(10 * 60_000);
		expect((await ask(simulator, 'crm.item.list', { entityTypeId: 3 })).body.time).toMatchObject({ operating: 200, operating_reset_at: expect.any(Number) as number });
	});

	it('[confirmed] nothing on-premise, where no operating time is reported', async () => {
		await start({ plan: 'on-premise' });
		const burst = await Promise.all(Array.from({ length: 60 }, () => ask(simulator, 'server.time')));
		expect(burst.every(({ status, body }) => status === 200 && !('operating' in (body.time as Fields)))).toBe(true);
	});
});

describe('Bitrix24 pages', () => {
	it('[confirmed] by 50 with total and next, which the last page lacks', async () => {
		await start();
		await contacts(120);
		const first = await ask(simulator, 'crm.item.list', { entityTypeId: 3 });
		expect(first.body).toMatchObject({ total: 120, next: 50 });
		expect((first.body.result as { items: unknown[] }).items).toHaveLength(50);
		const last = await ask(simulator, 'crm.item.list', { entityTypeId: 3, start: 100 });
		expect((last.body.result as { items: unknown[] }).items).toHaveLength(20);
		expect(last.body).not.toHaveProperty('next');
	});

	it.each([['zero', 0], ['absent', undefined]] as const)('[confirmed] by id with start -1: no next, the total %s', async (position, total) => {
		await start({ switches: { fastPagingTotal: position } });
		await contacts(70);
		const { body } = await ask(simulator, 'crm.item.list', { entityTypeId: 3, order: { id: 'ASC' }, filter: { '>id': 10 }, start: -1 });
		expect((body.result as { items: { id: number }[] }).items.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => index + 11));
		expect(body.total).toBe(total);
		expect(body).not.toHaveProperty('next');
	});
});

describe('Bitrix24 batches', () => {
	it('[confirmed] are 200 even when every call fails, run in order and use earlier results', async () => {
		await start();
		const { item } = await resultOf<{ item: { id: number } }>(simulator, 'crm.item.add', { entityTypeId: 3, fields: { name: 'Ольга', fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: '+79161234567' }] } });
		const find = 'crm.duplicate.findbycomm?type=PHONE&values[0]=%2B79161234567&entity_type=CONTACT';
		const result = await resultOf(simulator, 'batch', { halt: 0, cmd: { find, card: 'crm.item.get?entityTypeId=3&id=$result[find][CONTACT][0]' } });
		expect(result).toMatchObject({ result: { find: { CONTACT: [item.id] }, card: { item: { id: item.id } } }, result_error: [], result_total: [] });
		const failed = await ask(simulator, 'batch', { halt: 1, cmd: ['crm.item.get?entityTypeId=3&id=999', 'profile'] });
		expect(failed).toMatchObject({ status: 200, body: { result: { result: [], result_error: { 0: { error: 'NOT_FOUND' } } } } });
	});

	it('[confirmed] hold 50 calls at most and none inside another; empty maps may be objects', async () => {
		await start({ switches: { emptyMaps: 'object' } });
		expect(await refusalOf(simulator, 'batch', { cmd: Array.from({ length: 51 }, () => 'profile') })).toEqual([400, 'ERROR_BATCH_LENGTH_EXCEEDED']);
		const result = await resultOf(simulator, 'batch', { cmd: { inner: 'batch?cmd[a]=profile' } });
		expect(result).toMatchObject({ result: {}, result_error: { inner: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' } } });
	});

	it('are refused in part by a script, and the rest works', async () => {
		await start();
		simulator.refuse('crm.item.add', 400, 'CRM_FIELD_ERROR_REQUIRED');
		const cmd = { a: 'crm.item.add?entityTypeId=3&fields[name]=A', b: 'crm.item.add?entityTypeId=3&fields[name]=B' };
		expect(await resultOf(simulator, 'batch', { cmd })).toMatchObject({ result: { b: { item: { name: 'B' } } }, result_error: { a: { error: 'CRM_FIELD_ERROR_REQUIRED' } } });
		expect(simulator.state.itemsOf(CONTACT).size).toBe(1);
	});
});

describe('Bitrix24 faults', () => {
	it('happen before or after the effect, in the vendor\'s words, and the log holds no code of a webhook', async () => {
		await start();
		const add = (): Promise<unknown> => ask(simulator, 'crm.item.add', { entityTypeId: 3, fields: { name: 'Ольга' } });
		const path = /crm\.item\.add$/;
		simulator.faults.add(cut('none'), { path });
		simulator.faults.add(cut('done'), { path });
		await expect(add()).rejects.toThrow();
		expect(simulator.state.itemsOf(CONTACT).size).toBe(0);
		await expect(add()).rejects.toThrow();
		expect(simulator.state.itemsOf(CONTACT).size).toBe(1);
		simulator.faults.add(hang('done'), { path });
		await expect(fetch(`${simulator.webhookUrl}crm.item.add?entityTypeId=3&fields[name]=X`, { signal: AbortSignal.timeout(150) })).rejects.toThrow();
		expect(simulator.state.itemsOf(CONTACT).size).toBe(2);
		for (const [fault, status, code] of [[throttled(), 503, 'QUERY_LIMIT_EXCEEDED'], [failing(500), 500, 'INTERNAL_SERVER_ERROR'], [errorIn200(), 200, 'INTERNAL_SERVER_ERROR']] as const) {
			simulator.faults.add(fault, { path });
			expect(await add()).toMatchObject({ status, body: { error: code } });
		}
		simulator.faults.add(truncated(), { path });
		expect(await add()).toMatchObject({ status: 200, body: {} });
		expect(simulator.state.itemsOf(CONTACT).size).toBe(3);
		expect(simulator.faults.spent()).toBe(true);
		expect(JSON.stringify(simulator.requests.all)).not.toContain(simulator.webhook.code);
	});
});
