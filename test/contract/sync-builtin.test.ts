import { createBuiltinCrm, createBuiltinReader, createBuiltinSalon, seedDemoSalon } from '../../core/crm/builtin';
import type { BookingCrm } from '../../core/booking';
import type { Store } from '../../core/store';
import { createSync, type StreamReport, type Sync, type SyncOrder } from '../../core/sync';
import { describeEngines, type TestEngine } from '../support/engines';
import { killPoints, newLot, SEED } from '../unit/sync/lots';
import { Killed, killable, stateOf } from '../unit/sync/state';
import { valueOf } from './support/bench';
import { changed, liveRows, lostRows, statuses, twice } from './support/sync-bench';
import { NOW } from './support/vendor-bench';

const CRM = 'salon';
const PATIENCE_MS = 300_000;
const KILLING_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Longer than a lease. */
const LEASE_MS = 360_000;

/** The demo salon, read by an adapter in the same database. */
async function open(engine: TestEngine) {
	const store = await engine.open();
	await seedDemoSalon(store, CRM, { seed: 7, now: NOW, locale: 'ru' });
	let now = Date.parse(NOW);
	const instant = (): string => new Date(now).toISOString();
	const crm = createBuiltinCrm(store, CRM, instant);
	const sync = (tenant: string, on: Store = store, read: BookingCrm = crm): Sync => createSync({ store: on, crm: read, reader: createBuiltinReader(), tenant, clock: () => now });
	return {
		store, crm, sync,
		salon: createBuiltinSalon(store, CRM, instant),
		pass: (ms: number) => void (now += ms),
		async run(tenant: string, order: Partial<SyncOrder> = {}, read?: BookingCrm): Promise<Readonly<Record<string, StreamReport>>> {
			const { streams } = valueOf(await sync(tenant, store, read).run({ kind: 'full', ...order }));
			now += MINUTE_MS;
			return Object.fromEntries(streams.map((report) => [report.stream, report]));
		},
	};
}

describe('the copy of the embedded CRM', () => {
	it('promises that every list tells its changes', () => {
		for (const reason of ['limits and faults of a network, which it has not', 'cards and visits that are gone from its lists: it keeps them, erased or cancelled']) process.stdout.write(`the copy of the embedded CRM: not able, so not tested: ${reason}\n`);
		expect(Object.values(createBuiltinReader().windows).every((window) => window === 'changes')).toBe(true);
	});

	describeEngines((dialect, engine) => {
		it('holds all of it, money to the unit, finds nothing to do again, and a tick brings what a copy made anew would hold', async () => {
			const { store, crm, salon, run, sync } = await open(engine);
			const first = await run('copy');
			expect(Object.values(statuses(first)).every((status) => status === 'done')).toBe(true);
			expect(Object.values(first).map(({ rejected }) => rejected)).toEqual([0, 0, 0, 0, 0, 0, 0]);
			const [clients, visits, sales] = [await store.db.selectFrom('crm_client').select('id').where('tenant', '=', CRM).execute(), await store.db.selectFrom('crm_appointment').select('id').where('tenant', '=', CRM).execute(), await store.db.selectFrom('crm_goods_sale').select('id').where('tenant', '=', CRM).execute()];
			expect([first.clients?.inserted, first.visits?.inserted, first.goods?.inserted]).toEqual([clients.length, visits.length, sales.length]);
			const lines = await store.db.selectFrom('crm_goods_sale_line').select(['quantity', 'unit_price']).where('tenant', '=', CRM).execute();
			const goods = await store.db.selectFrom('sync_goods').select('cost').where('tenant', '=', 'copy').execute();
			expect(goods.reduce((sum, { cost }) => sum + cost, 0)).toBe(lines.reduce((sum, { quantity, unit_price: price }) => sum + quantity * price, 0));
			const schedule = await store.db.selectFrom('sync_schedule').select('hours').where('tenant', '=', 'copy').execute();
			expect(schedule.map(({ hours }) => hours)).toContainEqual(expect.stringMatching(/"weekdays":\[[1-7]\]/));

			const before = await stateOf(store, 'copy');
			expect(changed(await run('copy'))).toBe(0);
			expect(await stateOf(store, 'copy')).toEqual(before);
			const card = valueOf(await crm.createClient({ name: 'Вера Ёлкина', phone: '+79163009999' }));
			valueOf(await crm.updateClient(clients[0]?.id ?? '', { name: 'Новое имя' }));
			valueOf(await salon.createGoodsSale({ clientId: card.id, lines: [{ title: 'Шампунь', quantity: 2, unitPrice: 120_050 }] }));
			const bounds = async (): Promise<string> => (await sync('copy').book.streams()).map(({ changed_to: to }) => to ?? '').join();
			const reached = await bounds();
			const tick = await run('copy', { kind: 'incremental' });
			expect([tick.clients?.inserted, tick.clients?.updated, tick.goods?.inserted]).toEqual([1, 1, 1]);
			expect((await bounds()) > reached).toBe(true);
			await run('anew');
			expect(await liveRows(store, 'copy')).toEqual(await liveRows(store, 'anew'));
			expect(await lostRows(store, 'copy')).toBe(0);
		}, PATIENCE_MS);

		it('comes out the same from pages turned round and told twice, and from two runs at once; an erased card stays, as nobody’s', async () => {
			const { store, crm, salon, run, sync, pass } = await open(engine);
			await run('plain');
			await run('odd', {}, twice(crm));
			const both = await Promise.all([sync('both').run({ kind: 'full' }), sync('both').run({ kind: 'full' })]);
			for (const { streams } of both.map(valueOf)) for (const { status } of streams) expect(['done', 'busy']).toContain(status);
			pass(LEASE_MS);
			await run('both');
			const plain = await liveRows(store, 'plain');
			expect(await liveRows(store, 'odd')).toEqual(plain);
			expect(await liveRows(store, 'both')).toEqual(plain);
			const [gone = ''] = plain.clients?.map(({ id }) => id) ?? [];
			valueOf(await salon.eraseClient(gone));
			for (let again = 0; again < 3; again += 1) await run('plain');
			expect(await lostRows(store, 'plain')).toBe(0);
		}, PATIENCE_MS);

		it('ends alike wherever the process was killed, and touches no other copy', async () => {
			const { store, run, sync, pass } = await open(engine);
			await run('bystander', { streams: ['visits'] });
			const untouched = await stateOf(store, 'bystander');
			const counting = killable(store);
			valueOf(await sync('clean', counting.store).run({ kind: 'full' }));
			const expected = await stateOf(store, 'clean');
			for (const point of killPoints(counting.steps, dialect === 'sqlite' ? 4 : 2, newLot())) {
				const tenant = `killed ${point}`;
				await expect(sync(tenant, killable(store, point).store).run({ kind: 'full' })).rejects.toThrow(Killed);
				pass(LEASE_MS);
				await run(tenant, { freshAfter: '2026-11-20T00:00:00Z' });
				expect({ seed: SEED, point, state: await stateOf(store, tenant) }).toEqual({ seed: SEED, point, state: expected });
			}
			expect(await stateOf(store, 'bystander')).toEqual(untouched);
		}, KILLING_MS);
	});
});
