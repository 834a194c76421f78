import fc from 'fast-check';
import { type Told, upsertTold } from '../../../core/store/sync';
import { sumClients } from '../../../core/store/sync/sums';
import { describeEngines } from '../../support/engines';
import { moment } from './support';

const CLIENTS = 50;
/** Fifty clients at a time: a thousand in all. */
const RUNS = { numRuns: 20 };

const cost = fc.integer({ min: -50_000, max: 500_000 });
const past = fc.record({
	total: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
	visits: fc.array(fc.record({ status: fc.constantFrom('arrived', 'booked', 'no_show', 'cancelled'), cost, deleted: fc.boolean() }), { maxLength: 4 }),
	sales: fc.array(fc.record({ cost, deleted: fc.boolean() }), { maxLength: 3 }),
});
type Past = typeof past extends fc.Arbitrary<infer T> ? T : never;

const told = (id: string, fields: Told['fields'], deleted = false): Told => ({ id, fields, extra: '{}', changedAt: null, deleted });
const sum = (costs: readonly { readonly cost: number }[]): number => costs.reduce((all, one) => all + one.cost, 0);

/** What the sums of a client are, in words of their own. */
function expected({ total, visits, sales }: Past, hasGoods: boolean): Readonly<Record<string, number | null>> {
	const services = sum(visits.filter(({ status, deleted }) => status === 'arrived' && !deleted));
	const sold = sum(sales.filter(({ deleted }) => !deleted));
	const rest = total === null ? null : total - services;
	const isOff = rest !== null && (rest < 0 || (hasGoods && Math.abs(rest - sold) > Math.abs(rest) / 100));
	return { services_amount: services, goods_sold: sold, goods_difference: rest, goods_amount: rest === null ? null : Math.max(0, rest), money_mismatch: Number(isOff) };
}

describe('the sums of clients', () => {
	describeEngines((_dialect, engine) => {
		it.each([true, false])('are the formula, whatever the past; sales copied: %s', async (hasGoods) => {
			const store = await engine.open();
			let tenants = 0;
			await fc.assert(fc.asyncProperty(fc.array(past, { minLength: CLIENTS, maxLength: CLIENTS }), async (pasts) => {
				const tenant = `sums ${String(hasGoods)} ${(tenants += 1)}`;
				const ids = pasts.map((_past, index) => `c${index}`);
				await store.months?.ensure('sync_visit', [moment(0)]);
				await store.write(async (trx) => {
					await upsertTold(trx, tenant, 'client', pasts.map(({ total }, index) => told(`c${index}`, { total_spent: total })), moment(0));
					await upsertTold(trx, tenant, 'visit', pasts.flatMap(({ visits }, index) => visits.map((visit, at) => told(`v${index} ${at}`, { visit_id: `v${index} ${at}`, client_id: `c${index}`, start_at: moment(0), end_at: moment(1), status: visit.status, lines: '[]', services_amount: visit.cost, comment: '' }, visit.deleted))), moment(0));
					await upsertTold(trx, tenant, 'goods', pasts.flatMap(({ sales }, index) => sales.map((sale, at) => told(`g${index} ${at}`, { client_id: `c${index}`, title: 'Шампунь', amount: 1, cost: sale.cost, sold_at: moment(0) }, sale.deleted))), moment(0));
					await sumClients(trx, tenant, ids, hasGoods);
				}, { survives: 'kill' });
				const rows = await store.db.selectFrom('sync_client').select(['id', 'services_amount', 'goods_sold', 'goods_difference', 'goods_amount', 'money_mismatch']).where('tenant', '=', tenant).execute();
				const held = new Map(rows.map(({ id, ...sums }) => [id, sums]));
				for (const [index, one] of pasts.entries()) expect(held.get(`c${index}`)).toEqual(expected(one, hasGoods));
			}), RUNS);
		}, 300_000);
	});
});
