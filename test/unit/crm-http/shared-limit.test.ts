import { createLimiter, createMemoryLimiter } from '../../../core/store/limiter';
import { RATE_WINDOWS } from '../../../core/crm/yclients';
import type { Store } from '../../../core/store';
import { describeEngines } from '../../support/engines';
import { percentiles } from '../../bench/machine';
import { floorOf, FULL_RUN, type Load, play, type Pressure, secondsOf } from './shared-limit';

const SALONS = { tenants: 30, minutes: 10 } as const;

describe('thirty salons behind one address for ten minutes, their syncs never at rest', () => {
	describeEngines((dialect, engine) => {
		let stores: readonly Store[] = [];
		beforeAll(async () => {
			stores = [await engine.open(), await engine.open()];
		});

		/** Two processes, each with half of the salons. */
		function live(load: Omit<Load, keyof typeof SALONS>): Promise<Pressure> {
			const scope = `address ${JSON.stringify(load)}`;
			return play(RATE_WINDOWS, { ...SALONS, ...load }, (clock, process) => createLimiter(stores[process] as Store, { scope, windows: RATE_WINDOWS, clock }));
		}

		it.each([
			['dialogues all the time', { dialoguesAMinute: 10, silentMinutes: 0, seed: 1 }],
			['dialogues after silence, when their reserve is lent', { dialoguesAMinute: 10, silentMinutes: 2, seed: 2 }],
		])('never break what is published, and no dialogue waits a second at p99: %s', async (_name, load) => {
			const { limited, waits, background, requests } = await live(load);
			expect(limited).toBe(0);
			expect(waits.length).toBeGreaterThan(60);
			expect(percentiles(waits).p99).toBeLessThan(1000);
			// the syncs have their share and, in silence, more
			expect(background / SALONS.minutes).toBeGreaterThan(load.silentMinutes === 0 ? 90 : 115);
			expect(requests / SALONS.minutes).toBeLessThanOrEqual(160);
			process.stdout.write(`${dialect}, ${_name}: ${Math.round(background / SALONS.minutes)} requests of syncs a minute, a dialogue's request waits ${Math.round(percentiles(waits).p99)} ms at p99\n`);
		}, 180_000);
	});
});

describe('a full run of 10,000 clients while nobody is in a dialogue', () => {
	it('takes 1.15 of the least time at four fifths of the limit, and a client a request forty times as long', async () => {
		const requests = FULL_RUN.reduce((sum, pages) => sum + pages, 0);
		const limiterOf = (clock: () => number): ReturnType<typeof createMemoryLimiter> => createMemoryLimiter({ windows: RATE_WINDOWS, clock });
		const seconds = await secondsOf(FULL_RUN, 3, limiterOf);
		expect(requests).toBeLessThanOrEqual(320);
		expect(seconds).toBeLessThanOrEqual(1.15 * floorOf(RATE_WINDOWS, requests, 0.8));
		const predecessor = await secondsOf([10_050], 3, limiterOf);
		expect(predecessor / seconds).toBeGreaterThan(40);
		process.stdout.write(`full run: ${requests} requests, ${seconds.toFixed(0)} s; a client a request: ${(predecessor / 60).toFixed(0)} min\n`);
	}, 120_000);
});
