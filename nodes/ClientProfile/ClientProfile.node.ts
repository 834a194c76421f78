import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { describeOperations } from '../shared/operation';
import { routeOperations } from '../shared/router';
import { salonIdField } from '../shared/salon';
import { testStore } from '../shared/store-test';
import { openSalonProfiles } from './context';
import { OPERATIONS } from './operations';

/**
 * Clients of a salon as its copy of the CRM shows them: habits, money, segments, risk. Not a tool: a model that talks
 * with one client must not look up another by phone.
 */
// eslint-disable-next-line @n8n/community-nodes/node-usable-as-tool
export class ClientProfile implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Client Profile',
		name: 'clientProfile',
		icon: { light: 'file:clientProfile.svg', dark: 'file:clientProfile.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Habits, spending, segments and no-show risk of clients, from the copy that CRM Sync keeps',
		defaults: { name: 'Client Profile' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aiAdminStoreApi', required: false, testedBy: 'testStore' }],
		properties: [...describeOperations(OPERATIONS, 'get'), salonIdField],
	};

	methods = { credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeOperations(this, OPERATIONS, openSalonProfiles());
	}
}
