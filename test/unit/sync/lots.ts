import { createRandom, type Random } from '../../contract/simulators/kit';

/** Of what the tests of the sync draw by lot; printed, so that a failure can be played again with `SYNC_SEED`. */
export const SEED = Number(process.env.SYNC_SEED ?? Date.now() % 1_000_000);

/** True in `npm run sync:kill`. */
const EVERYWHERE = process.env.SYNC_KILL === 'all';

export const newLot = (): Random => createRandom(SEED);

/** Steps of a run at which it is killed: every one in `npm run sync:kill`, else so many, one by lot in each equal part of the run. */
export function killPoints(steps: number, some: number, random: Random): readonly number[] {
	if (EVERYWHERE || steps <= some) return Array.from({ length: steps }, (_unused, index) => index + 1);
	return Array.from({ length: some }, (_unused, part) => random.integer(Math.floor((part * steps) / some) + 1, Math.floor(((part + 1) * steps) / some)));
}
