import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorOpener } from '../shared/vendor/context';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { RESOURCES } from './family/resources';
import { YCLIENTS_BOOKING } from './vendor';

/** A branch in YCLIENTS, operation by operation. */
export class YclientsBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'YCLIENTS Booking',
		name: 'yclientsBooking',
		icon: { light: 'file:yclientsBooking.svg', dark: 'file:yclientsBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with a branch in YCLIENTS: appointments, free times, clients, services, staff, visits, goods and schedules',
		defaults: { name: 'YCLIENTS Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(YCLIENTS_BOOKING),
		properties: vendorProperties(YCLIENTS_BOOKING, RESOURCES),
	};

	methods = { listSearch: vendorSearches(YCLIENTS_BOOKING), credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, vendorOpener(YCLIENTS_BOOKING));
	}
}
