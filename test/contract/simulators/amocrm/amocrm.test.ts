import { cut, hang, htmlPage, positionsOf, throttled, truncated } from '../kit';
import { asker } from './ask';
import { account, closeAll, phone } from './bench';
import { FAMILY_SWITCHES, type FamilyOptions, type FamilySimulator } from './index';

afterEach(closeAll);

describe('OAuth 2 (confirmed: exchange, rotation, 20-minute code, 3-month refresh)', () => {
	const body = ({ oauth }: FamilySimulator, more: object): object => {
		const { clientId, clientSecret, redirectUri } = oauth.integration;
		return { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri, ...more };
	};
	const refresh = (sim: FamilySimulator, token: string): object => body(sim, { grant_type: 'refresh_token', refresh_token: token });

	it('gives a code that works once and for 20 minutes, and names the account in referer', async () => {
		const { sim, ask } = await account();
		const consent = async (): Promise<URL> => new URL((await ask('GET', `/oauth?client_id=${sim.oauth.integration.clientId}&state=s1`)).headers.get('location') ?? '');
		const back = await consent();
		expect([back.searchParams.get('state'), back.searchParams.get('referer')]).toEqual(['s1', 'salon.amocrm.ru']);
		const exchange = async (code: string | null): Promise<number> => (await ask('POST', '/oauth2/access_token', body(sim, { grant_type: 'authorization_code', code }))).status;
		expect(await exchange(back.searchParams.get('code'))).toBe(200);
		expect(await exchange(back.searchParams.get('code'))).toBe(400);
		const late = (await consent()).searchParams.get('code');
		sim.clock.advance(20 * 60_000);
		expect(await exchange(late)).toBe(400);
	});

	it('lets one of two parallel refreshes win, and the loser’s token ends the winner’s pair too', async () => {
		const { sim, ask } = await account();
		const pair = sim.oauth.issue();
		const both = await Promise.all([1, 2].map(() => ask('POST', '/oauth2/access_token', refresh(sim, pair.refresh_token))));
		expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
		expect(both.find(({ status }) => status === 401)?.body).toMatchObject({ hint: 'Token has been revoked', status: 401, type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson' });
		const won = both.find(({ status }) => status === 200)?.body;
		expect((await asker(sim, String(won?.access_token))('GET', '/api/v4/account')).status).toBe(401);
		expect((await ask('POST', '/oauth2/access_token', refresh(sim, String(won?.refresh_token)))).status).toBe(401);
	});

	it('keeps the winner’s pair alive with the milder reading', async () => {
		const { sim, ask } = await account({ switches: { staleRefresh: 'refused' } });
		const pair = sim.oauth.issue();
		const both = await Promise.all([1, 2].map(() => ask('POST', '/oauth2/access_token', refresh(sim, pair.refresh_token))));
		const won = both.find(({ status }) => status === 200)?.body;
		expect((await asker(sim, String(won?.access_token))('GET', '/api/v4/account')).status).toBe(200);
	});

	it('loses the integration when the answer of a refresh is lost', async () => {
		const { sim, ask } = await account();
		const pair = sim.oauth.issue();
		sim.faults.add(cut('done'), { path: /access_token/ });
		await expect(ask('POST', '/oauth2/access_token', refresh(sim, pair.refresh_token))).rejects.toThrow();
		expect((await ask('POST', '/oauth2/access_token', refresh(sim, pair.refresh_token))).body).toMatchObject({ hint: 'Token has been revoked' });
	});

	it('ends access after expires_in and refresh after three months', async () => {
		const { sim, ask } = await account();
		const pair = sim.oauth.issue();
		const mine = asker(sim, pair.access_token);
		expect((await mine('GET', '/api/v4/account')).status).toBe(200);
		sim.clock.advance(pair.expires_in * 1000);
		expect((await mine('GET', '/api/v4/account')).status).toBe(401);
		sim.clock.advance(90 * 86_400_000);
		expect((await ask('POST', '/oauth2/access_token', refresh(sim, pair.refresh_token))).status).toBe(401);
	});

	it('tells a moved account’s new name to whoever holds the refresh token', async () => {
		const { sim, ask } = await account();
		const pair = sim.oauth.issue();
		sim.state.account.movedTo = 'luna';
		expect((await ask('POST', '/oauth2/access_token', refresh(sim, pair.refresh_token))).status).toBe(404);
		const told = await ask('GET', '/oauth2/account/current/subdomain', undefined, { 'x-refresh-token': pair.refresh_token });
		expect(told.body).toEqual({ id: 30_001, subdomain: 'luna', domain: 'luna.amocrm.ru', top_level_domain: 'ru' });
	});

	it('refuses a wrong secret, a wrong address, a form where JSON is due', async () => {
		const { sim, ask } = await account();
		const pair = sim.oauth.issue();
		expect((await ask('POST', '/oauth2/access_token', { ...refresh(sim, pair.refresh_token), client_secret: 'other' })).status).toBe(401);
		expect((await ask('POST', '/oauth2/access_token', { ...refresh(sim, pair.refresh_token), redirect_uri: 'https://other.example' })).status).toBe(400);
		const form = new URLSearchParams(refresh(sim, pair.refresh_token) as Record<string, string>).toString();
		const post = async (): Promise<number> => (await fetch(`${sim.url}/oauth2/access_token`, { method: 'POST', body: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).status;
		expect(await post()).toBe(401);
		sim.switches.tokenBody = 'json_or_form';
		expect(await post()).toBe(200);
	});
});

describe('the door (confirmed: HAL, 204, problem+json, 7 a second, 429 → 403 of every URL)', () => {
	it('answers 401, 402, 403 and 404 as problems', async () => {
		const { sim, ask } = await account();
		const cases = [
			{ told: await asker(sim, 'wrong')('GET', '/api/v4/account'), status: 401 },
			{ told: await asker(sim, sim.oauth.issueLongLived(1, false))('GET', '/api/v4/users'), status: 403 },
			{ told: await ask('GET', '/api/v4/nothing'), status: 404 },
		];
		sim.state.account.paid = false;
		cases.push({ told: await ask('GET', '/api/v4/account'), status: 402 });
		for (const { told, status } of cases) {
			expect(told).toMatchObject({ status, type: 'application/problem+json', body: { status, type: `https://httpstatus.es/${status}` } });
		}
	});

	it('refuses the eighth request of a second, and blocks whoever goes on, the token URL included', async () => {
		const { sim, ask } = await account({ limits: true });
		for (let index = 0; index < 7; index += 1) expect((await ask('GET', '/api/v4/account')).status).toBe(200);
		const eighth = await ask('GET', '/api/v4/account');
		expect(eighth).toMatchObject({ status: 429, type: 'text/html; charset=utf-8' });
		expect(eighth.headers.get('retry-after')).toBeNull();
		sim.clock.advance(1000);
		expect((await ask('GET', '/api/v4/account')).status).toBe(200);
		for (let index = 0; index < 20; index += 1) await ask('GET', '/api/v4/account');
		sim.clock.advance(3_600_000);
		expect((await ask('GET', '/api/v4/account'))).toMatchObject({ status: 403, type: 'text/html; charset=utf-8' });
		expect((await ask('POST', '/oauth2/access_token', {})).status).toBe(403);
		sim.guard.unblock();
		expect((await ask('GET', '/api/v4/account')).status).toBe(200);
	});

	it('does not carry the requests of a later day back when a test sets its clock back', async () => {
		const { sim, ask } = await account({ limits: true });
		sim.clock.advance(86_400_000);
		for (let index = 0; index < 7; index += 1) await ask('GET', '/api/v4/account');
		sim.clock.advance(-86_400_000);
		expect((await ask('GET', '/api/v4/account')).status).toBe(200);
	});

	it('says the account’s zone, currency and whether filters work', async () => {
		const { sim, ask } = await account({ zone: 'Asia/Yekaterinburg' });
		sim.switches.filters = 'ignored';
		const { body } = await ask('GET', '/api/v4/account?with=datetime_settings,is_api_filter_enabled');
		expect(body).toMatchObject({ currency: 'RUB', is_api_filter_enabled: false, _embedded: { datetime_settings: { timezone: 'Asia/Yekaterinburg', timezone_offset: '+05:00' } } });
	});

	it('spoils answers by script: before and after the effect', async () => {
		const { sim, ask } = await account();
		const make = (): Promise<unknown> => ask('POST', '/api/v4/contacts', [{ name: 'Вера' }]);
		sim.faults.add(cut('none'), { method: 'POST' });
		await expect(make()).rejects.toThrow();
		expect(sim.state.contacts.size).toBe(0);
		sim.faults.add(cut('done'), { method: 'POST' });
		await expect(make()).rejects.toThrow();
		expect(sim.state.contacts.size).toBe(1);
		sim.faults.add(throttled(5));
		sim.faults.add(htmlPage(200, 'done'));
		sim.faults.add(truncated());
		expect((await ask('GET', '/api/v4/account')).headers.get('retry-after')).toBe('5');
		expect((await ask('GET', '/api/v4/account')).type).toContain('text/html');
		expect((await ask('GET', '/api/v4/account')).body).toEqual({});
		sim.faults.add(hang('done'), { method: 'POST' });
		const patience = new AbortController();
		const waiting = fetch(`${sim.url}/api/v4/contacts`, { method: 'POST', signal: patience.signal });
		const left = expect(waiting).rejects.toThrow();
		while (!sim.faults.spent()) await new Promise((resolve) => setImmediate(resolve));
		patience.abort();
		await left;
	});
});

it('is the same account for the same seed, and starts in every position of every switch', async () => {
	const build = async (options: FamilyOptions): Promise<unknown> => {
		const { sim, ask } = await account(options);
		expect((await ask('GET', '/api/v4/account')).status).toBe(200);
		return { ...sim.ids, services: [...sim.ids.services], staff: [...sim.ids.staff] };
	};
	expect(await build({ seed: 7 })).toEqual(await build({ seed: 7 }));
	for (const { changes } of positionsOf(FAMILY_SWITCHES)) await build({ switches: changes });
});

it('keeps phones and codes out of its log', async () => {
	const { sim, ask } = await account();
	await ask('GET', '/api/v4/contacts?query=9161234567');
	await ask('POST', '/api/v4/contacts', [{ name: 'Вера', custom_fields_values: [phone('+79161234567')] }]);
	expect(JSON.stringify(sim.requests.all)).not.toContain('9161234567');
});
