import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorOpener } from '../shared/vendor/context';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { sharedSearches } from '../AmocrmBooking/family/searches';
import { RESOURCES } from './resources';
import { KOMMO_BOOKING, KOMMO_CANVAS } from './vendor';

const SEARCHES = vendorSearches(KOMMO_BOOKING);

/** An account in Kommo, operation by operation. */
export class KommoBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kommo Booking',
		name: 'kommoBooking',
		icon: { light: 'file:kommoBooking.svg', dark: 'file:kommoBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with an account in Kommo: appointments, free times, clients, leads with their pipelines, contacts, tasks, notes and lists',
		defaults: { name: 'Kommo Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(KOMMO_BOOKING),
		properties: vendorProperties(KOMMO_BOOKING, RESOURCES),
	};

	methods = { listSearch: { ...SEARCHES, ...sharedSearches(KOMMO_CANVAS.searchPrefix, SEARCHES) }, credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, vendorOpener(KOMMO_BOOKING));
	}
}
