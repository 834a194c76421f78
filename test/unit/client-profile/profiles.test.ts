import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { StreamName, SyncedRow } from '../../../core/booking';
import { createHabits, openProfiles, type Profiles, type Segment } from '../../../core/profile';
import type { Store } from '../../../core/store';
import { createSync } from '../../../core/sync';
import { describeEngines, type TestEngine } from '../../support/engines';
import { client, createCrmDouble, type CrmDouble, sale, visit } from '../sync/double';

jest.setTimeout(60_000);

const NOW = '2026-11-21T09:00:00.000Z';
const DAY_MS = 86_400_000;
const IRINA = '+79160000001';
let tenants = 0;

const on = (days: number): string => new Date(Date.parse(NOW) - days * DAY_MS).toISOString();
const at = (id: string, clientId: string, days: number, extra: Parameters<typeof visit>[2] = {}): SyncedRow => visit(id, clientId, { start: on(days), end: new Date(Date.parse(on(days)) + 3_600_000).toISOString(), ...extra });

interface Copy {
	readonly store: Store;
	readonly tenant: string;
	readonly double: CrmDouble;
	/** Copies what was put into the double since. */
	sync(): Promise<void>;
	profiles(): Promise<Profiles>;
}

/** A branch of six clients: Irina comes for a cut, 2 sleeps, 3 came once and missed twice, 4 never came, 5 and 6 share a phone. */
async function copied(engine: TestEngine, streams?: readonly StreamName[]): Promise<Copy> {
	const store = await engine.open();
	const tenant = `profiles-${++tenants}`;
	const double = createCrmDouble();
	double.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', extra: {} });
	for (const id of ['cut', 'color']) double.put('services', { entity: 'service', id, title: id, active: id === 'cut', extra: {} });
	for (const id of ['s1', 's2']) double.put('staff', { entity: 'staff', id, name: `Мастер ${id}`, active: true, extra: {} });
	const people: readonly SyncedRow[] = [
		client('1', { phone: IRINA, totalSpent: 900_000, birthday: '1990-11-23' }), client('2', { totalSpent: 300_000 }), client('3', { totalSpent: 50_000 }),
		client('4', { totalSpent: undefined, visitsCount: undefined }), client('5', { phone: '+79165550000' }), client('6', { phone: '+79165550000' }),
	];
	for (const one of people) double.put('clients', one);
	for (const [index, days] of [10, 40, 70].entries()) double.put('visits', at(`a${index}`, '1', days));
	for (const [index, days] of [100, 130, 160].entries()) double.put('visits', at(`b${index}`, '2', days, { staffId: 's2' }));
	double.put('visits', at('c0', '3', 200));
	for (const [index, days] of [30, 60].entries()) double.put('visits', at(`c${index + 1}`, '3', days, { status: 'no_show' }));
	for (const id of ['1', '3', '4']) if (id !== '1') double.put('visits', at(`next-${id}`, id, -1, { status: 'booked', createdAt: on(12) }));
	for (const id of ['5', '6']) for (const days of [20, 50]) double.put('visits', at(`${id}-${days}`, id, days));
	double.put('goods', sale('g1', '1', { cost: 750_000 }));
	const sync = async (): Promise<void> => void (await createSync({ store, crm: double.crm, reader: double.reader, tenant, clock: () => Date.parse(NOW) }).run({ kind: 'full', ...(streams === undefined ? {} : { streams }) }));
	await sync();
	return {
		store,
		tenant,
		double,
		sync,
		async profiles() {
			const profiles = await openProfiles({ store, tenant, now: NOW });
			if (profiles === null) throw new Error('Nothing is copied');
			return profiles;
		},
	};
}

async function ids(profiles: Profiles, segment: Segment | null): Promise<readonly string[]> {
	const found: string[] = [];
	for await (const { client: one } of profiles.all(segment)) found.push(one.id);
	return found;
}

