import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { wordsOf } from '../../booking/values';
import { ParameterError } from '../../errors';
import { openNodeStore, type OpenedStore } from '../../store';
import { openAccount, type ReadSetting } from '../account';
import type { VendorAccount } from '../vendor';
import { secretsOf } from './secret';
import type { VendorTrigger } from './trigger';

type TriggerFunctions = IHookFunctions | IPollFunctions | IWebhookFunctions;

/** A trigger node's parameters with the store, before the account is opened. */
export interface TriggerSetup {
	readonly opened: OpenedStore;
	readonly read: ReadSetting;
	readonly isPolling: boolean;
	readonly isByHand: boolean;
	/** Values of the events that are wanted. */
	readonly events: readonly string[];
	/** Workflow and node: remembers what has passed. */
	readonly subscriber: string;
	readonly secrets: readonly string[];
}

/** Reads the parameters. Throws {@link ParameterError} for what the operator must mend. */
export async function setUpTrigger<A extends VendorAccount>(functions: TriggerFunctions, trigger: VendorTrigger<A>): Promise<TriggerSetup> {
	const read: ReadSetting = (name) => functions.getNodeParameter(name, undefined, { extractValue: true });
	const isPolling = read('mode') === 'poll';
	const isByHand = !isPolling && (trigger.registration === undefined || read('registration') === 'manual');
	const wanted = wordsOf(read('events'));
	const events = trigger.events.map(({ value }) => value).filter((value) => wanted.includes(value));
	if (events.length === 0) throw new ParameterError('No event is chosen', 'Choose at least one event to hear of.');
	const opened = await openNodeStore(functions);
	const owner = { workflowId: functions.getWorkflow().id ?? '', nodeId: functions.getNode().id };
	const secret = isPolling ? '' : read('secret');
	if (isByHand && (typeof secret !== 'string' || secret.trim().length < MIN_SECRET)) {
		throw new ParameterError('The secret is missing or too short', `Enter a long random secret of at least ${MIN_SECRET} characters, and put it at the end of the address that you add by hand.`);
	}
	// what a test run has let through must reach the published workflow too
	const subscriber = [owner.workflowId, owner.nodeId, ...(functions.getMode() === 'manual' ? ['test'] : [])].join(':');
	return { opened, read, isPolling, isByHand, events, subscriber, secrets: secretsOf(opened.store, owner, secret) };
}

const MIN_SECRET = 16;

/** The account of a trigger; it leaves the reserve of the limit to dialogues. */
export function openTriggerAccount<A extends VendorAccount>(functions: TriggerFunctions, { vendor }: VendorTrigger<A>, { opened, read }: TriggerSetup): Promise<A> {
	return openAccount(vendor, functions, read, { lane: 'incremental', opened });
}
