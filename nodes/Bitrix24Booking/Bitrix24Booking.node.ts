import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorOpener } from '../shared/vendor/context';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { RESOURCES } from './resources';
import { BITRIX24_BOOKING } from './vendor';

/** A portal in Bitrix24, operation by operation. */
export class Bitrix24Booking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Booking',
		name: 'bitrix24Booking',
		icon: { light: 'file:bitrix24Booking.svg', dark: 'file:bitrix24Booking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with a portal in Bitrix24: appointments, free times, clients, deals, leads, calendars, booking resources and products',
		defaults: { name: 'Bitrix24 Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(BITRIX24_BOOKING),
		properties: vendorProperties(BITRIX24_BOOKING, RESOURCES),
	};

	methods = { listSearch: vendorSearches(BITRIX24_BOOKING), credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, vendorOpener(BITRIX24_BOOKING));
	}
}
