import type { StreamName } from '../../../core/booking';
import type { HttpPort } from '../../../core/crm/http';
import { describeEngines } from '../../support/engines';
import { Killed, killable, stateOf } from '../../unit/sync/state';
import { killPoints, newLot, SEED } from '../../unit/sync/lots';
import { changed, type CopiedSalon, inabilities, liveRows, openCopied, statuses, twice, widened } from './sync-bench';
import type { VendorUnderTest } from './vendor-bench';
import { playFaults } from './sync-faults';
import { valueOf } from './bench';

/** Requests of a tick by the bar of the sync. */
const MOST_REQUESTS = 5;
const SEVERAL: readonly StreamName[] = ['clients', 'visits'];

/** Of a test on a machine that does other things too, and of one that kills everywhere. */
const PATIENCE_MS = 300_000;
const KILLING_MS = 3_600_000;

const JUNK: readonly unknown[] = [null, '', 'ё😀\0\ud83d"\'%_', 9_007_199_254_740_993n.toString(), 2 ** 53, -1, 1.5, true, [], {}, [null], { id: '1' }, 'x'.repeat(30_000), '9999-99-99', '0000-00-00T00:00:00'];

let tenants = 0;
const newTenant = (): string => `copy ${(tenants += 1)}`;

async function within(vendor: VendorUnderTest, work: (salon: CopiedSalon) => Promise<void>, wrap?: (port: HttpPort) => HttpPort, limits = false): Promise<void> {
	const salon = await openCopied(vendor, wrap, limits);
	try {
		await work(salon);
	} finally {
		await salon.bench.close();
	}
}

const allDone = (salon: CopiedSalon): Readonly<Record<string, string>> => Object.fromEntries(salon.bench.crm.capabilities.streams.map((name) => [name, 'done']));

