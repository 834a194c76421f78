import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { describeOperations } from '../shared/operation';
import { routeOperations } from '../shared/router';
import { salonIdField } from '../shared/salon';
import { testStore } from '../shared/store-test';
import { openOutreach } from './context';
import { OPERATIONS } from './operations';

const [operationField, ...operationFields] = describeOperations(OPERATIONS, 'getReminders');

/** Tells whom a salon should write to now, each occasion once. Not a tool: who is written to is no model's choice. */
// eslint-disable-next-line @n8n/community-nodes/node-usable-as-tool
export class ClientOutreach implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Client Outreach',
		name: 'clientOutreach',
		icon: { light: 'file:clientOutreach.svg', dark: 'file:clientOutreach.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["salonId"] }}',
		description: 'Tells whom to remind, to ask for a review, to invite or to congratulate now, each occasion once and never at night',
		defaults: { name: 'Client Outreach' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'aiAdminStoreApi', required: false, testedBy: 'testStore' }],
		properties: [...(operationField === undefined ? [] : [operationField]), salonIdField, ...operationFields],
	};

	methods = { credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeOperations(this, OPERATIONS, openOutreach);
	}
}
