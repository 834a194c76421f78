import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { describeResources } from '../shared/operation';
import { routeResources } from '../shared/router';
import { salonIdField } from '../shared/salon';
import { testStore } from '../shared/store-test';
import { openManagement } from './context';
import { MANAGE_LISTS } from './locators';
import { MANAGED } from './resources';

/**
 * What Booking Agent knows and how it behaves. A node of its own: with its panel on the agent, n8n would go through all
 * of it for every message of a client.
 */
export class BookingAgentSetup implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Booking Agent Setup',
		name: 'bookingAgentSetup',
		icon: { light: 'file:bookingAgentSetup.svg', dark: 'file:bookingAgentSetup.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Profiles, knowledge, sales lines, open questions and client memory of Booking Agent',
		defaults: { name: 'Booking Agent Setup' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'aiAdminStoreApi', required: false, testedBy: 'testStore' }],
		properties: [
			{
				displayName: 'Without a credential the data is kept in ai-admin.sqlite in the n8n folder. Use the same credential and Salon ID as in Booking CRM.',
				name: 'storeNotice',
				type: 'notice',
				default: '',
			},
			...describeResources(MANAGED, 'knowledge'),
			salonIdField,
		],
	};

	methods = { listSearch: MANAGE_LISTS, credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, MANAGED, openManagement());
	}
}
