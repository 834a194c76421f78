import type { Store } from '../../../../core/store';
import { createInbound, type Inbound, type Outbound, WhatsappError } from '../../../../core/whatsapp';
import type { HalfParts } from '../../../../core/whatsapp/ports';
import type { Environment } from '../../../../core/whatsapp/session/environment';
import { noteWanted } from '../../../../core/whatsapp/session/records';
import { SessionHalves } from '../../../../core/whatsapp/session/halves';
import { parseSettings } from '../../../../core/whatsapp/session/settings';
import { createSignals } from '../../../../core/whatsapp/session/signals';
import { describeEngines } from '../../../support/engines';
import type { Phone } from '../../../whatsapp-server';
import { becomes, KEY, type Process, SessionBench, until } from './bench';

jest.setTimeout(120_000);

// nothing below depends on the engine
describeEngines((_dialect, engine) => describe('a session that fails or is unlinked', () => {
	let bench: SessionBench;
	let store: Store;
	let running: Process;
	let numbers = 79_990_005_100;
	/** What every receiving half was made with. */
	const made: HalfParts[] = [];

	beforeAll(async () => {
		bench = await SessionBench.start();
		store = await engine.open();
	});
	afterAll(async () => await bench.close());
	beforeEach(async () => {
		made.length = 0;
		await store.write(async (trx) => {
			for (const table of ['wa_key', 'wa_creds', 'wa_session', 'wa_pairing', 'wa_lease'] as const) await trx.deleteFrom(table).execute();
		});
		running = bench.process(store, { tempo: { query: 500 }, environment: { createInbound: (parts) => (made.push(parts), createInbound(parts)) } });
	});
	afterEach(async () => await running.core.shutdown());

	const linked = async (): Promise<Phone> => await bench.linked(running, String((numbers += 1)));
	const owner = () => {
		const found = running.core.manager.owner(KEY);
		if (found === undefined) throw new Error('nobody runs it');
		return found;
	};
	const fails = (error = new WhatsappError('state_not_saved')): void => made.at(-1)?.onFailure(error);
	const aside = async (): Promise<boolean[]> => (await store.db.selectFrom('wa_creds').select('session').execute()).map(({ session }) => session.includes(':aside:'));

	/** Nothing is connected, and it waits. */
	async function cutOff(salon: Phone): Promise<void> {
		(await salon.device.ready()).drop();
		await becomes(running, 'reconnecting');
		await until(() => running.timers.waits(1_200, 155_000), 'it waits');
	}

	it('takes messages after a write that failed between two connections, with halves that were made anew', async () => {
		const salon = await linked();
		await cutOff(salon);
		fails();
		await running.core.command(KEY, { kind: 'restart' });
		await becomes(running, 'open');
		expect(made).toHaveLength(2);
		const id = await bench.server.phone('79163330061', { name: 'Anna' }).write(salon, 'after the failure');
		await until(async () => (await store.db.selectFrom('wa_inbox').select('id').where('id', '=', id).execute()).length === 1, 'it is stored');
	});

	it('connects nothing when it learnt between two connections that its lease is gone', async () => {
		const salon = await linked();
		await cutOff(salon);
		const { logins } = salon.device;
		const before = owner();
		fails(new WhatsappError('lease_lost'));
		before.restart();
		await until(() => running.core.manager.owner(KEY) !== before, 'it was given up');
		expect(before.connects).toBe(2);
		await becomes(running, 'open');
		expect(salon.device.logins).toBe(logins + 1);
	});

	it.each([
		['a restart', () => owner().restart()],
		['other settings', () => owner().configure(parseSettings({ proxyUrl: 'http://127.0.0.1:9' }))],
		['a write that failed', () => fails()],
	])('is unlinked although %s came in between', async (_what, between) => {
		await linked();
		const done = owner().logOut();
		between();
		await done;
		expect(await becomes(running, 'logged_out')).toMatchObject({ phone: null });
		expect(await aside()).toEqual([true]);
	});

	it('is unlinked while it is not connected, and when it is asked twice', async () => {
		await cutOff(await linked());
		await Promise.all([owner().logOut(), owner().logOut()]);
		expect(await becomes(running, 'logged_out')).toMatchObject({ phone: null });
		expect(await aside()).toEqual([true]);
		expect(running.timers.waits(1_200, 155_000)).toBe(false);
	});

	it('says so when it ended before it could be unlinked', async () => {
		await cutOff(await linked());
		const session = owner();
		const done = session.logOut();
		const stopped = session.stop();
		await expect(done).rejects.toThrow('ended before');
		await stopped;
		await expect(session.logOut()).rejects.toThrow('ended before');
		expect(await aside()).toEqual([false]);
	});

	it('drops what was put aside eight days ago, of whatever salon, and keeps what was a day ago', async () => {
		const DAY = 86_400_000;
		const kept = [1, 8].map((days) => ({ tenant: 'another', session: `main:aside:${new Date(Date.now() - days * DAY).toISOString()}`, value: 'sealed', version: 1, updated_at: '' }));
		await store.write(async (trx) => await trx.insertInto('wa_creds').values(kept).execute());
		await running.core.ensure(KEY);
		const left = async () => (await store.db.selectFrom('wa_creds').select('session').where('tenant', '=', 'another').execute()).map(({ session }) => session);
		await until(async () => (await left()).length === 1, 'the older one is gone');
		expect(await left()).toEqual([kept[0]?.session]);
	});

	it('removes what is past its time of a number that nobody runs any more, and lets the others be', async () => {
		const DAY = 86_400_000;
		const message = { chat: '1@lid', state: 'turned', reason: null, journal: null, item: null };
		const numbers = [['gone', 'stop'], ['elsewhere', 'run']] as const;
		for (const [session, desired] of numbers) await noteWanted(store, { tenant: 'another', session }, desired, null, Date.now());
		const rows = numbers.flatMap(([session]) => [34, 36].map((days, seq) => ({ ...message, tenant: 'another', session, id: `${days}`, seq, received_at: Date.now() - days * DAY })));
		await store.write(async (trx) => await trx.insertInto('wa_inbox').values(rows).execute());
		await running.core.ensure(KEY);
		const left = async () => (await store.db.selectFrom('wa_inbox').select(['session', 'id']).where('tenant', '=', 'another').orderBy('session').orderBy('id').execute()).map(({ session, id }) => `${session} ${id}`);
		await until(async () => (await left()).length === 3, 'the old one is gone');
		expect(await left()).toEqual(['elsewhere 34', 'elsewhere 36', 'gone 34']);
		await until(async () => (await store.db.selectFrom('wa_lease').select('owner').where('tenant', '=', 'another').where('expires_at', '>', 0).execute()).length === 0, 'nobody holds it');
	});

	it('does not keep an order waiting for a WhatsApp that does not answer', async () => {
		await running.core.ensure(KEY);
		await becomes(running, 'needs_pairing');
		await bench.server.goDown();
		try {
			const asked = running.core.command(KEY, { kind: 'pairCode', phone: '79990005199' }, 8_000);
			await running.timers.pass(8_000);
			expect(await asked).toMatchObject({ status: 'unknown', reason: 'timeout', sentence: expect.stringContaining('not known') });
		} finally {
			await bench.server.goUp();
		}
		expect(await running.core.command(KEY, { kind: 'cancelPairing' }, 8_000)).toMatchObject({ status: 'ok' });
		expect(running.timers.waits(8_000)).toBe(false);
	});

	it('does not take a question about a number that nobody answered for a number without WhatsApp', async () => {
		const salon = await linked();
		bench.server.phone('79163330062');
		const phones = ['+7 916 333-00-62', '+7 916 999-99-99'];
		const ask = async () => await running.core.command(KEY, { kind: 'checkNumbers', phones });
		expect(await ask()).toEqual({ status: 'ok', value: { phones: [{ phone: phones[0], exists: true }, { phone: phones[1], exists: false }] } });
		await salon.device.ready();
		bench.server.faults.add({ tag: 'iq', attrs: { xmlns: 'usync' } }, { kind: 'swallow' });
		expect(await ask()).toMatchObject({ status: 'unavailable', reason: 'failed' });
	});

	it('leaves nothing behind of a beginning that failed', async () => {
		const lease = { ...KEY, owner: 'me', epoch: 1 };
		const ends: string[] = [];
		const inbound = { recover: async () => await Promise.reject(new WhatsappError('state_unreadable')), settled: async () => undefined, stop: async () => void ends.push('inbound') } as unknown as Inbound;
		const outbound = { stop: async () => void ends.push('outbound') } as unknown as Outbound;
		const env = { store, clock: Date.now, signals: createSignals({ notices: null }), loadClient: async () => ({}), createInbound: () => inbound, createOutbound: () => outbound } as unknown as Environment;
		const quiet = () => undefined;
		const halves = new SessionHalves({ env, lease, records: { event: quiet, pairing: quiet } as never, settings: () => parseSettings({}), adopt: quiet, onFailure: quiet, onLeftOver: quiet });
		await expect(halves.begun()).rejects.toMatchObject({ code: 'state_unreadable' });
		expect(ends.sort()).toEqual(['inbound', 'outbound']);
	});
}), ['sqlite']);
