import type { Store } from '../../../core/store';
import { releaseLease, renewLease, takeLease } from '../../../core/whatsapp';
import { describeEngines } from '../../support/engines';
import { KEY } from './bench';

describe('the lease of a session', () => {
	describeEngines((_dialect, engine) => {
		let store: Store;
		beforeAll(async () => {
			store = await engine.open();
		});
		beforeEach(async () => void (await store.write(async (trx) => await trx.deleteFrom('wa_lease').execute())));

		it('has one owner at a time, whoever asks at once', async () => {
			const other = await engine.open();
			const taken = await Promise.all(Array.from({ length: 12 }, async (_, place) => await takeLease(place % 2 === 0 ? store : other, KEY, `process ${place}`)));
			expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
			expect(await takeLease(store, { ...KEY, session: 'other' }, 'process 20')).toMatchObject({ epoch: 1 });
		});

		it('goes to another owner when it ran out, by the clock of the database, and the first one learns it', async () => {
			const first = await takeLease(store, KEY, 'first', 60_000);
			if (first === null) throw new Error('free, and not given');
			expect(await takeLease(store, KEY, 'second')).toBeNull();
			expect(await renewLease(store, first, 0)).toBe(true);
			const second = await takeLease(store, KEY, 'second');
			expect(second).toMatchObject({ owner: 'second', epoch: first.epoch + 1 });
			expect(await renewLease(store, first)).toBe(false);
			await releaseLease(store, first);
			expect(await takeLease(store, KEY, 'third')).toBeNull();
		});

		it('is free at once when it is given back', async () => {
			const first = await takeLease(store, KEY, 'first');
			if (first === null) throw new Error('free, and not given');
			await releaseLease(store, first);
			expect(await takeLease(store, KEY, 'second')).toMatchObject({ epoch: 2 });
		});

		it('ends the rights of the same owner\'s earlier one when it is taken again', async () => {
			const first = await takeLease(store, KEY, 'same');
			const again = await takeLease(store, KEY, 'same');
			if (first === null || again === null) throw new Error('free, and not given');
			expect(again.epoch).toBe(2);
			expect(await renewLease(store, first)).toBe(false);
			expect(await renewLease(store, again)).toBe(true);
		});
	});
});
