import axios from 'axios';
import { createTokenSource, rulesOf, AMOCRM, RATE_WINDOWS, type TokenPair } from '../../../core/crm/amocrm';
import { createMemoryLock } from '../../../core/crm/computed';
import { createAxiosPort, type HttpPort, readAnswer } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createClock } from '../../contract/simulators/kit';
import { NOW, type Office, openOffice, PHONE } from './support';

let office: Office;
beforeEach(async () => {
	office = await openOffice();
});
afterEach(() => office.close());

/** A consent kept in one place, with everything that was done to it in order. */
function consent(port: HttpPort = createAxiosPort(axios.create()), lock = createMemoryLock()) {
	const { oauth, url, clock } = office.sim;
	const pair = oauth.issue();
	const state = { pair: { accessToken: pair.access_token, refreshToken: pair.refresh_token, expiresAt: clock.now() + pair.expires_in * 1000 } as TokenPair, log: [] as string[] };
	const { clientId: id, clientSecret: secret, redirectUri } = oauth.integration;
	const keeper = {
		load: async () => state.pair,
		save: async (next: TokenPair) => {
			await new Promise((resolve) => setImmediate(resolve));
			state.log.push('saved');
			state.pair = next;
		},
	};
	const source = () => createTokenSource({ port, accountUrl: url, client: { id, secret, redirectUri }, keeper, lock, clock: clock.now });
	return { state, source };
}

describe('rotating tokens', () => {
	it('are used as they are until shortly before their end', async () => {
		const { source, state } = consent();
		expect(await source().current()).toBe(state.pair.accessToken);
		expect(office.sim.oauth.exchanges).toBe(0);
	});

	it('are rotated once for all workers that ask at once, and saved before anybody uses them', async () => {
		const { source, state } = consent();
		office.sim.clock.advance(86_400_000);
		const workers = [source(), source(), source()];
		const tokens = await Promise.all([...workers, ...workers].map(async (worker) => {
			const token = await worker.current();
			state.log.push('used');
			return token;
		}));
		expect(office.sim.oauth.exchanges).toBe(1);
		expect(new Set(tokens)).toEqual(new Set([state.pair.accessToken]));
		expect(state.log[0]).toBe('saved');
		expect(office.sim.oauth.grantOf(`Bearer ${tokens[0]}`)).not.toBeNull();
	});

	it('without the lock of the store would kill the consent: the harness can tell', async () => {
		const alone = () => ({ run: <T>(_: readonly string[], work: (lease: { keep(): Promise<boolean> }) => Promise<T>) => work({ keep: async () => true }) });
		const { source, state } = consent(undefined, alone());
		office.sim.clock.advance(86_400_000);
		const told = await Promise.allSettled([source().renewed(state.pair.accessToken), source().renewed(state.pair.accessToken)]);
		expect(told.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	it('are asked for again only when the request never left', async () => {
		let calls = 0;
		const real = createAxiosPort(axios.create());
		const { source } = consent({ exchange: (request) => ((calls += 1) === 1 ? Promise.resolve({ kind: 'failed', cause: 'refused', sent: false }) : real.exchange(request)) });
		office.sim.clock.advance(86_400_000);
		await source().current();
		expect(calls).toBe(2);
		const lost = consent({ exchange: async () => ((calls += 1), { kind: 'failed', cause: 'timeout', sent: true }) });
		office.sim.clock.advance(86_400_000);
		calls = 0;
		await expect(lost.source().current()).rejects.toThrow(/consent/);
		expect(calls).toBe(1);
	});

	it('name no secret when they can no longer be renewed', async () => {
		const { source, state } = consent();
		office.sim.oauth.revokeAll();
		const error: unknown = await source().renewed(state.pair.accessToken).catch((reason: unknown) => reason);
		expect(String(error)).toMatch(/consent to the integration again/);
		for (const secret of [state.pair.refreshToken, state.pair.accessToken, office.sim.oauth.integration.clientSecret]) expect(String(error)).not.toContain(secret);
	});
});

describe('a blocked integration', () => {
	it('is left alone for a quarter of an hour, and says what happened', async () => {
		const clock = createClock(NOW);
		const limiter = createMemoryLimiter({ windows: RATE_WINDOWS, clock: clock.now });
		const crm = office.adapter((settings) => settings, { time: clock, transport: { limiter } });
		expect((await crm.findClient(PHONE)).kind).toBe('ok');
		office.sim.guard.blocked = true;
		office.sim.requests.clear();
		const told = await crm.findClient(PHONE);
		expect(told).toMatchObject({ kind: 'unavailable', cause: expect.stringMatching(/blocks the integration.*support/) as string, retryAt: expect.any(String) as string });
		for (let again = 0; again < 5; again += 1) expect((await crm.findClient(PHONE)).kind).toBe('unavailable');
		expect(office.sim.requests.all).toHaveLength(1);
		office.sim.guard.unblock();
		clock.advance(900_000);
		expect((await crm.findClient(PHONE)).kind).toBe('ok');
	});
});

describe('an answer', () => {
	const judge = (status: number, body: string) => rulesOf(AMOCRM).judge(readAnswer({ kind: 'answered', status, headers: {}, body: Buffer.from(body) }));

	it.each([
		[204, '', 'success'],
		[202, '', 'success'],
		[200, '', 'unreadable'],
		[200, 'null', 'unreadable'],
		[200, '<html>', 'unreadable'],
		[200, '{"title":"Bad Request","status":400}', 'failed'],
		[200, '{"id":1,"status":"x","title":"y"}', 'success'],
		[403, '<html>403 Forbidden</html>', 'throttled'],
		[403, '{"title":"Forbidden","status":403}', 'refused'],
		[429, '<html>', 'throttled'],
		[502, '<html>', 'failed'],
	])('%i %s is %s', (status, body, kind) => {
		expect(judge(status, body).kind).toBe(kind);
	});

	it('of a broken field names the field, never the words', () => {
		const errors = [{ code: 'NotSupportedChoice', path: 'custom_fields_values.0.values', detail: 'Вера' }, { code: 'x y', path: 'Вера +7', detail: '' }];
		const verdict = judge(400, JSON.stringify({ title: 'Bad Request', status: 400, 'validation-errors': [{ request_id: '0', errors }] }));
		expect(verdict).toEqual({ kind: 'refused', reason: 'invalid_request', message: 'The CRM does not accept the request. Fields: custom_fields_values.0.values (NotSupportedChoice).' });
	});

	it.each([[401, 'credential_invalid'], [402, 'not_allowed'], [404, 'not_found'], [422, 'invalid_request']])('%i is %s', (status, reason) => {
		expect(judge(status, '{"title":"x","status":1}')).toMatchObject({ kind: 'refused', reason });
	});
});
