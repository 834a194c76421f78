import { run, succeeded } from './harness';
import { NodeConnectionTypes, type IBinaryKeyData, type IDataObject, type INodeExecutionData, type INodeParameters, type INodeType, type IRun } from 'n8n-workflow';
import { BookingAgentSetup } from '../../../nodes/BookingAgentSetup/BookingAgentSetup.node';
import { openNodeStore } from '../../../nodes/shared/store';
import { createAssistantStore, type AssistantStore, type ConversationStore, type Store } from '../../../core/store';

const NAME = 'Manage';
const FEED = 'Feed';

const node = { group: ['transform' as const], version: 1, inputs: [NodeConnectionTypes.Main], outputs: [NodeConnectionTypes.Main] };

export const manager: INodeType = new BookingAgentSetup();

/** What a test gives the node: an item, with files where there are any. */
export interface ManagedItem {
	readonly json?: IDataObject;
	readonly binary?: IBinaryKeyData;
}

/** Runs an operation for these items. */
export function attempt(parameters: INodeParameters, items: readonly ManagedItem[] = [{}], onError?: 'continueRegularOutput'): Promise<IRun> {
	const given: INodeExecutionData[] = items.map(({ json = {}, binary }) => ({ json, ...(binary === undefined ? {} : { binary }) }));
	const feed: INodeType = {
		description: { ...node, displayName: FEED, name: 'feed', description: 'Gives items with files', defaults: { name: FEED }, properties: [] },
		execute: () => Promise.resolve([given]),
	};
	return run({
		nodes: [
			{ name: FEED, type: 'test.feed' },
			{ name: NAME, type: 'test.manage', parameters: { salonId: 'talk', ...parameters }, ...(onError === undefined ? {} : { onError }) },
		],
		connections: { [FEED]: { main: [[{ node: NAME, type: NodeConnectionTypes.Main, index: 0 }]] } },
		types: { 'test.feed': feed, 'test.manage': manager },
	});
}

/** Items an operation put out. Throws when it failed. */
export async function manage(parameters: INodeParameters, items?: readonly ManagedItem[]): Promise<readonly IDataObject[]> {
	return succeeded(await attempt(parameters, items), NAME);
}

/** The last item of {@link attempt}'s node, failed ones included. */
export const MANAGE = NAME;

/** A record as a selector holds it. */
export function chosen(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

export interface Stores {
	readonly store: Store;
	readonly assistants: AssistantStore;
	readonly conversations: ConversationStore;
}

/** The store the nodes of this process work with. */
export async function openStores(): Promise<Stores> {
	const owner = { id: '1', name: NAME, type: 'test.manage', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const { store, conversations } = await openNodeStore({ getNode: () => owner, getCredentials: () => Promise.reject(new Error('No credential is chosen')) });
	return { store, conversations, assistants: createAssistantStore(store) };
}
