import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { describeResources } from '../shared/operation';
import { routeResources } from '../shared/router';
import { salonIdField } from '../shared/salon';
import { testStore } from '../shared/store-test';
import { openBuiltin } from './context';
import { LIST_SEARCH } from './locators';
import { RESOURCES } from './resources';

/** The CRM that comes with the package, operation by operation. */
export class BuiltinBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Built-in Booking',
		name: 'builtinBooking',
		icon: { light: 'file:builtinBooking.svg', dark: 'file:builtinBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Run a salon on the built-in CRM: appointments, free times, clients, services, staff and sales',
		defaults: { name: 'Built-in Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'aiAdminStoreApi', required: false, testedBy: 'testStore' }],
		properties: [
			{
				displayName: 'Without a credential the data is kept in ai-admin.sqlite in the n8n folder',
				name: 'storeNotice',
				type: 'notice',
				default: '',
			},
			...describeResources(RESOURCES, 'appointment'),
			salonIdField,
		],
	};

	methods = { listSearch: LIST_SEARCH, credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, openBuiltin);
	}
}