describe('profiles of the copy', () => {
	describeEngines((_dialect, engine) => {
		it('are none where nothing is copied', async () => {
			expect(await openProfiles({ store: await engine.open(), tenant: 'nobody', now: NOW })).toBeNull();
		});

		it('show a client with visits, money, favourites and segments', async () => {
			const [irina] = await (await (await copied(engine)).profiles()).byPhone(IRINA);
			expect(irina).toMatchObject({
				client: { id: '1', phone: IRINA, birthday: '1990-11-23', blocked: null },
				history: { kept: 3, noShows: 0, noShowRate: 0, usualInterval: { days: 30, samples: 2 }, favouriteServices: [{ id: 'cut', visits: 3, share: 1 }], favouriteStaff: [{ id: 's1' }], lastVisit: { date: '2026-11-11' }, nextVisit: null },
				spending: { currency: 'RUB', total: 900_000, services: 150_000, goods: 750_000, mismatch: false },
				segments: ['regular', 'vip', 'birthday'],
			});
		});

		it('tell an empty history from one that is not known', async () => {
			const known = await (await copied(engine)).profiles();
			expect(await known.byId('4')).toMatchObject({ history: { kept: 0, noShowRate: null }, spending: { total: null, services: 0, goods: null }, segments: ['new'] });
			const unknown = await (await copied(engine, ['company', 'clients'])).profiles();
			expect([unknown.visitsKnown, known.visitsKnown]).toEqual([false, true]);
			expect(await unknown.byId('4')).toMatchObject({ history: null, spending: { total: null, services: null, goods: null }, segments: [] });
			expect(await known.byId('nobody')).toBeNull();
		});

		it('list segments over pages, and nobody of another branch', async () => {
			const copy = await copied(engine);
			await copied(engine);
			const profiles = await copy.profiles();
			expect(await ids(profiles, null)).toEqual(['1', '2', '3', '4', '5', '6']);
			expect(await ids(profiles, 'regular')).toEqual(['1']);
			expect(await ids(profiles, 'sleeping')).toEqual(['2']);
			expect(await ids(profiles, 'vip')).toEqual(['1']);
			expect(await ids(profiles, 'birthday')).toEqual(['1']);
		});

		it('keep what the salon notes over the next sync', async () => {
			const { store, tenant, profiles } = await copied(engine);
			const opened = await profiles();
			expect(await opened.note('1', { note: 'Любит чай', optedOutAt: NOW, nameForms: '{"dative":"Ирине"}' })).toBe(true);
			expect(await opened.note('1', { note: null })).toBe(true);
			expect(await opened.note('nobody', { note: 'x' })).toBe(false);
			expect((await opened.byId('1'))?.notes).toEqual({ note: null, nameForms: '{"dative":"Ирине"}', consentAt: null, optedOutAt: NOW });
			expect(await createHabits(store).usualVisit(tenant, { phone: IRINA, clientId: null, now: NOW })).toBeNull();
		});

		it('rank visits ahead by risk, with reasons read from the salon', async () => {
			const risks = await (await (await copied(engine)).profiles()).risks(NOW, on(-3));
			expect(risks.map(({ visit: one }) => one.id)).toEqual(['next-3', 'next-4']);
			expect(risks[0]).toMatchObject({ date: '2026-11-22', minute: 720, client: { id: '3' } });
			expect(risks[0]?.risk.reasons[0]).toMatchObject({ factor: 'ownHistory', missed: 2, visits: 3 });
			expect(risks[0]?.risk.probability).toBeGreaterThan(risks[1]?.risk.probability ?? 1);
		});

		// Mutants: records for visits, in the list and in the past; the edge of the list cutting a visit in two.
		it('count a visit of several records once in risks, with all that is to be done', async () => {
			const copy = await copied(engine);
			const { double, sync } = copy;
			const several = (visitId: string, of: number, days: number, extra: Parameters<typeof visit>[2] = {}): void => {
				for (let index = 0; index < of; index++) double.put('visits', at(`${visitId}${index}`, '7', days - index / 24, { visitId, lines: [{ serviceId: `s${index}`, title: `s${index}`, amount: 1, cost: 1 }], ...extra }));
			};
			double.put('clients', client('7'));
			several('missed', 3, 40, { status: 'no_show' });
			several('kept', 2, 20);
			several('begun', 2, 0.5 / 24, { status: 'booked' });
			several('ahead', 3, -1, { status: 'booked', createdAt: on(12) });
			several('partly', 2, -2, { status: 'booked', createdAt: on(12) });
			double.put('visits', at('partly0', '7', -2, { visitId: 'partly', status: 'cancelled' }));
			// the first person was not come to, the second is still expected: nothing is known of this visit yet
			double.put('clients', client('8'));
			double.put('visits', at('half0', '8', 1 / 24, { visitId: 'half', status: 'no_show' }));
			double.put('visits', at('half1', '8', -1 / 24, { visitId: 'half', status: 'booked' }));
			await sync();
			const profiles = await copy.profiles();
			expect((await profiles.byId('7'))?.history).toMatchObject({ kept: 1, noShows: 1 });
			const risks = (await profiles.risks(NOW, on(-3))).filter(({ client: one }) => one?.id === '7').sort((a, b) => (a.start < b.start ? -1 : 1));
			expect(risks.map(({ visit: one, start, services }) => [one.id, start, services.map(({ id }) => id)])).toEqual([
				['ahead0', on(-1), ['s0', 's1', 's2']],
				['partly1', on(-2 - 1 / 24), ['s1']],
			]);
			expect(risks[0]?.risk.reasons).toContainEqual(expect.objectContaining({ factor: 'ownHistory', group: 'missed 1 of 2', missed: 1, visits: 2 }));
			const half = (await profiles.risks(NOW, on(-1))).find(({ client: one }) => one?.id === '8');
			expect([half?.visit.id, half?.risk.reasons.filter(({ factor }) => factor === 'ownHistory')]).toEqual(['half1', []]);
			// a list that ends, or begins, between two records of the visit
			expect((await profiles.risks(NOW, on(-1 - 0.5 / 24))).flatMap(({ visit: one, services }) => (one.visitId === 'ahead' ? [services.length] : []))).toEqual([3]);
			expect((await profiles.risks(on(-1 - 0.5 / 24), on(-1.5))).filter(({ visit: one }) => one.visitId === 'ahead')).toEqual([]);
		});

		it('know what a client usually comes for by one read of the phone', async () => {
			const { store, tenant } = await copied(engine);
			const query = jest.spyOn(store.db, 'executeQuery');
			const usual = (phone: string, clientId: string | null = null) => createHabits(store).usualVisit(tenant, { phone, clientId, now: NOW });
			expect(await usual(IRINA)).toEqual({ clientId: '1', serviceIds: ['cut'], staffId: 's1', visits: 3 });
			expect(query).toHaveBeenCalledTimes(1);
			query.mockRestore();
			expect(await usual('+79990000000')).toBeNull();
			expect(await usual('+79165550000')).toBeNull();
			expect(await usual('+79165550000', '6')).toMatchObject({ clientId: '6', serviceIds: ['cut'] });
			expect(await createHabits(store).usualVisit('another', { phone: IRINA, clientId: null, now: NOW })).toBeNull();
			const unknown = await copied(engine, ['company', 'clients']);
			expect(await createHabits(unknown.store).usualVisit(unknown.tenant, { phone: IRINA, clientId: null, now: NOW })).toBeNull();
		});
	});
});

