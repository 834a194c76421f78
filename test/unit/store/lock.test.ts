import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, type Outcome } from '../../../core/booking';
import type { Store } from '../../../core/store';
import { createLock, type WorkLease } from '../../../core/store/lock';
import { startScript } from '../../support/children';
import { describeEngines, TEST_KEYS } from '../../support/engines';

const NOW = 1_700_000_000_000;
const done = async () => ok('done');

describeEngines((dialect, engine) => {
	let store: Store;
	let now = NOW;
	let names = 0;
	const name = (): string => `staff ${(names += 1)}`;
	const lockOf = (tenant = 'salon', waitMs = 0) => createLock(store, { tenant, waitMs, leaseMs: 1000, clock: () => now, sleep: async (ms) => void (now += ms) });
	beforeAll(async () => {
		store = await engine.open();
	});

	/** Runs `inside` while the names are held by another worker. */
	async function whileHeld<T>(held: readonly string[], inside: (lease: WorkLease) => Promise<T>, tenant = 'salon'): Promise<T | undefined> {
		let result: T | undefined;
		const outcome = await lockOf(tenant).run(held, async (lease) => {
			result = await inside(lease);
			return ok(null);
		});
		expect(outcome.kind).toBe('ok');
		return result;
	}

	it('lets one in and turns the other away without running its work', async () => {
		const own = name();
		let ran = false;
		const outcome = await whileHeld([own], () =>
			lockOf().run([own], async () => {
				ran = true;
				return ok(null);
			}),
		);
		expect(outcome?.kind).toBe('unavailable');
		expect(ran).toBe(false);
		expect(await lockOf().run([own], done)).toEqual(ok('done'));
	});

	it('keeps names and tenants apart', async () => {
		const own = name();
		expect(await whileHeld([own], () => lockOf().run([name()], done))).toEqual(ok('done'));
		expect(await whileHeld([own], () => lockOf('other').run([own], done))).toEqual(ok('done'));
	});

	it('takes all names or none', async () => {
		const [one, two] = [name(), name()];
		expect((await whileHeld([two], () => lockOf().run([one, two], done)))?.kind).toBe('unavailable');
		expect(await whileHeld([two], () => lockOf().run([one], done))).toEqual(ok('done'));
	});

	it('frees the names of work that throws', async () => {
		const own = name();
		await expect(lockOf().run([own], async () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
		expect(await lockOf().run([own], done)).toEqual(ok('done'));
	});

	it('gives the names of a silent holder to the next, and tells the holder', async () => {
		const own = name();
		const kept = await whileHeld([own], async (lease) => {
			expect(await lease.keep()).toBe(true);
			now += 999;
			expect((await lockOf().run([own], done)).kind).toBe('unavailable');
			now += 1;
			return lockOf().run([own], async (next) => {
				expect(await next.keep()).toBe(true);
				return ok(await lease.keep());
			});
		});
		expect(kept).toEqual(ok(false));
	});

	it('does not free names that passed on to another', async () => {
		const own = name();
		let second: Promise<unknown> = Promise.resolve();
		let leave = (): void => undefined;
		await whileHeld([own], async () => {
			now += 1001;
			await new Promise<void>((entered) => {
				second = lockOf().run([own], () => {
					entered();
					return new Promise<Outcome<null>>((resolve) => (leave = () => resolve(ok(null))));
				});
			});
		});
		expect((await lockOf().run([own], done)).kind).toBe('unavailable');
		leave();
		await second;
		expect((await lockOf().run([own], done)).kind).toBe('ok');
	});

	it('counts every holder in the fence and keeps no trace of names long free', async () => {
		const own = name();
		for (let round = 0; round < 3; round += 1) await lockOf().run([own], done);
		const rows = () => store.db.selectFrom('work_lock').selectAll().where('name', '=', own).execute();
		expect(await rows()).toMatchObject([{ fence: 3, owner: '' }]);
		now += 90_000_000;
		await lockOf().run([name()], done);
		expect(await rows()).toEqual([]);
	});

	it('says that it cannot be asked when the store is closed', async () => {
		const closed = await engine.open();
		const lock = createLock(closed, { tenant: 'salon' });
		await closed.close();
		expect((await lock.run([name()], done)).kind).toBe('unavailable');
	});

	it(`lets processes in one by one on ${dialect}`, async () => {
		const folder = mkdtempSync(join(tmpdir(), 'ai-admin-lock-'));
		const file = join(folder, 'count');
		writeFileSync(file, '0');
		const rounds = 30;
		const scripts = [1, 2].map(() => startScript(join(__dirname, 'children/hold.ts'), { config: engine.config, keys: TEST_KEYS, file, rounds }));
		await Promise.all(scripts.map((script) => script.nextLine()));
		scripts.forEach((script) => script.go());
		expect(await Promise.all(scripts.map((script) => script.nextLine()))).toEqual(['done', 'done']);
		expect(readFileSync(file, 'utf8')).toBe(String(2 * rounds));
		rmSync(folder, { recursive: true });
	}, 60_000);
});
