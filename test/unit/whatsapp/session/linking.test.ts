import type { Store } from '../../../../core/store';
import { type ClientLibrary, loadClientLibrary } from '../../../../core/whatsapp';
import { describeEngines } from '../../../support/engines';
import { becomes, KEY, type Process, qrOf, SessionBench, until } from './bench';

jest.setTimeout(180_000);

let bench: SessionBench;
beforeAll(async () => {
	bench = await SessionBench.start();
});
afterAll(async () => await bench.close());

describeEngines((dialect, engine) => describe('a session of the product', () => {
	const number = dialect === 'sqlite' ? '79990001001' : '79990001002';

	it('is linked by a QR code and says so', async () => {
		const store = await engine.open();
		const running = bench.process(store);
		const { core } = running;
		await core.ensure(KEY, { quietMs: 0 });
		const salon = bench.server.phone(number, { name: 'Salon' });
		expect(await core.command(KEY, { kind: 'pairQr' })).toMatchObject({ status: 'ok' });
		await bench.server.scan(salon, await qrOf(running));
		await becomes(running, 'open');
		expect(await core.status(KEY)).toMatchObject({ state: 'open', phone: number, owner: 'this process' });
		expect(await core.pairing(KEY)).toBeNull();
		expect(await core.command(KEY, { kind: 'pairQr' })).toMatchObject({ status: 'refused', reason: 'already_linked' });
		await core.shutdown();
		expect(await core.status(KEY)).toMatchObject({ state: 'idle', owner: null });
	});
}));

