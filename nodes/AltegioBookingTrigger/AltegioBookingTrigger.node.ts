import {
	NodeConnectionTypes, type IHookFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, type IWebhookFunctions, type IWebhookResponseData,
} from 'n8n-workflow';
import { ALTEGIO } from '../../core/crm/yclients';
import { testStore } from '../shared/store-test';
import { vendorCredentials } from '../shared/vendor/panel';
import { settingSearches } from '../shared/vendor/searches';
import { triggerProperties } from '../shared/vendor/trigger/panel';
import { pollChanges } from '../shared/vendor/trigger/poll';
import { isHookRegistered, registerHook, unregisterHook } from '../shared/vendor/trigger/registration';
import { receiveDelivery } from '../shared/vendor/trigger/webhook';
import { brandTrigger } from '../YclientsBooking/family/trigger';
import { ALTEGIO_BOOKING } from '../AltegioBooking/vendor';

const TRIGGER = brandTrigger(ALTEGIO_BOOKING, ALTEGIO);

/** Changes in a location in Altegio. */
export class AltegioBookingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Altegio Booking Trigger',
		name: 'altegioBookingTrigger',
		icon: { light: 'file:altegioBookingTrigger.svg', dark: 'file:altegioBookingTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["mode"] + ": " + $parameter["events"].join(", ") }}',
		description: 'Starts when appointments, clients, services or staff change in a location in Altegio',
		eventTriggerDescription: 'Waiting for Altegio to tell of a change',
		defaults: { name: 'Altegio Booking Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: vendorCredentials(ALTEGIO_BOOKING),
		// without a method no address is served: polling needs none
		webhooks: [{ name: 'default', httpMethod: '={{ $parameter["mode"] === "poll" ? "" : "POST" }}', responseMode: 'onReceived', path: 'webhook' }],
		properties: triggerProperties(TRIGGER),
	};

	methods = { listSearch: settingSearches(ALTEGIO_BOOKING), credentialTest: { testStore } };

	webhookMethods = {
		default: {
			checkExists(this: IHookFunctions): Promise<boolean> {
				return isHookRegistered(this, TRIGGER);
			},
			create(this: IHookFunctions): Promise<boolean> {
				return registerHook(this, TRIGGER);
			},
			delete(this: IHookFunctions): Promise<boolean> {
				return unregisterHook(this, TRIGGER);
			},
		},
	};

	webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveDelivery(this, TRIGGER);
	}

	poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return pollChanges(this, TRIGGER);
	}
}
