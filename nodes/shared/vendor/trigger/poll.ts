import { createHash } from 'node:crypto';
import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { createDeliveries } from '../../../../core/store/delivery';
import { ParameterError, toNodeError, valueOf } from '../../errors';
import { now } from '../../salon';
import type { VendorAccount } from '../vendor';
import { eventItem } from './item';
import { openTriggerAccount, setUpTrigger, type TriggerSetup } from './open';
import type { Signal, VendorTrigger } from './trigger';

/** A change may become visible a little after its time; what is read twice passes once. */
const OVERLAP_MS = 300_000;
const TEST_WINDOW_MS = 7 * 86_400_000;
/** A tick that n8n gives up would be begun again from the start. */
const BUDGET_SHARE = 0.7;

/** Changes since the last poll. The cursor moves only when all of them are read, so a CRM that fails loses nothing. */
export async function pollChanges<A extends VendorAccount>(functions: IPollFunctions, trigger: VendorTrigger<A>): Promise<INodeExecutionData[][] | null> {
	try {
		const setup = await setUpTrigger(functions, trigger);
		if (!setup.isPolling) return null;
		const state = functions.getWorkflowStaticData('node');
		const until = now();
		const isTest = functions.getMode() === 'manual';
		if (!isTest && typeof state.since !== 'string') {
			state.since = until;
			return null;
		}
		const since = isTest ? Date.parse(until) - TEST_WINDOW_MS : Date.parse(String(state.since)) - OVERLAP_MS;
		const account = await openTriggerAccount(functions, trigger, setup);
		const signals = await changesSince(trigger, account, setup, new Date(since).toISOString(), until);
		if (isTest) return [await oneOf(functions, trigger, account, signals)];
		const deadline = Date.now() + functions.getPollBudgetMs() * BUDGET_SHARE;
		const { items, isWhole } = await readFresh(trigger, account, setup, signals, deadline);
		if (isWhole) state.since = until;
		return items.length === 0 ? null : [items];
	} catch (error) {
		throw toNodeError(functions.getNode(), error, 0);
	}
}

async function changesSince<A extends VendorAccount>(trigger: VendorTrigger<A>, account: A, { events }: TriggerSetup, from: string, to: string): Promise<readonly Signal[]> {
	const signals: Signal[] = [];
	for (const event of events) {
		const stream = trigger.streams[event];
		if (stream === undefined) throw new ParameterError(`The event "${event}" cannot be polled`, 'Take it out of Events, or set Mode to Webhook.');
		for await (const page of account.crm.stream(stream, { from, to })) {
			for (const { id, data } of valueOf(page).records) {
				const version = createHash('sha256').update(JSON.stringify(data)).digest('hex');
				signals.push({ key: `poll:${event}:${id}:${version}`, event, change: 'update', id });
			}
		}
	}
	return signals;
}

/** Reads before it remembers: a record that could not be read is met again by the next poll. */
async function readFresh<A extends VendorAccount>(trigger: VendorTrigger<A>, account: A, setup: TriggerSetup, signals: readonly Signal[], deadline: number): Promise<{ readonly items: INodeExecutionData[]; readonly isWhole: boolean }> {
	const deliveries = createDeliveries(setup.opened.store, { subscriber: setup.subscriber });
	const items: INodeExecutionData[] = [];
	const unseen = await deliveries.unseen(signals.map(({ key }) => key));
	for (const signal of signals.filter(({ key }) => unseen.includes(key))) {
		if (Date.now() > deadline) return { items, isWhole: false };
		const record = await trigger.read(account, signal);
		if (record.kind === 'unavailable' || record.kind === 'unknown') {
			if (items.length > 0) return { items, isWhole: false };
			valueOf(record);
		}
		const [passed] = await deliveries.fresh([signal.key]);
		if (passed !== undefined) items.push(eventItem(signal, record));
	}
	return { items, isWhole: true };
}

async function oneOf<A extends VendorAccount>(functions: IPollFunctions, trigger: VendorTrigger<A>, account: A, signals: readonly Signal[]): Promise<INodeExecutionData[]> {
	const last = signals[signals.length - 1];
	if (last !== undefined) return [eventItem(last, await trigger.read(account, last))];
	throw new NodeOperationError(functions.getNode(), 'Nothing has changed in the last seven days', { description: 'Change something in the CRM, or widen Events, and try again.' });
}
