import type { Store } from '../../../core/store';
import { createSync, type SyncKind } from '../../../core/sync';
import { describeEngines } from '../../support/engines';
import { createCrmDouble, type CrmDouble, edit, fill, noVisit, T0 } from './double';
import { killPoints, newLot, SEED } from './lots';
import { Killed, killable, stateOf } from './state';

const HOUR = 3_600_000;
/** The whole of it on a machine that does other things too. */
const PATIENCE_MS = 3_600_000;

interface Scene {
	readonly kind: SyncKind;
	/** Runs that went through before. */
	readonly before: readonly ('full' | 'edit')[];
	/** Each page in a transaction of its own, or two together. */
	readonly batchRows: 1 | 4;
}
const SCENES: Readonly<Record<string, Scene>> = {
	'the first full run': { kind: 'full', before: [], batchRows: 1 },
	'a full run after changes': { kind: 'full', before: ['full', 'edit'], batchRows: 1 },
	'a full run that misses a client again': { kind: 'full', before: ['full', 'edit', 'full'], batchRows: 4 },
	'an incremental run': { kind: 'incremental', before: ['full', 'edit'], batchRows: 1 },
	'a backfill': { kind: 'backfill', before: ['full', 'edit'], batchRows: 1 },
};

describe('a run that is killed', () => {
	describeEngines((dialect, engine) => {
		let tenants = 0;

		/** Plays a scene up to its run, kills it at the nth step and lets later ones finish it. */
		async function play(store: Store, { kind, before, batchRows }: Scene, killAt: number): Promise<{ readonly state: unknown; readonly steps: number; readonly killed: boolean }> {
			const tenant = `${dialect} ${(tenants += 1)}`;
			const double: CrmDouble = createCrmDouble();
			let now = T0;
			const clock = (): number => now;
			const syncOn = (on: Store): ReturnType<typeof createSync> => createSync({ store: on, crm: double.crm, reader: double.reader, tenant, clock, batchRows });
			fill(double);
			for (const step of before) {
				if (step === 'edit') {
					edit(double);
					double.put('visits', noVisit('v2', { changedAt: new Date(T0 + HOUR / 2).toISOString() }));
				} else await syncOn(store).run({ kind: 'full' });
				now += HOUR;
			}
			const began = new Date(now).toISOString();
			const order = { kind, freshAfter: began, since: '2026-09-01T00:00:00Z' };
			const process = killable(store, killAt);
			double.beforePage = () => process.step();
			const killed = await syncOn(process.store).run(order).then(() => false, (error: unknown) => {
				if (error instanceof Killed) return true;
				throw error;
			});
			const { steps } = process;
			double.beforePage = () => undefined;
			if (killed) {
				// its leases run out
				now += HOUR;
				const report = await syncOn(store).run(order);
				expect(report).toMatchObject({ kind: 'ok', value: { status: 'done' } });
			}
			return { state: await stateOf(store, tenant), steps, killed };
		}

		it.each(Object.keys(SCENES))('ends as one that was not: %s', async (name) => {
			const store = await engine.open();
			const scene = SCENES[name];
			if (scene === undefined) throw new Error('no such scene');
			const clean = await play(store, scene, Infinity);
			expect(clean.killed).toBe(false);
			const points = killPoints(clean.steps, dialect === 'sqlite' ? 10 : 3, newLot());
			let kills = 0;
			for (const at of points) {
				const { state, killed } = await play(store, scene, at);
				kills += Number(killed);
				expect({ seed: SEED, at, state }).toEqual({ seed: SEED, at, state: clean.state });
			}
			process.stdout.write(`${name}, ${dialect}: killed at ${kills} of ${clean.steps} steps, seed ${SEED}\n`);
			expect(kills).toBe(points.length);
		}, PATIENCE_MS);
	});
});
