import { sleep, type IDataObject, type IRun, type ITriggerFunctions } from 'n8n-workflow';
import type { Change } from '../../core/store/sync';
import { toNodeError } from '../shared/errors';
import { changeItems } from '../shared/sync-changes';
import type { ChangesSetup } from './setup';

/** A run that has not ended by then is left to itself: its batch is offered again, and n8n knows it by its key. */
const LONGEST_RUN_MS = 3_600_000;

export interface Pump {
	/** Hands over all changes there are, a batch a run, one after another. Never throws; a second one at a time does nothing. */
	tick(): Promise<void>;
	/** Begins nothing more. What was handed over and not confirmed is offered again under the same key. */
	close(): void;
}

/**
 * Hands the changes of a salon to a workflow. A batch is noted, handed over, and confirmed when its run has ended, so a
 * process that dies in between offers the same batch again; its key tells n8n that the run is there already.
 */
export function createPump(functions: Pick<ITriggerFunctions, 'emit' | 'saveFailedExecution' | 'helpers' | 'getNode'>, setup: ChangesSetup): Pump {
	const { feed, reader, maxItems } = setup;
	const closing = new AbortController();
	let isBusy = false;
	let isFailing = false;

	async function handOver(batch: readonly Change[], last: Change): Promise<boolean> {
		const wanted = batch.filter(({ entity, kind }) => setup.entities.includes(entity) && setup.kinds.includes(kind));
		if (wanted.length === 0) return true;
		const items = await changeItems(setup.query, setup.tenant, wanted);
		await feed.sending(reader, last.seq);
		if (closing.signal.aborted) return false;
		const done = functions.helpers.createDeferredPromise<IRun>();
		functions.emit([items.map((json) => ({ json: { ...json } as unknown as IDataObject }))], undefined, done, keyOf(setup, batch));
		return ended(done.promise, closing.signal);
	}

	return {
		async tick() {
			if (isBusy) return;
			isBusy = true;
			try {
				while (!closing.signal.aborted) {
					const batch = await feed.next(reader, maxItems);
					const last = batch.at(-1);
					if (last === undefined || !(await handOver(batch, last))) break;
					await feed.confirm(reader, last.seq);
				}
				isFailing = false;
			} catch (error) {
				// once a change of state: a store that is away for an hour is one thing to look at
				if (!isFailing) functions.saveFailedExecution(toNodeError(functions.getNode(), error, 0));
				isFailing = true;
			} finally {
				isBusy = false;
			}
		},
		close() {
			closing.abort();
		},
	};
}

/** Whether the run has ended, well or not; a batch that n8n knew already has ended too. */
async function ended(run: Promise<unknown>, closing: AbortSignal): Promise<boolean> {
	const waiting = new AbortController();
	const stop = (): void => waiting.abort();
	closing.addEventListener('abort', stop);
	const timeout = sleep(LONGEST_RUN_MS, waiting.signal).then(() => false, () => false);
	try {
		return await Promise.race([run.then(() => true, () => false), timeout]);
	} finally {
		closing.removeEventListener('abort', stop);
		stop();
	}
}

/** The same batch has the same key; the moments tell a new store from one that was deleted. */
function keyOf({ reader, tenant }: ChangesSetup, batch: readonly Change[]): string {
	const [first, last] = [batch[0], batch.at(-1)];
	return [reader, tenant, first?.seq, first?.at, last?.seq, last?.at].join(':');
}
