import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { describeResources } from '../shared/operation';
import { routeResources } from '../shared/router';
import { salonIdField } from '../shared/salon';
import { testStore } from '../shared/store-test';
import { openCopy } from './context';
import { RESOURCES } from './resources';

/** Reads the copy that CRM Sync keeps. */
export class StoreQuery implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Store Query',
		name: 'storeQuery',
		icon: { light: 'file:storeQuery.svg', dark: 'file:storeQuery.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read clients, visits, sales, services, staff and schedules from the copy that CRM Sync keeps, without asking the CRM',
		defaults: { name: 'Store Query' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'aiAdminStoreApi', required: false, testedBy: 'testStore' }],
		properties: [...describeResources(RESOURCES, 'client'), salonIdField],
	};

	methods = { credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, openCopy);
	}
}
