import type { Store } from '../../../../core/store';
import type { Link, Phone } from '../../../whatsapp-server';
import { describeEngines } from '../../../support/engines';
import { becomes, KEY, type Process, SessionBench, until } from './bench';

jest.setTimeout(180_000);

/** Code of a refused login, the state afterwards, sockets made by then, and the wait before the next one. */
const ROWS: readonly (readonly [number, string, number, (readonly [number, number]) | null])[] = [
	[402, 'banned', 1, null],
	[405, 'client_outdated', 1, [900_000, 900_000]],
	[406, 'banned', 1, null],
	[408, 'reconnecting', 1, [2_500, 150_000]],
	[409, 'stopped', 1, null],
	[411, 'stopped', 1, null],
	[415, 'stopped', 1, null],
	[418, 'stopped', 1, null],
	[428, 'reconnecting', 1, [2_500, 150_000]],
	[440, 'reconnecting', 1, [90_000, 90_000]],
	[500, 'reconnecting', 1, [2_500, 150_000]],
	[503, 'reconnecting', 1, [10_000, 155_000]],
	[999, 'reconnecting', 1, [2_500, 150_000]],
	[515, 'open', 2, null],
	[401, 'logged_out', 1, null],
	[403, 'logged_out', 1, null],
];

/** How a link that was open ends, the code it is told by, and the wait before the next one; null when it is made at once. */
const ENDINGS: readonly (readonly [string, (link: Link) => void, string, (readonly [number, number]) | null])[] = [
	['a restart that the server asks for', (link) => link.streamError(515), '', null],
	['a server that is busy', (link) => link.streamError(503), 'code 503', [10_000, 155_000]],
	['an error that only names a reason', (link) => link.streamFault('xml-not-well-formed'), 'code 500', [1_200, 150_000]],
	['a link that is gone', (link) => link.drop(), 'code 428', [1_200, 150_000]],
	['a link that is closed', (link) => link.close(), 'code 428', [1_200, 150_000]],
	['the end of the stream', (link) => link.endStream(), 'code 428', [1_200, 150_000]],
];

