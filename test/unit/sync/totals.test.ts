import { setImmediate as turn } from 'node:timers/promises';
import { type StreamName, type StreamWindow, unavailable } from '../../../core/booking';
import { createSync, type SyncOrder } from '../../../core/sync';
import { valueOf } from '../../contract/support/bench';
import { describeEngines } from '../../support/engines';
import { benchesOf, HOUR, type SyncBench } from './bench';
import { client, visit } from './double';

jest.setTimeout(60_000);

/** More turns of the event loop than a list takes that is read meanwhile. */
const TURNS = 300;
const PAID = { services: 80_000, total: 130_000 };

/** Client 5 pays more for a visit than was known, at the desk. */
function pay({ double, now }: SyncBench): void {
	const changedAt = new Date(now).toISOString();
	double.put('visits', visit('v5', '5', { lines: [{ serviceId: 'cut', title: 'Стрижка', amount: 1, cost: PAID.services }], changedAt }));
	// the card itself is not changed by it, as far as the CRM tells
	double.put('clients', client('5', { totalSpent: PAID.total }));
}

const AGREED = { total_spent: PAID.total, services_amount: PAID.services, goods_amount: 50_000, money_mismatch: 0 };

describe('what a client spent, paid while a whole reading is under way', () => {
	describeEngines((_dialect, engine) => {
		const open = benchesOf(engine);

		it.each(['the first', 'a later'])('agrees with the visits after %s reading, whatever comes first', async (which) => {
			const bench = await open();
			if (which === 'a later') await bench.run();
			let isRead = false;
			const crm = {
				...bench.double.crm,
				async *stream(name: StreamName, window: StreamWindow) {
					// had the cards been asked for by now, they would be there before the visits
					for (let turns = 0; name === 'visits' && !isRead && turns < TURNS; turns += 1) await turn();
					if (name === 'visits') pay(bench);
					yield* bench.double.crm.stream(name, window);
					if (name === 'clients') isRead = true;
				},
			};
			valueOf(await createSync({ store: bench.store, crm, reader: bench.double.reader, tenant: bench.tenant, clock: () => bench.now, batchRows: 1 }).run({ kind: 'full' }));
			expect(await bench.client('5')).toMatchObject(AGREED);
		});

		it.each(['the first', 'a later'])('agrees after the next tick where it was paid between the visits and the cards of %s reading', async (which) => {
			const bench = await open();
			if (which === 'a later') await bench.run();
			let once = false;
			bench.double.beforePage = (name) => {
				if (name === 'clients' && !once) pay(bench);
				once ||= name === 'clients';
			};
			await bench.run();
			await bench.run({ kind: 'incremental', streams: ['visits', 'clients'] });
			expect(await bench.client('5')).toMatchObject(AGREED);
		});

		it.each(['the first', 'a later'])('agrees where the visits of %s reading come by a run after that of the cards', async (which) => {
			const bench = await open();
			if (which === 'a later') await bench.run();
			const order: Partial<SyncOrder> = { freshAfter: new Date(bench.now - HOUR / 2).toISOString() };
			bench.double.beforePage = (name, page) => (name === 'visits' && page === 2 ? unavailable('down') : undefined);
			expect(await bench.run(order)).toMatchObject({ visits: { status: 'failed' }, clients: { status: 'done' } });
			bench.double.beforePage = () => undefined;
			pay(bench);
			expect(await bench.run(order)).toMatchObject({ visits: { status: 'done' }, clients: { status: 'done' } });
			expect(await bench.client('5')).toMatchObject(AGREED);
		});

		it('costs nothing more where nobody has paid', async () => {
			const bench = await open();
			await bench.run();
			bench.double.asked.length = 0;
			await bench.run();
			expect(bench.double.asked.filter(({ name }) => name === 'clients').map(({ window }) => window)).toEqual([{ lane: 'full' }]);
		});
	});
});