const OURS = /\bsync_(client|visit)\b/;

/** Every read that profiles, lists, risks and habits make. */
async function readAll({ store, tenant, profiles }: Copy): Promise<void> {
	const opened = await profiles();
	await opened.byPhone(IRINA);
	await ids(opened, 'vip');
	await opened.risks(NOW, on(-3));
	await opened.note('1', { note: 'x' });
	await createHabits(store).usualVisit(tenant, { phone: IRINA, clientId: null, now: NOW });
}

describe('no read of a profile goes through a table', () => {
	describeEngines((_dialect, engine) => {
		it('on SQLite', async () => {
			const copy = await copied(engine);
			const prepare = jest.spyOn(DatabaseSync.prototype, 'prepare');
			await readAll(copy);
			const shipped = [...new Set(prepare.mock.calls.map(([sql]) => sql))].filter((sql) => OURS.test(sql));
			prepare.mockRestore();
			const database = new DatabaseSync(engine.config.engine === 'sqlite' ? engine.config.path : '');
			const plans = shipped.map((sql) => ({ sql, plan: (database.prepare(`explain query plan ${sql}`).all() as { readonly detail: string }[]).map(({ detail }) => detail) }));
			database.close();
			expect(shipped.length).toBeGreaterThan(6);
			// the cards of one phone, found before
			expect(plans.filter(({ plan }) => plan.some((line) => /^SCAN (?!c$|\(subquery)/.test(line)))).toEqual([]);
			const usual = plans.find(({ sql }) => sql.includes('inner join'))?.plan.join('\n');
			expect(usual).toMatch(/sync_client_phone[\s\S]*sync_visit_client/);
			const best = plans.find(({ sql }) => sql.includes('offset'))?.plan.join('\n');
			expect(best).toMatch(/sync_client_spent/);
			expect(best).not.toMatch(/TEMP B-TREE/);
		});
	}, ['sqlite']);

	describeEngines((_dialect, engine) => {
		it('on Postgres', async () => {
			const copy = await copied(engine);
			const query = jest.spyOn(Client.prototype, 'query');
			await readAll(copy);
			const shipped = new Map<string, readonly unknown[]>();
			for (const [text, values] of query.mock.calls as unknown as readonly [unknown, unknown][]) if (typeof text === 'string' && OURS.test(text) && Array.isArray(values)) shipped.set(text, values);
			query.mockRestore();
			expect(shipped.size).toBeGreaterThan(6);
			const pg = new Client({ connectionString: engine.config.engine === 'postgres' ? engine.config.connectionString : '' });
			await pg.connect();
			// an empty table is read from end to end by any plan but a forbidden one
			await pg.query('set enable_seqscan = off');
			const scans: string[] = [];
			for (const [sql, parameters] of shipped) {
				const { rows } = await pg.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters]);
				for (const { 'QUERY PLAN': step } of rows) if (/Seq Scan on "?sync_(client|visit)/.test(step)) scans.push(`${step}: ${sql.slice(0, 160)}`);
			}
			await pg.end();
			expect(scans).toEqual([]);
		});
	}, ['postgres']);
});
