import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorOpener } from '../shared/vendor/context';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { RESOURCES } from './resources';
import { ALTEGIO_BOOKING } from './vendor';

/** A location in Altegio, operation by operation. */
export class AltegioBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Altegio Booking',
		name: 'altegioBooking',
		icon: { light: 'file:altegioBooking.svg', dark: 'file:altegioBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with a location in Altegio: appointments, free times, clients, services, staff, visits, goods and schedules',
		defaults: { name: 'Altegio Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(ALTEGIO_BOOKING),
		properties: vendorProperties(ALTEGIO_BOOKING, RESOURCES),
	};

	methods = { listSearch: vendorSearches(ALTEGIO_BOOKING), credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, vendorOpener(ALTEGIO_BOOKING));
	}
}