describe('a session after the end of a connection', () => {
	let bench: SessionBench;
	let store: Store;
	let running: Process;
	let salon: Phone | null = null;
	let numbers = 79_990_001_100;
	beforeAll(async () => {
		bench = await SessionBench.start();
	});
	afterAll(async () => await bench.close());

	const connects = (): number => running.core.manager.owner(KEY)?.connects ?? 0;

	/** Open, linked with a new account where the one before was unlinked. */
	async function opened(): Promise<void> {
		salon?.allowLogins();
		const { state } = await running.core.status(KEY);
		if (salon === null || state === 'logged_out') salon = await bench.linked(running, String((numbers += 1)));
		else if (state !== 'open') await running.core.command(KEY, { kind: 'restart' });
		await becomes(running, 'open');
		await salon.device.ready();
	}

	const phone = (): Phone => {
		if (salon === null) throw new Error('no phone is linked');
		return salon;
	};

	const alerts = async () => (await store.db.selectFrom('wa_event').select('detail').where('kind', '=', 'alert').execute()).map(({ detail }) => JSON.parse(detail) as { state?: string; code?: number });

	// nothing of it depends on the engine
	describeEngines((_dialect, engine) => describe('is what the table says', () => {
		beforeAll(async () => {
			store = await engine.open();
			running = bench.process(store);
			salon = null;
		});
		beforeEach(async () => await opened());
		afterAll(async () => await running.core.shutdown());

		it.each(ROWS)('with code %i is %s after %i sockets', async (reason, state, sockets, wait) => {
			const before = connects();
			phone().refuseLogins({ reason, times: 1 });
			await running.core.command(KEY, { kind: 'restart' });
			const status = await until(async () => {
				const now = await running.core.status(KEY);
				return connects() === before + sockets && now.state === state && now;
			}, `${sockets} sockets, then ${state}`);
			expect(status.sentence).not.toBe('');
			if (wait !== null) await until(() => running.timers.waits(...wait), 'it waits to connect');
			else expect(running.timers.waits(0, Infinity)).toBe(false);
			expect(connects()).toBe(before + sockets);
			const kept = await store.db.selectFrom('wa_creds').select('session').execute();
			expect(kept.some(({ session }) => session === KEY.session)).toBe(state !== 'logged_out');
			expect(kept.some(({ session }) => session.startsWith(`${KEY.session}:aside:`))).toBe([401, 403].includes(reason) && state === 'logged_out');
		});

		it.each(ENDINGS)('of an open link by %s', async (_way, end, reason, wait) => {
			const before = connects();
			end(await phone().device.ready());
			if (wait !== null) {
				await until(async () => (await running.core.status(KEY)).reason === reason, 'it says why');
				expect(connects()).toBe(before);
				await running.timers.pass(...wait);
			}
			await until(() => connects() === before + 1, 'the next socket');
			await becomes(running, 'open');
		});

		it('where nobody listens any more, for as long as it takes', async () => {
			await bench.server.goDown();
			try {
				for (let time = 0; time < 3; time += 1) {
					await running.timers.pass(1_200, 155_000);
					await until(async () => (await running.core.status(KEY)).reason === 'code 408', 'the connection is refused');
				}
			} finally {
				await bench.server.goUp();
			}
			await running.timers.pass(1_200, 155_000);
			await becomes(running, 'open');
		});

		it('goes on by itself when the time has passed', async () => {
			phone().refuseLogins({ reason: 402, attrs: { code: '101', expire: '7200' }, times: 1 });
			await running.core.command(KEY, { kind: 'restart' });
			const { reason, sentence } = await becomes(running, 'banned');
			expect(reason).toMatch(/^banned_until /);
			expect(sentence).toContain('UTC');
			await running.timers.pass(7_200_000);
			await becomes(running, 'open');
			(await phone().device.ready()).drop();
			await becomes(running, 'reconnecting');
			await running.timers.pass(1_200, 155_000);
			await becomes(running, 'open');
		});

		it('tells of the fifth unclear ending in a row, and deletes nothing', async () => {
			const before = (await alerts()).length;
			phone().refuseLogins({ reason: null, times: 5 });
			await running.core.command(KEY, { kind: 'restart' });
			for (let time = 1; time <= 5; time += 1) await running.timers.pass(1_200, 155_000);
			await becomes(running, 'open');
			expect((await alerts()).slice(before)).toEqual([{ code: 500 }]);
		});

		it('is a conflict after the fourth time somebody else logged in, and not before', async () => {
			const before = connects();
			for (let time = 1; time <= 3; time += 1) {
				(await phone().device.ready()).streamFault('conflict', { type: 'replaced' });
				await running.timers.pass(90_000);
				await until(() => connects() === before + time, 'a socket more');
				await becomes(running, 'open');
			}
			(await phone().device.ready()).streamFault('conflict', { type: 'replaced' });
			await becomes(running, 'conflict');
			expect(connects()).toBe(before + 3);
			expect(running.timers.waits(60_000, 119_999)).toBe(false);
		});

		it('is logged out when the phone unlinks it, and an account for one device only is told so', async () => {
			(await phone().device.ready()).downgrade();
			expect(await becomes(running, 'stopped')).toMatchObject({ reason: 'not_multi_device' });
			await running.core.command(KEY, { kind: 'restart' });
			await becomes(running, 'open');
			await phone().device.ready();
			phone().unlink(phone().device.index);
			expect(await becomes(running, 'logged_out')).toMatchObject({ sentence: expect.stringContaining('unlinked') });
		});

		it('with an old client is cured by data, without a new linking', async () => {
			const old = running.fetches();
			bench.server.requireRevision(2_000_000_000);
			try {
				await running.core.command(KEY, { kind: 'restart' });
				await becomes(running, 'client_outdated');
				expect(running.fetches() - old).toBeLessThanOrEqual(1);
				const before = connects();
				await running.core.setVersion('2.3000.2000000001');
				await becomes(running, 'open');
				expect(connects()).toBe(before + 1);
				expect(await store.db.selectFrom('wa_version').select(['source', 'value']).orderBy('source').execute()).toEqual([
					{ source: 'override', value: '2.3000.2000000001' },
					{ source: 'working', value: '2.3000.2000000001' },
				]);
			} finally {
				bench.server.requireRevision(0);
				await running.core.setVersion(null);
			}
		});

		it('with an old client looks the version up once and tries it at once', async () => {
			await running.core.shutdown();
			running = bench.process(store, { fetched: [2, 3000, 2_100_000_000] });
			await running.core.ensure(KEY);
			await becomes(running, 'open');
			bench.server.requireRevision(2_100_000_000);
			try {
				const before = connects();
				await running.core.command(KEY, { kind: 'restart' });
				await until(() => connects() === before + 2, 'two sockets');
				await becomes(running, 'open');
				expect(running.fetches()).toBe(1);
				expect(connects()).toBe(before + 2);
			} finally {
				bench.server.requireRevision(0);
			}
		});

		it('on a link that is dead, though nothing said so', async () => {
			await running.core.shutdown();
			running = bench.process(store, { tempo: { keepAlive: 300, silence: 1_000, watch: 100 } });
			await running.core.ensure(KEY);
			await becomes(running, 'open');
			(await phone().device.ready()).halfOpen();
			expect(await becomes(running, 'reconnecting')).toMatchObject({ reason: expect.stringMatching(/^code (408|428)$/) });
			await running.timers.pass(1_200, 155_000);
			await becomes(running, 'open');
		});
	}), ['sqlite']);
});
