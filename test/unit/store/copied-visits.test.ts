import { linesOfTotal, type Phone, type SyncedRow } from '../../../core/booking';
import { createOutreach } from '../../../core/outreach';
import { createHabits, openProfiles } from '../../../core/profile';
import { weeklyFigures } from '../../../core/report';
import type { Store } from '../../../core/store';
import { copiedVisits, recentVisitsByPhone } from '../../../core/store/copied';
import { createSync } from '../../../core/sync';
import { describeEngines, type TestEngine } from '../../support/engines';
import { client, createCrmDouble, T0, visit } from '../sync/double';

const DAY = 86_400_000;
const at = (days: number): string => new Date(T0 + days * DAY).toISOString();
const NOW = at(0);
const PHONE = '+79160000001' as Phone;
/** Two services of which the vendor knows the sum alone, minor units. */
const lines = linesOfTotal(['a', 'b'], 100);
let tenants = 0;

const on = (id: string, days: number, extra: Parameters<typeof visit>[2] = {}): SyncedRow => visit(id, '1', { start: at(days), end: at(days + 0.05), createdAt: at(-90), lines, ...extra });

async function branch(engine: TestEngine, visits: readonly SyncedRow[]): Promise<{ readonly store: Store; readonly tenant: string }> {
	const store = await engine.open();
	const tenant = `copied ${(tenants += 1)}`;
	const double = createCrmDouble();
	double.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', extra: {} });
	for (const id of ['a', 'b']) double.put('services', { entity: 'service', id, title: `Услуга ${id}`, active: true, extra: {} });
	double.put('clients', client('1', { phone: PHONE }));
	for (const row of visits) double.put('visits', row);
	await createSync({ store, crm: double.crm, reader: double.reader, tenant, clock: () => T0 }).run({ kind: 'full' });
	return { store, tenant };
}

describe('visits whose vendor knows the sum alone', () => {
	describeEngines((_dialect, engine) => {
		const past = [on('v1', -60), on('v2', -30), on('v3', -3)];

		it('keep their services, the sum on the first', async () => {
			const { store, tenant } = await branch(engine, past);
			const told = [{ serviceId: 'a', title: '', cost: 100 }, { serviceId: 'b', title: '', cost: undefined }];
			const visits = copiedVisits(store, tenant);
			expect((await visits.ofClients(['1'])).map((one) => [one.lines, one.amount])).toEqual(past.map(() => [told, 100]));
			expect((await visits.starting(at(-4), NOW)).map((one) => one.lines)).toEqual([told]);
			expect((await visits.startingOfAnybody(at(-4), NOW)).map((one) => one.lines)).toEqual([told]);
			expect((await recentVisitsByPhone(store, tenant, PHONE)).map(({ serviceIds }) => serviceIds)).toEqual(past.map(() => ['a', 'b']));
		});

		it('make favourites, a last visit and a habit', async () => {
			const { store, tenant } = await branch(engine, past);
			const profile = await (await openProfiles({ store, tenant, now: NOW }))?.byId('1');
			expect(profile?.history?.favouriteServices).toEqual([{ id: 'a', visits: 3, share: 1 }, { id: 'b', visits: 3, share: 1 }]);
			expect(profile?.history?.lastVisit?.services.map(({ id }) => id)).toEqual(['a', 'b']);
			expect(await createHabits(store).usualVisit(tenant, { phone: PHONE, clientId: null, now: NOW })).toMatchObject({ serviceIds: ['a', 'b'], visits: 3 });
		});

		it('have their shares in the report of the week, and their services in what is said to the client', async () => {
			const { store, tenant } = await branch(engine, [...past, on('v4', 0.9, { status: 'booked' })]);
			expect((await weeklyFigures({ store, tenant, day: at(-3).slice(0, 10) }))?.serviceShares).toEqual([{ id: 'a', name: 'Услуга a', visits: 2, amount: 200 }, { id: 'b', name: 'Услуга b', visits: 2, amount: 0 }]);
			const due = await createOutreach({ store, tenant, now: () => NOW }).due({ kind: 'reminder', hoursBefore: 24, leastMinutesBefore: 0, hoursAfter: 3, needsConsent: false, quiet: { from: 0, to: 0 }, limit: 10 });
			expect(due).toMatchObject({ kind: 'due', notices: [{ visit: { id: 'v4', services: { length: 2 } } }] });
		});
	});
});

describe('visits without a card', () => {
	describeEngines((_dialect, engine) => {
		it('are told to who asks for anybody’s, and nobody is reminded or at risk by them', async () => {
			const { store, tenant } = await branch(engine, [on('v1', -3), on('nobody', -3, { clientId: null }), on('ahead', 0.9, { clientId: null, status: 'booked' })]);
			const visits = copiedVisits(store, tenant);
			expect((await visits.startingOfAnybody(at(-4), at(2))).map(({ id, clientId }) => [id, clientId])).toEqual([['nobody', null], ['v1', '1'], ['ahead', null]]);
			expect((await visits.starting(at(-4), at(2))).map(({ id }) => id)).toEqual(['v1']);
			expect(await (await openProfiles({ store, tenant, now: NOW }))?.risks(NOW, at(2))).toEqual([]);
		});
	});
});