/** What every vendor's copy has to be, on both engines. Where a vendor cannot tell, its reader has to say so. */
export function describeSync(vendor: VendorUnderTest): void {
	describe(`the copy of ${vendor.name}`, () => {
		it('promises no more than its streams can give', () =>
			within(vendor, async (salon) => {
				const { bench: { crm }, hooks: { reader } } = salon;
				for (const reason of inabilities(salon)) process.stdout.write(`the copy of ${vendor.name}: not able, so not tested: ${reason}\n`);
				for (const name of crm.capabilities.streams) expect(['changes', 'starts', 'whole']).toContain(reader.windows[name]);
				for (const name of reader.checks ?? []) {
					for await (const page of crm.stream(name, { ids: [] })) expect(page).toMatchObject({ kind: 'ok', value: { records: [], cursor: null } });
				}
				// what cannot be asked by id is refused, never answered with everybody
				for (const name of crm.capabilities.streams.filter((one) => reader.checks?.includes(one) !== true)) {
					for await (const page of crm.stream(name, { ids: ['1'] })) expect([name, page.kind]).toEqual([name, 'refused']);
				}
			}), PATIENCE_MS);

		it('is read by a reader that survives whatever a record is made of', () =>
			within(vendor, async ({ hooks: { reader }, bench: { crm } }) => {
				const company = valueOf(await crm.company());
				const kinds = new Set<string>();
				let records = 0;
				for (const name of crm.capabilities.streams) {
					for await (const page of crm.stream(name, {})) {
						for (const { id, data } of valueOf(page).records.slice(0, 2)) {
							records += 1;
							for (const key of Object.keys(data)) {
								const { [key]: _gone, ...rest } = data;
								for (const spoiled of [rest, ...JUNK.map((value) => ({ ...data, [key]: value }))]) kinds.add(reader.read(name, { id, data: spoiled }, company).kind);
							}
						}
					}
				}
				expect(records).toBeGreaterThan(0);
				expect(['row', 'voided', 'skipped', 'rejected']).toEqual(expect.arrayContaining([...kinds]));
			}), PATIENCE_MS);

		describeEngines((dialect, engine) => {
			it('holds what the vendor holds, and finds nothing to do the second time', () =>
				within(vendor, async (salon) => {
					const [store, tenant] = [await engine.open(), newTenant()];
					const { bench, hooks, cards } = salon;
					expect(statuses(await salon.run(store, tenant))).toEqual(allDone(salon));
					expect(await store.db.selectFrom('sync_reject').selectAll().where('tenant', '=', tenant).execute()).toEqual([]);
					const company = valueOf(await bench.crm.company());
					expect(await store.db.selectFrom('sync_company').select(['zone', 'currency']).where('tenant', '=', tenant).execute()).toEqual([{ zone: company.zone, currency: company.currency }]);
					const rows = await store.db.selectFrom('sync_visit').selectAll().where('tenant', '=', tenant).where('deleted_at', 'is', null).execute();
					const utc = (instant: string): string => new Date(instant).toISOString();
					const copied = rows.filter(({ status }) => status !== 'cancelled').map(({ id, client_id: client, staff_id: staff, start_at: start, end_at: end, status, services_amount: amount }) => ({ id, client, staff, start, end, status, amount }));
					const told = await salon.told();
					const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
					expect(copied.sort(byId)).toEqual(told.map(({ id, clientId: client, staffId: staff, start, end, status, price }) => ({ id, client, staff, start: utc(start), end: utc(end), status, amount: price?.min ?? 0 })).sort(byId));
					expect(copied.map(({ id }) => id).sort()).toEqual(bench.live().map(({ id }) => id).sort());
					const clients = await store.db.selectFrom('sync_client').select(['id', 'name', 'phone']).where('tenant', '=', tenant).execute();
					if (hooks.card !== undefined) expect(clients).toEqual(expect.arrayContaining(cards.map((id, index) => ({ id, name: expect.any(String), phone: `+7916300${String(1000 + index)}` }))));
					const services = await store.db.selectFrom('sync_service').select(['id', 'price_min']).where('tenant', '=', tenant).execute();
					const priced = valueOf(await bench.crm.services());
					for (const { id, price_min: price } of services) expect({ id, price }).toEqual({ id, price: priced.find((one) => one.id === id)?.price?.min ?? null });

					const before = await stateOf(store, tenant);
					const again = await salon.run(store, tenant);
					expect({ changed: changed(again), statuses: statuses(again) }).toEqual({ changed: 0, statuses: allDone(salon) });
					expect(await stateOf(store, tenant)).toEqual(before);
					bench.requests.clear();
					const ticking = SEVERAL.filter((name) => hooks.reader.windows[name] === 'changes' && bench.crm.capabilities.streams.includes(name));
					const tick = await salon.run(store, tenant, { kind: 'incremental', streams: ticking });
					expect(changed(tick)).toBe(0);
					// a vendor without changes has no cheap tick, and says so
					if (ticking.length > 0) expect(bench.requests.all.length).toBeLessThanOrEqual(MOST_REQUESTS);
					else expect(SEVERAL.map((name) => hooks.reader.windows[name])).not.toContain('changes');
				}), PATIENCE_MS);

			it('brings by ticks what a copy made anew would hold', () =>
				within(vendor, async (salon) => {
					const [store, tenant, anew] = [await engine.open(), newTenant(), newTenant()];
					const { bench, hooks, cards, visits } = salon;
					const { crm } = bench;
					await salon.run(store, tenant);
					const [first = '', second = ''] = cards;
					hooks.rename?.(first, 'Новое имя');
					hooks.card?.('Вера Новая', '+79163009999');
					const [cancelled, moved, dropped] = visits.map(({ id }) => id);
					valueOf(await crm.cancelAppointment(cancelled ?? '', 'sync cancel'));
					if (crm.capabilities.reschedule) valueOf(await crm.rescheduleAppointment(moved ?? '', { start: '2026-11-26T15:00:00+03:00' }, 'sync move'));
					hooks.drop('visit', dropped ?? '');
					await salon.book('18:00', 'sync late');
					const [, , , came] = visits;
					if (came !== undefined) hooks.arrive?.(came.id);
					if (hooks.card !== undefined) hooks.drop('client', second);
					const bounds: string[] = [];
					for (let tick = 0; tick < 2; tick += 1) {
						const reports = await salon.run(store, tenant, { kind: 'incremental' });
						expect(statuses(reports)).toEqual(allDone(salon));
						bounds.push((await salon.sync(store, tenant).book.streams()).map(({ changed_to: to }) => to ?? '').join());
					}
					expect([...bounds].sort()).toEqual(bounds);
					if (hooks.arrive !== undefined) expect(await store.db.selectFrom('sync_visit').select(['status', 'services_amount']).where('tenant', '=', tenant).where('id', '=', came?.id ?? '').execute()).toEqual([{ status: 'arrived', services_amount: came?.price?.min ?? 0 }]);
					if (hooks.arrive !== undefined && hooks.card !== undefined) expect(await store.db.selectFrom('sync_client').select('services_amount').where('tenant', '=', tenant).where('id', '=', bench.clientId).execute()).toEqual([{ services_amount: came?.price?.min ?? 0 }]);
					await salon.run(store, anew);
					const whole = await liveRows(store, anew);
					// who tells changes need not tell what is gone: whole readings find that
					const unseen = [...(hooks.reader.windows.clients === 'changes' ? [second] : []), ...(hooks.reader.windows.visits === 'changes' ? [dropped] : [])];
					const without = (rows: typeof whole): unknown => Object.values(rows).map((list) => list.filter(({ id }) => !unseen.includes(id)));
					expect(without(await liveRows(store, tenant))).toEqual(without(whole));
					for (let run = 0; run < 2; run += 1) await salon.run(store, tenant);
					expect(await liveRows(store, tenant)).toEqual(whole);
					// a visit that is gone is marked, never removed
					const kept = await store.db.selectFrom('sync_visit').select('id').where('tenant', '=', tenant).execute();
					expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(visits.map(({ id }) => id)));
				}), PATIENCE_MS);

			it('deletes a card only after two readings, and never many at once', () =>
				within(vendor, async (salon) => {
					const { hooks, cards } = salon;
					if (hooks.card === undefined) return expect(salon.bench.crm.capabilities.streams).not.toContain('clients');
					const [store, tenant] = [await engine.open(), newTenant()];
					const others = Array.from({ length: 40 }, (_unused, index) => hooks.card?.(`Гость ${index}`, `+7916400${String(1000 + index)}`) ?? '');
					await salon.run(store, tenant, { streams: ['clients'] });
					const [gone = ''] = cards;
					hooks.drop('client', gone);
					const dead = async (): Promise<readonly string[]> => (await store.db.selectFrom('sync_client').select('id').where('tenant', '=', tenant).where('deleted_at', 'is not', null).execute()).map(({ id }) => id);
					await salon.run(store, tenant, { streams: ['clients'] });
					expect(await dead()).toEqual([]);
					await salon.run(store, tenant, { streams: ['clients'] });
					expect(await dead()).toEqual([gone]);
					for (const id of others) hooks.drop('client', id);
					for (let run = 0; run < 3; run += 1) await salon.run(store, tenant, { streams: ['clients'] });
					expect(await dead()).toEqual([gone]);
				}), PATIENCE_MS);

			it('lets go of a record that is no visit any more, with what it came to', () =>
				within(vendor, async (salon) => {
					const { hooks, visits: [first] } = salon;
					if (hooks.empty === undefined || first === undefined) return;
					const [store, tenant] = [await engine.open(), newTenant()];
					hooks.arrive?.(first.id);
					await salon.run(store, tenant);
					const before = await liveRows(store, tenant);
					expect(before.visits?.map(({ id }) => id)).toContain(first.id);
					hooks.empty(first.id);
					// where the list leaves such records out, they are gone as others are: after two whole readings
					for (let run = 0; run < 2; run += 1) await salon.run(store, tenant);
					const after = await liveRows(store, tenant);
					expect(after.visits).toEqual(before.visits?.filter(({ id }) => id !== first.id));
					if (hooks.card !== undefined) expect(await store.db.selectFrom('sync_client').select('services_amount').where('tenant', '=', tenant).where('id', '=', salon.bench.clientId).execute()).toEqual([{ services_amount: 0 }]);
					const settled = await stateOf(store, tenant);
					expect(changed(await salon.run(store, tenant))).toBe(0);
					expect(await stateOf(store, tenant)).toEqual(settled);
				}), PATIENCE_MS);

			it('comes out the same from pages turned round and told twice, and from two runs at once', () =>
				within(vendor, async (salon) => {
					const store = await engine.open();
					const [plain, odd, both] = [newTenant(), newTenant(), newTenant()];
					await salon.run(store, plain);
					await salon.run(store, odd, {}, twice);
					const [one, other] = await Promise.all([salon.sync(store, both).run({ kind: 'full' }), salon.sync(store, both).run({ kind: 'full' })]);
					for (const { streams } of [valueOf(one), valueOf(other)]) for (const { status } of streams) expect(['done', 'busy']).toContain(status);
					salon.wait();
					await salon.run(store, both);
					expect(await liveRows(store, odd)).toEqual(await liveRows(store, plain));
					expect(await liveRows(store, both)).toEqual(await liveRows(store, plain));
				}), PATIENCE_MS);

			it('ends alike wherever the process was killed, and touches no other copy', async () => {
				const strike: { next: (() => void) | null } = { next: null };
				await within(vendor, async (salon) => {
					const store = await engine.open();
					const [clean, bystander] = [newTenant(), newTenant()];
					await salon.run(store, bystander, { streams: ['visits'] });
					const untouched = await stateOf(store, bystander);
					salon.bench.requests.clear();
					const counting = killable(store);
					await salon.run(counting.store, clean);
					const expected = await stateOf(store, clean);
					const requests = salon.bench.requests.all.length;
					const random = newLot();
					const [asked, stated] = dialect === 'sqlite' ? [5, 3] : [2, 1];
					// every kill falls on the same day: hundreds of waits would end on another, with other schedules
					const began = salon.now;
					let kills = 0;
					for (const point of killPoints(requests, asked, random)) {
						const tenant = newTenant();
						salon.now = began;
						const process = killable(store, point, 'others');
						strike.next = () => process.step();
						const killed = await salon.sync(process.store, tenant).run({ kind: 'full' }).then(() => false, (error: unknown) => {
							if (error instanceof Killed) return true;
							throw error;
						});
						strike.next = null;
						salon.wait();
						// the first requests of a run may be the branch's own facts, kept from then on
						if (killed) await salon.run(store, tenant, { freshAfter: '2026-11-20T00:00:00Z' });
						kills += Number(killed);
						expect({ seed: SEED, request: point, state: await stateOf(store, tenant) }).toEqual({ seed: SEED, request: point, state: expected });
					}
					for (const point of killPoints(counting.steps, stated, random)) {
						const tenant = newTenant();
						salon.now = began;
						await expect(salon.sync(killable(store, point).store, tenant).run({ kind: 'full' })).rejects.toThrow(Killed);
						salon.wait();
						await salon.run(store, tenant, { freshAfter: '2026-11-20T00:00:00Z' });
						kills += 1;
						expect({ seed: SEED, point, state: await stateOf(store, tenant) }).toEqual({ seed: SEED, point, state: expected });
					}
					process.stdout.write(`${vendor.name}, ${dialect}: killed ${kills} times at ${requests} requests and ${counting.steps} statements, seed ${SEED}\n`);
					expect(await stateOf(store, bystander)).toEqual(untouched);
				}, (port) => ({ exchange: (request) => (strike.next?.(), port.exchange(request)) }));
			}, KILLING_MS);

			it('takes fields that come and go, and says so', () =>
				within(vendor, async (salon) => {
					const [store, tenant] = [await engine.open(), newTenant()];
					await salon.run(store, tenant);
					const odd = { 'новый ключ 😀': 'ё\0' };
					const told = Object.values(await salon.run(store, tenant, {}, (crm) => widened(crm, odd))).filter(({ rows }) => rows > 0);
					expect(told.map(({ newFields }) => newFields)).toEqual(told.map(() => Object.keys(odd)));
					const back = await salon.run(store, tenant);
					expect(told.map(({ stream }) => back[stream]?.missingFields)).toEqual(told.map(() => Object.keys(odd)));
					expect(await salon.sync(store, tenant).book.fields()).toContainEqual(expect.objectContaining({ name: Object.keys(odd)[0], missingSince: expect.any(String) }));
				}), PATIENCE_MS);

			it('loses nothing and invents nothing whatever the vendor answers, and tells no person', () =>
				within(vendor, async (salon) => {
					const [store, tenant] = [await engine.open(), newTenant()];
					const written: string[] = [];
					const spies = (['stdout', 'stderr'] as const).map((name) => jest.spyOn(process[name], 'write').mockImplementation((text) => (written.push(String(text)), true)));
					const told = await playFaults(salon, store, tenant, { seed: SEED, rounds: dialect === 'sqlite' ? 10 : 4 }).finally(() => spies.forEach((spy) => spy.mockRestore()));
					const { faults, edits, falseDeletions, lostUpdates, wrongMoney } = told;
					process.stdout.write(`faults of the sync, ${vendor.name}, ${dialect}: seed ${SEED}, ${faults} met, ${edits} changes meanwhile\n`);
					expect({ seed: SEED, falseDeletions, lostUpdates, wrongMoney }).toEqual({ seed: SEED, falseDeletions: 0, lostUpdates: 0, wrongMoney: 0 });
					expect(`${written.join('')} ${JSON.stringify(told.reports)} ${JSON.stringify(await salon.sync(store, tenant).book.latest(100))}`).not.toMatch(/\+7916|7916300|Алёна|Зоя/);
					expect(told.faults).toBeGreaterThan(0);
				}), PATIENCE_MS);
		});

		describeEngines((_dialect, engine) => {
			it('keeps within the vendor’s limits', () =>
				within(vendor, async (salon) => {
					const store = await engine.open();
					const tenant = newTenant();
					const runOn = (run: number): Promise<unknown> => salon.run(store, tenant, run === 0 ? {} : { freshAfter: '2026-11-20T00:00:00Z' });
					// waiting for a place may outlast a request: then the next run goes on
					for (let run = 0; run < 4; run += 1) await runOn(run);
					expect((await salon.sync(store, tenant).book.streams()).map(({ full_at: at, last_error: error }) => ({ read: at !== null, error }))).toEqual(salon.bench.crm.capabilities.streams.map(() => ({ read: true, error: null })));
					expect(salon.bench.requests.all.filter(({ limited }) => limited)).toEqual([]);
				}, undefined, true), PATIENCE_MS);
		}, ['sqlite']);
	});
}
