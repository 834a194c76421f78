import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { openDikidi } from './context';
import { RESOURCES } from './resources';
import { DIKIDI_BOOKING } from './vendor';

/** A company in DIKIDI, operation by operation. */
export class DikidiBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'DIKIDI Booking',
		name: 'dikidiBooking',
		icon: { light: 'file:dikidiBooking.svg', dark: 'file:dikidiBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with a company in DIKIDI: booking links, a gateway of your own, imports of exports, and the public page',
		defaults: { name: 'DIKIDI Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(DIKIDI_BOOKING),
		properties: vendorProperties(DIKIDI_BOOKING, RESOURCES),
	};

	methods = { listSearch: vendorSearches(DIKIDI_BOOKING), credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, openDikidi);
	}
}