// nothing below depends on the engine
describeEngines((_dialect, engine) => describe('linking a phone', () => {
	/** Milliseconds a QR code is good; the client's own when undefined. */
	let qrTimeout: number | undefined;
	let store: Store;
	let running: Process;
	let numbers = 79_990_001_010;
	const number = (): string => String((numbers += 1));

	const loadClient = async (): Promise<ClientLibrary> => {
		const client = await loadClientLibrary();
		return { ...client, makeWASocket: (options) => client.makeWASocket({ ...options, ...(qrTimeout === undefined ? {} : { qrTimeout }) }) };
	};
	const connects = (): number => running.core.manager.owner(KEY)?.connects ?? 0;
	const pairing = async () => await running.core.pairing(KEY);
	const problem = async (expected: string): Promise<void> => void (await until(async () => (await pairing())?.problem === expected, `the page says ${expected}`));
	const alerts = async () => (await store.db.selectFrom('wa_event').select('detail').where('kind', '=', 'alert').execute()).map(({ detail }) => JSON.parse(detail) as object);

	beforeAll(async () => {
		store = await engine.open();
	});
	beforeEach(async () => {
		qrTimeout = undefined;
		await store.write(async (trx) => {
			for (const table of ['wa_key', 'wa_creds', 'wa_session', 'wa_pairing', 'wa_event', 'wa_lease'] as const) await trx.deleteFrom(table).execute();
		});
		running = bench.process(store, { environment: { loadClient } });
		await running.core.ensure(KEY);
		await becomes(running, 'needs_pairing');
	});
	afterEach(async () => await running.core.shutdown());

	it('shows QR codes for three rounds, each by a socket of its own, and then the code is the better way', async () => {
		qrTimeout = 40;
		await running.core.command(KEY, { kind: 'pairQr' });
		const rounds = new Set<number>();
		await until(async () => {
			const shown = await pairing();
			if (shown?.qr !== undefined) rounds.add(shown.round);
			return shown?.problem === 'qr_expired';
		}, 'nobody scanned', 120_000);
		expect(Math.max(...rounds)).toBeLessThanOrEqual(3);
		expect(await pairing()).toMatchObject({ round: 3, goodUntil: 0, sentence: expect.stringContaining('code typed into the phone') });
		expect(await becomes(running, 'needs_pairing')).toMatchObject({ reason: null });
		expect(connects()).toBe(3);
		expect(running.timers.waits(0, Infinity)).toBe(false);

		qrTimeout = undefined;
		const salon = bench.server.phone(number(), { name: 'Salon' });
		const answer = await running.core.command(KEY, { kind: 'pairCode', phone: `+${salon.number}` });
		expect(answer).toMatchObject({ status: 'ok', value: { code: expect.stringMatching(/^[0-9A-Z]{8}$/) } });
		const { code } = (answer as { value: { code: string } }).value;
		expect(await until(async () => (await pairing())?.code, 'the page shows it')).toBe(code);
		await bench.server.enterCode(salon, code);
		expect(await becomes(running, 'open')).toMatchObject({ phone: salon.number });
		expect(await pairing()).toBeNull();
	});

	it('says that a code was not typed in time, and shows none any more', async () => {
		qrTimeout = 120;
		await running.core.command(KEY, { kind: 'pairCode', phone: '8 999 000 19 01' });
		await problem('code_expired');
		expect(await pairing()).toMatchObject({ method: 'code', goodUntil: 0 });
		expect((await pairing())?.code).toBeUndefined();
		expect(await becomes(running, 'needs_pairing')).toBeDefined();
		expect(connects()).toBe(1);
	});

	it('says that WhatsApp gives no code for a number, and does not ask again', async () => {
		bench.server.faults.add({ tag: 'iq', child: 'link_code_companion_reg' }, { kind: 'error', code: 400 });
		expect(await running.core.command(KEY, { kind: 'pairCode', phone: '79990001902' })).toMatchObject({ status: 'refused', reason: 'code_refused', sentence: expect.stringContaining('QR') });
		await problem('code_refused');
		expect(await becomes(running, 'needs_pairing')).toMatchObject({ reason: 'code_refused' });
		expect(connects()).toBe(1);
		expect(await running.core.command(KEY, { kind: 'pairCode', phone: '12' })).toMatchObject({ status: 'refused', reason: 'phone_invalid' });
		expect(connects()).toBe(1);
	});

	it('begins anew after a restart before the code was typed, and takes it for no logout', async () => {
		await running.core.command(KEY, { kind: 'pairCode', phone: '79990001903' });
		await running.core.shutdown();
		expect(await store.db.selectFrom('wa_creds').select('session').execute()).toEqual([{ session: KEY.session }]);
		running = bench.process(store);
		await running.core.ensure(KEY);
		expect(await becomes(running, 'needs_pairing')).toMatchObject({ reason: null, phone: null });
		expect(connects()).toBe(0);
		expect(await pairing()).toBeNull();
		const salon = bench.server.phone(number());
		await running.core.command(KEY, { kind: 'pairQr' });
		await bench.server.scan(salon, await qrOf(running));
		await becomes(running, 'open');
		expect((await store.db.selectFrom('wa_creds').select('session').execute()).length).toBe(1);
	});

	it('tells an account that asks for a passkey, tries no more, and still knows it after a restart', async () => {
		const salon = bench.server.phone(number());
		salon.requiresPasskey = true;
		await running.core.command(KEY, { kind: 'pairQr' });
		await expect(bench.server.scan(salon, await qrOf(running))).rejects.toThrow('passkey');
		expect(await becomes(running, 'passkey_required')).toMatchObject({ sentence: expect.stringContaining('official API') });
		await problem('passkey_required');
		expect(await pairing()).toMatchObject({ sentence: expect.stringContaining('Link another number') });
		expect(await alerts()).toEqual([{ state: 'passkey_required' }]);
		expect(connects()).toBe(1);
		expect(running.timers.waits(0, Infinity)).toBe(false);
		await running.core.shutdown();
		running = bench.process(store);
		await running.core.ensure(KEY);
		await until(() => running.core.manager.owner(KEY)?.state === 'passkey_required', 'the new process knows it');
		expect(connects()).toBe(0);
	});

	it('tells a phone that did not agree, and shows the next code after a wait', async () => {
		const salon = bench.server.phone(number());
		await running.core.command(KEY, { kind: 'pairQr' });
		const first = await qrOf(running);
		await expect(bench.server.scan(salon, first, { forgesSecret: true })).rejects.toThrow('left without signing');
		expect(await until(async () => {
			const status = await running.core.status(KEY);
			return status.reason === 'code 500' && status;
		}, 'it waits')).toMatchObject({ state: 'pairing' });
		await problem('pairing_failed');
		await running.timers.pass(1_200, 5_000);
		await bench.server.scan(salon, await qrOf(running, KEY, [first]));
		await becomes(running, 'open');
	});

	it('says that another number was linked than the one the phone had unlinked, and not so after a log out', async () => {
		const salon = await bench.linked(running, number());
		salon.unlink(salon.device.index);
		await becomes(running, 'logged_out');
		const other = await bench.linked(running, number());
		expect(await pairing()).toMatchObject({ problem: 'wrong_number', goodUntil: 0, sentence: expect.stringContaining('another number than before') });
		expect(await running.core.status(KEY)).toMatchObject({ state: 'open', phone: other.number });
		const changes = async () => (await store.db.selectFrom('wa_event').select('kind').where('kind', '=', 'number_changed').execute()).length;
		expect(await changes()).toBe(1);

		await running.core.command(KEY, { kind: 'logOut' });
		await becomes(running, 'logged_out');
		await running.core.command(KEY, { kind: 'pairQr' });
		expect((await pairing())?.problem ?? null).toBeNull();
		await bench.server.scan(bench.server.phone(number(), { name: 'Third' }), await qrOf(running));
		await becomes(running, 'open');
		expect(await pairing()).toBeNull();
		expect(await changes()).toBe(1);
	});

	it('is given up when nobody wants it any more', async () => {
		await running.core.command(KEY, { kind: 'pairQr' });
		await qrOf(running);
		expect(await running.core.command(KEY, { kind: 'cancelPairing' })).toMatchObject({ status: 'ok' });
		await becomes(running, 'needs_pairing');
		expect(await pairing()).toBeNull();
		await until(() => bench.server.links.length === 0, 'the socket is closed');
		expect(await running.core.command(KEY, { kind: 'cancelPairing' })).toMatchObject({ status: 'ok' });
	});

	it('is only begun by a person: an account that was logged out waits for it, with its state kept aside', async () => {
		const salon = await bench.linked(running, number());
		expect(await running.core.command(KEY, { kind: 'logOut' })).toMatchObject({ status: 'ok' });
		expect(await becomes(running, 'logged_out')).toMatchObject({ phone: null });
		expect(salon.devices.size).toBe(0);
		await running.core.command(KEY, { kind: 'restart' });
		expect(await becomes(running, 'logged_out')).toBeDefined();
		const kept = await store.db.selectFrom('wa_creds').select('session').execute();
		expect(kept.map(({ session }) => session.startsWith(`${KEY.session}:aside:`))).toEqual([true]);
		const other = await bench.linked(running, number());
		expect(await running.core.status(KEY)).toMatchObject({ phone: other.number });
	});
}), ['sqlite']);
