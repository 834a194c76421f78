import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { routeResources } from '../shared/router';
import { testStore } from '../shared/store-test';
import { vendorOpener } from '../shared/vendor/context';
import { vendorCredentials, vendorProperties } from '../shared/vendor/panel';
import { vendorSearches } from '../shared/vendor/searches';
import { sharedSearches } from './family/searches';
import { RESOURCES } from './resources';
import { AMOCRM_BOOKING, AMOCRM_CANVAS } from './vendor';

const SEARCHES = vendorSearches(AMOCRM_BOOKING);

/** An account in amoCRM, operation by operation. */
export class AmocrmBooking implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'amoCRM Booking',
		name: 'amocrmBooking',
		icon: { light: 'file:amocrmBooking.svg', dark: 'file:amocrmBooking.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with an account in amoCRM: appointments, free times, clients, leads with their pipelines, contacts, tasks, notes and lists',
		defaults: { name: 'amoCRM Booking' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: vendorCredentials(AMOCRM_BOOKING),
		properties: vendorProperties(AMOCRM_BOOKING, RESOURCES),
	};

	methods = { listSearch: { ...SEARCHES, ...sharedSearches(AMOCRM_CANVAS.searchPrefix, SEARCHES) }, credentialTest: { testStore } };

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return routeResources(this, RESOURCES, vendorOpener(AMOCRM_BOOKING));
	}
}
