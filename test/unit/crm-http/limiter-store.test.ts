import { once } from 'node:events';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Store } from '../../../core/store';
import { createLimiter } from '../../../core/store/limiter';
import { describeEngines, TEST_KEYS } from '../../support/engines';

const WINDOWS = [{ requests: 5, perMs: 1000 }];
const NOW = 1_700_000_000_000;

describeEngines((dialect, engine) => {
	let store: Store;
	let scopes = 0;
	const scope = (): string => `vendor ${(scopes += 1)}`;
	beforeAll(async () => {
		store = await engine.open();
	});

	it('is one limit for all who name the scope, and another for another', async () => {
		const name = scope();
		const one = createLimiter(store, { scope: name, windows: WINDOWS, clock: () => NOW });
		const other = createLimiter(await engine.open(), { scope: name, windows: WINDOWS, clock: () => NOW });
		for (const limiter of [one, other, one, other]) expect((await limiter.take('dialogue')).kind).toBe('granted');
		expect(await one.take('dialogue')).toEqual({ kind: 'wait', ms: 1000 });
		expect(await other.take('dialogue')).toEqual({ kind: 'wait', ms: 1000 });
		expect((await createLimiter(store, { scope: scope(), windows: WINDOWS, clock: () => NOW }).take('dialogue')).kind).toBe('granted');
	});

	it('remembers a refusal for the next process', async () => {
		const name = scope();
		await createLimiter(store, { scope: name, windows: WINDOWS, clock: () => NOW }).refused(NOW, 2500);
		const later = createLimiter(await engine.open(), { scope: name, windows: WINDOWS, clock: () => NOW + 1000 });
		expect(await later.take('dialogue')).toEqual({ kind: 'wait', ms: 1500 });
	});

	it('grants no more to fifty who ask together', async () => {
		const limiter = createLimiter(store, { scope: scope(), windows: WINDOWS, clock: () => NOW });
		const asked = await Promise.all(Array.from({ length: 50 }, () => limiter.take('dialogue')));
		expect(asked.filter(({ kind }) => kind === 'granted')).toHaveLength(4);
	});

	it('begins anew where the counts cannot be read', async () => {
		const name = scope();
		const limiter = createLimiter(store, { scope: name, windows: WINDOWS, clock: () => NOW });
		await limiter.take('dialogue');
		await store.write((trx) => trx.updateTable('rate_limit').set({ grants: '{"dialogue":"x"}' }).where('scope', '=', name).execute());
		expect((await limiter.take('dialogue')).kind).toBe('granted');
	});

	it(`is kept by two processes together on ${dialect}`, async () => {
		const windows = [{ requests: 50, perMs: 3_600_000 }];
		const order = JSON.stringify({ config: engine.config, keys: TEST_KEYS, scope: scope(), windows, tries: 60 });
		const children = [0, 1].map(() => fork(join(__dirname, 'rival.ts'), [order], { execArgv: ['-r', join(__dirname, '..', '..', 'support', 'register.js')] }));
		const message = async (child: (typeof children)[number]): Promise<unknown> => ((await once(child, 'message')) as unknown[])[0];
		await Promise.all(children.map(message));
		const counts = Promise.all(children.map(message));
		for (const child of children) child.send('go');
		const [one, other] = (await counts) as number[];
		expect((one ?? 0) + (other ?? 0)).toBe(40);
	}, 30_000);
});
