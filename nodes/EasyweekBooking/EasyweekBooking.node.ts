import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorOpener } from '../shared/vendor/context';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { RESOURCES } from './resources';
import { EASYWEEK_BOOKING } from './vendor';

/** A location in EasyWeek, operation by operation. */
export class EasyweekBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EasyWeek Booking',
		name: 'easyweekBooking',
		icon: { light: 'file:easyweekBooking.svg', dark: 'file:easyweekBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with a location in EasyWeek: appointments, free times, clients, services, staff, bookings, customers and orders',
		defaults: { name: 'EasyWeek Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(EASYWEEK_BOOKING),
		properties: vendorProperties(EASYWEEK_BOOKING, RESOURCES),
	};

	methods = { listSearch: vendorSearches(EASYWEEK_BOOKING), credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, vendorOpener(EASYWEEK_BOOKING));
	}
}
