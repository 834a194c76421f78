import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeOperations } from '../shared/router';
import { testStore } from '../shared/store-test';
import { settingSearches } from '../shared/vendor/searches';
import { VENDORS } from '../shared/vendors';
import { syncOpener } from './context';
import { OPERATIONS } from './operations';
import { credentials, properties } from './properties';

/** Copies a CRM into the store of a salon. */
export class CrmSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CRM Sync',
		name: 'crmSync',
		icon: { light: 'file:crmSync.svg', dark: 'file:crmSync.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["salonId"] }}',
		description: "Copies clients, visits, sales, services, staff and schedules of a CRM into the salon's own store, and keeps the copy fresh",
		defaults: { name: 'CRM Sync' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials,
		properties,
	};

	methods = { listSearch: Object.assign({}, ...VENDORS.map(settingSearches)), credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeOperations(this, OPERATIONS, syncOpener(this));
	}
}
