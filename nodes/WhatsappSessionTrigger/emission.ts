import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';
import type { TurnItem } from '../../core/whatsapp/inbound';
import { isQueueMode } from '../shared/host';

/** The outputs of the node, in their order. */
const OUTPUTS = { message: 0, delivery: 1, state: 2 } as const;

/** Longer than any execution of an assistant; then the turn is given again, and n8n skips it while it knows the first. */
const PATIENCE_MS = 600_000;

/** Starts the workflow on one output. */
export function emitOn(functions: ITriggerFunctions, output: keyof typeof OUTPUTS, item: INodeExecutionData): void {
	functions.emit(outputsWith(output, item));
}

function outputsWith(output: keyof typeof OUTPUTS, item: INodeExecutionData): INodeExecutionData[][] {
	return Object.keys(OUTPUTS).map((name) => (name === output ? [item] : []));
}

/** Names the trigger of a workflow, however often that is saved. */
export const triggerName = (functions: ITriggerFunctions): string => `${functions.getWorkflow().id ?? ''}:${functions.getNode().id}`;

/**
 * Starts the workflow with a turn and waits for its end. n8n runs a key once and skips it afterwards; `mayHaveDied` gives a
 * turn that an earlier process gave one run more, because that one may have ended with it.
 */
export async function runTurn(functions: ITriggerFunctions, item: INodeExecutionData, { turnId }: Pick<TurnItem, 'turnId'>, mayHaveDied: boolean): Promise<void> {
	const key = `wa:${turnId}:${triggerName(functions)}`;
	const run = await runOnce(functions, item, key);
	// in queue mode the execution lives on in its worker
	if (run === undefined && mayHaveDied && !isQueueMode()) await runOnce(functions, item, `${key}:1`);
}

/** Undefined when n8n knew the key. Rejects when the workflow could not be started. */
async function runOnce(functions: ITriggerFunctions, item: INodeExecutionData, key: string): Promise<IRun | undefined> {
	const done = functions.helpers.createDeferredPromise<IRun>();
	functions.emit(outputsWith('message', item), undefined, done, key);
	let timer: NodeJS.Timeout | undefined;
	const tooLong = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error('no answer from n8n')), PATIENCE_MS);
		timer.unref();
	});
	try {
		return await Promise.race([done.promise, tooLong]);
	} finally {
		clearTimeout(timer);
	}
}
