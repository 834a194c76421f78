import { createDeliveries } from '../../../core/store/delivery';
import { describeEngines } from '../../support/engines';

describe('deliveries', () => {
	describeEngines((_dialect, engine) => {
		let now = 1_000_000;
		const open = async (subscriber = 'workflow:node', rememberMs = 1000) => createDeliveries(await engine.open(), { subscriber, rememberMs, clock: () => now });

		it('lets each event through once, whoever asks and however often it stands in one question', async () => {
			const deliveries = await open();
			expect(await deliveries.fresh(['a', 'b', 'a'])).toEqual(['a', 'b']);
			expect(await deliveries.fresh(['b', 'c'])).toEqual(['c']);
			expect(await (await open()).fresh(['a', 'b', 'c'])).toEqual([]);
			expect(await deliveries.fresh([])).toEqual([]);
		});

		it('lets one of many who ask at one moment through', async () => {
			const deliveries = await open('burst');
			const asked = await Promise.all(Array.from({ length: 30 }, () => deliveries.fresh(['one'])));
			expect(asked.filter((keys) => keys.length === 1)).toHaveLength(1);
		});

		it('keeps subscribers apart', async () => {
			await (await open('first')).fresh(['event']);
			expect(await (await open('second')).fresh(['event'])).toEqual(['event']);
		});

		it('forgets after its time, and removes what it forgot', async () => {
			const store = await engine.open();
			const deliveries = createDeliveries(store, { subscriber: 'old', rememberMs: 1000, clock: () => now });
			await deliveries.fresh(['x', 'y']);
			now += 999;
			expect(await deliveries.fresh(['x'])).toEqual([]);
			now += 1;
			expect(await deliveries.unseen(['x', 'z'])).toEqual(['x', 'z']);
			expect(await deliveries.fresh(['x'])).toEqual(['x']);
			const rows = await store.db.selectFrom('webhook_delivery').selectAll().where('subscriber', '=', 'old').execute();
			expect(rows).toHaveLength(1);
		});

		it('tells what has not passed without letting it pass, and keeps no key readable', async () => {
			const store = await engine.open();
			const deliveries = createDeliveries(store, { subscriber: 'look', clock: () => now });
			await deliveries.fresh(['79161234567']);
			expect(await deliveries.unseen(['79161234567', 'new'])).toEqual(['new']);
			expect(await deliveries.fresh(['new'])).toEqual(['new']);
			expect(JSON.stringify(await store.db.selectFrom('webhook_delivery').selectAll().execute())).not.toContain('79161234567');
		});
	});
});
