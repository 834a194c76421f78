import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorOpener } from '../shared/vendor/context';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { RESOURCES } from './resources';
import { ONEC_BOOKING } from './vendor';

/** A base of 1C:Enterprise, operation by operation. */
export class OnecBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1C Booking',
		name: 'onecBooking',
		icon: { light: 'file:onecBooking.svg', dark: 'file:onecBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with a base of 1C:Enterprise through OData: appointments, free times, clients, catalogs, documents and registers',
		defaults: { name: '1C Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(ONEC_BOOKING),
		properties: vendorProperties(ONEC_BOOKING, RESOURCES),
	};

	methods = { listSearch: vendorSearches(ONEC_BOOKING), credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, vendorOpener(ONEC_BOOKING));
	}
}
