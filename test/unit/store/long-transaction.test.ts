import { describeEngines } from '../../support/engines';

describe('a long transaction', () => {
	describeEngines((_dialect, engine) => {
		it('lets others at the event loop between its statements, and a short one is done in one go', async () => {
			const store = await engine.open();
			/** Turns of the event loop during a transaction of ten statements, each of so many milliseconds. */
			async function turnsOf(milliseconds: number): Promise<number> {
				let [now, turns, isOver] = [0, 0, false];
				const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
				const count = (): void => {
					turns += 1;
					if (!isOver) setImmediate(count);
				};
				const during = store.write(async (trx) => {
					setImmediate(count);
					for (let statement = 0; statement < 10; statement += 1) {
						await trx.selectFrom('store_key').select('key_id').execute();
						now += milliseconds;
					}
					return turns;
				});
				const seen = await during;
				isOver = true;
				clock.mockRestore();
				return seen;
			}
			expect(await turnsOf(0.5)).toBe(0);
			expect(await turnsOf(6)).toBeGreaterThanOrEqual(4);
		});
	}, ['sqlite']);
});
