import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store';

/** Nothing was saved, or it is not known: the same values written again are right in both cases. */
const PASSING: ReadonlySet<StoreError['code']> = new Set<StoreError['code']>(['busy', 'unreachable', 'commit_unknown']);

/** Does `work` again after a failure of the store that passes, once after each of the pauses (milliseconds). Rejects with what did not pass. */
export async function throughPassing<T>(work: () => Promise<T>, pauses: readonly number[], sleep: (ms: number) => Promise<unknown> = wait): Promise<T> {
	for (const pause of pauses) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof StoreError) || !PASSING.has(error.code)) throw error;
			await sleep(pause);
		}
	}
	return await work();
}
