import type { SyncedRow } from '../../../core/booking';
import { reportPage, reportSummary, weeklyFigures } from '../../../core/report';
import { createSync } from '../../../core/sync';
import { describeEngines, type TestEngine } from '../../support/engines';
import { client, createCrmDouble, sale, visit } from '../sync/double';

const NAME = '<script>alert(1)</script>';
let tenants = 0;

const at = (id: string, clientId: string, start: string, extra: Parameters<typeof visit>[2] = {}): SyncedRow =>
	visit(id, clientId, { start: new Date(start).toISOString(), end: new Date(Date.parse(start) + 3_600_000).toISOString(), ...extra });

async function branch(engine: TestEngine, rows: readonly (readonly ['visits' | 'goods', SyncedRow])[]) {
	const store = await engine.open();
	const tenant = `report-${++tenants}`;
	const double = createCrmDouble();
	double.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', extra: {} });
	double.put('services', { entity: 'service', id: 'cut', title: 'Стрижка', active: true, extra: {} });
	double.put('staff', { entity: 'staff', id: 's1', name: NAME, active: true, extra: {} });
	for (const id of ['1', '2']) double.put('clients', client(id));
	for (const [name, row] of rows) double.put(name, row);
	await createSync({ store, crm: double.crm, reader: double.reader, tenant, clock: () => Date.parse('2026-11-21T09:00:00Z') }).run({ kind: 'full' });
	return { store, tenant };
}

