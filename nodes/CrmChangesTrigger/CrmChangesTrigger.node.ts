import { NodeConnectionTypes, NodeOperationError, type IDataObject, type INodeType, type INodeTypeDescription, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';
import { toNodeError } from '../shared/errors';
import { testStore } from '../shared/store-test';
import { changeItems } from '../shared/sync-changes';
import { properties } from './properties';
import { createPump } from './pump';
import { setUpChanges, type ChangesSetup } from './setup';

/** So many of the newest changes are looked through for one to show in the editor. */
const LOOKED_THROUGH = 500;

/** Real changes of the copy that CRM Sync keeps. */
export class CrmChangesTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Changes Trigger',
		name: 'crmChangesTrigger',
		icon: { light: 'file:crmChangesTrigger.svg', dark: 'file:crmChangesTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["salonId"] + ": " + $parameter["entities"].join(", ") }}',
		description: 'Starts when CRM Sync has found that a client, a visit or another record has really changed',
		eventTriggerDescription: 'Waiting for CRM Sync to find a change',
		activationMessage: 'You will hear of changes that CRM Sync finds from now on.',
		defaults: { name: 'CRM Changes Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aiAdminStoreApi', required: false, testedBy: 'testStore' }],
		properties,
	};

	methods = { credentialTest: { testStore } };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		try {
			const setup = await setUpChanges(this);
			if (this.getMode() === 'manual') return { manualTriggerFunction: () => showLatest(this, setup) };
			// a trigger that was never there before begins here, not with the first tick
			await setup.feed.next(setup.reader, 1);
			const pump = createPump(this, setup);
			this.helpers.registerCron({ expression: setup.expression }, () => void pump.tick());
			return { closeFunction: async () => pump.close() };
		} catch (error) {
			throw toNodeError(this.getNode(), error, 0);
		}
	}
}

/** In the editor: the newest change, which the published workflow still hears of. */
async function showLatest(functions: ITriggerFunctions, { feed, query, tenant, entities, kinds }: ChangesSetup): Promise<void> {
	const change = (await feed.latest(LOOKED_THROUGH)).find(({ entity, kind }) => entities.includes(entity) && kinds.includes(kind));
	if (change === undefined) {
		throw new NodeOperationError(functions.getNode(), 'There is no change to show yet', {
			description: 'Change something in the CRM and run CRM Sync, or widen Entities and Kinds. The first copy of a list makes no changes.',
		});
	}
	functions.emit([(await changeItems(query, tenant, [change])).map((json) => ({ json: { ...json } as unknown as IDataObject }))]);
}