describe('the week of a branch', () => {
	describeEngines((_dialect, engine) => {
		it('is that of the branch’s own calendar, midnight and all', async () => {
			const { store, tenant } = await branch(engine, [
				['visits', at('first', '1', '2026-11-16T00:10:00+03:00')],
				['visits', at('last', '1', '2026-11-22T23:50:00+03:00')],
				['visits', at('sunday before', '1', '2026-11-15T23:50:00+03:00')],
				['visits', at('monday after', '1', '2026-11-23T00:10:00+03:00')],
				['goods', sale('g', '1', { soldAt: new Date('2026-11-16T00:20:00+03:00').toISOString(), cost: 30_000 })],
			]);
			const figures = await weeklyFigures({ store, tenant, day: '2026-11-18' });
			expect(figures).toMatchObject({ from: '2026-11-16', to: '2026-11-22', total: { visits: 2, services: 100_000, goods: 30_000 }, before: { visits: 1, services: 50_000, goods: 0 } });
			expect(figures?.days.map(({ visits }) => visits)).toEqual([1, 0, 0, 0, 0, 0, 1]);
			expect(figures?.days).toHaveLength(7);
		});

		it('counts who did not come apart, and new clients once', async () => {
			const { store, tenant } = await branch(engine, [
				['visits', at('old', '1', '2026-10-01T12:00:00+03:00')],
				['visits', at('a', '1', '2026-11-17T12:00:00+03:00')],
				['visits', at('b', '2', '2026-11-17T13:00:00+03:00')],
				['visits', at('c', '2', '2026-11-18T13:00:00+03:00')],
				['visits', at('d', '1', '2026-11-19T13:00:00+03:00', { status: 'no_show' })],
				['visits', at('e', '1', '2026-11-20T13:00:00+03:00', { status: 'cancelled' })],
			]);
			expect(await weeklyFigures({ store, tenant, day: '2026-11-22' })).toMatchObject({
				total: { visits: 3, noShows: 1, cancelled: 1, services: 150_000 },
				newClients: 1,
				returningClients: 1,
				staff: [{ id: 's1', visits: 3, amount: 150_000 }],
				serviceShares: [{ id: 'cut', name: 'Стрижка', visits: 3, amount: 150_000 }],
			});
		});

		it('counts who has no card, with what was paid, and takes none of them for a client', async () => {
			const { store, tenant } = await branch(engine, [
				['visits', at('a', '1', '2026-11-17T12:00:00+03:00')],
				['visits', at('walk-in', '', '2026-11-17T14:00:00+03:00', { clientId: null })],
				['visits', at('another', '', '2026-11-18T14:00:00+03:00', { clientId: null, staffId: null })],
				['visits', at('missed', '', '2026-11-18T15:00:00+03:00', { clientId: null, status: 'no_show' })],
				['visits', at('before', '', '2026-11-10T14:00:00+03:00', { clientId: null })],
			]);
			expect(await weeklyFigures({ store, tenant, day: '2026-11-22' })).toMatchObject({
				total: { visits: 3, noShows: 1, cancelled: 0, services: 150_000 },
				before: { visits: 1, services: 50_000 },
				newClients: 1,
				returningClients: 0,
				staff: [{ id: 's1', visits: 2, amount: 100_000 }],
				serviceShares: [{ id: 'cut', visits: 3, amount: 150_000 }],
			});
		});

		// Mutants: records counted, the rest of a coming of which something was kept counted too, money of one record alone.
		it('counts a coming of several records once, with the money of all of them', async () => {
			const nails = [{ serviceId: 'nails', title: 'Маникюр', amount: 1, cost: 20_000 }];
			const { store, tenant } = await branch(engine, [
				['visits', at('kept 1', '1', '2026-11-17T12:00:00+03:00', { visitId: 'kept' })],
				['visits', at('kept 2', '1', '2026-11-17T13:00:00+03:00', { visitId: 'kept', staffId: 's2' })],
				['visits', at('kept 3', '1', '2026-11-17T14:00:00+03:00', { visitId: 'kept', lines: nails })],
				['visits', at('kept, one record missed', '1', '2026-11-17T15:00:00+03:00', { visitId: 'kept', status: 'no_show' })],
				['visits', at('kept, one record called off', '1', '2026-11-17T16:00:00+03:00', { visitId: 'kept', status: 'cancelled' })],
				['visits', at('missed 1', '2', '2026-11-18T12:00:00+03:00', { visitId: 'missed', status: 'no_show' })],
				['visits', at('missed 2', '2', '2026-11-18T13:00:00+03:00', { visitId: 'missed', status: 'no_show' })],
				['visits', at('missed, one record called off', '2', '2026-11-18T14:00:00+03:00', { visitId: 'missed', status: 'cancelled' })],
				['visits', at('off 1', '2', '2026-11-19T12:00:00+03:00', { visitId: 'off', status: 'cancelled' })],
				['visits', at('off 2', '2', '2026-11-19T13:00:00+03:00', { visitId: 'off', status: 'cancelled' })],
				['visits', at('walk-in 1', '', '2026-11-20T12:00:00+03:00', { visitId: 'walk-in', clientId: null })],
				['visits', at('walk-in 2', '', '2026-11-20T12:00:00+03:00', { visitId: 'walk-in', clientId: null })],
				['visits', at('ahead 1', '1', '2026-11-22T12:00:00+03:00', { visitId: 'ahead', status: 'booked' })],
				['visits', at('ahead 2', '1', '2026-11-22T13:00:00+03:00', { visitId: 'ahead', status: 'booked' })],
				['visits', at('before 1', '1', '2026-11-10T12:00:00+03:00', { visitId: 'before' })],
				['visits', at('before 2', '1', '2026-11-10T13:00:00+03:00', { visitId: 'before' })],
			]);
			const figures = await weeklyFigures({ store, tenant, day: '2026-11-18' });
			expect(figures).toMatchObject({
				total: { visits: 3, noShows: 1, cancelled: 1, services: 320_000 },
				before: { visits: 1, noShows: 0, cancelled: 0, services: 100_000 },
				newClients: 0,
				returningClients: 1,
				staff: [{ id: 's1', visits: 3, amount: 270_000 }, { id: 's2', visits: 1, amount: 50_000 }],
				serviceShares: [{ id: 'cut', visits: 3, amount: 300_000 }, { id: 'nails', visits: 1, amount: 20_000 }],
			});
			expect(figures?.days.map(({ visits, noShows, cancelled }) => [visits, noShows, cancelled])).toEqual([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 0, 0], [1, 0, 0]]);
		});

		it('counts each client’s own coming where two share a visit', async () => {
			const { store, tenant } = await branch(engine, [
				['visits', at('mother', '1', '2026-11-17T12:00:00+03:00', { visitId: 'v' })],
				['visits', at('daughter', '2', '2026-11-17T12:00:00+03:00', { visitId: 'v', status: 'no_show' })],
			]);
			expect(await weeklyFigures({ store, tenant, day: '2026-11-18' })).toMatchObject({ total: { visits: 1, noShows: 1, cancelled: 0, services: 50_000 }, newClients: 1 });
		});

		it('puts money on the day of each record where a coming goes over midnight, and the coming on its first', async () => {
			const { store, tenant } = await branch(engine, [
				['visits', at('late', '1', '2026-11-17T23:30:00+03:00', { visitId: 'v' })],
				['visits', at('later', '1', '2026-11-18T00:30:00+03:00', { visitId: 'v' })],
			]);
			const figures = await weeklyFigures({ store, tenant, day: '2026-11-18' });
			expect(figures?.days.slice(1, 3).map(({ visits, services }) => [visits, services])).toEqual([[1, 50_000], [0, 50_000]]);
		});

		it('is none where nothing is copied', async () => {
			expect(await weeklyFigures({ store: await engine.open(), tenant: 'nobody', day: '2026-11-18' })).toBeNull();
		});

		it.each(['ru', 'en'] as const)('becomes a page that loads and runs nothing, in %s', async (language) => {
			const { store, tenant } = await branch(engine, [['visits', at('a', '1', '2026-11-17T12:00:00+03:00')]]);
			const figures = await weeklyFigures({ store, tenant, day: '2026-11-17' });
			if (figures === null) throw new Error('nothing is copied');
			const page = await reportPage(figures, language);
			expect(page.match(/<svg /g)).toHaveLength(4);
			expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)|\son\w+=|Клиент/);
			expect(reportSummary(figures, language)).toContain('500');
		});

		it('becomes a page also when the week is empty', async () => {
			const { store, tenant } = await branch(engine, []);
			const figures = await weeklyFigures({ store, tenant, day: '2026-11-17' });
			if (figures === null) throw new Error('nothing is copied');
			expect(await reportPage(figures, 'en')).toContain('Nothing to show');
		});
	});
});
