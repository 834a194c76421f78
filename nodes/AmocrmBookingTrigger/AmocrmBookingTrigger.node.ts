import {
	NodeConnectionTypes, type IHookFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, type IWebhookFunctions, type IWebhookResponseData,
} from 'n8n-workflow';
import { testStore } from '../shared/store-test';
import { vendorCredentials } from '../shared/vendor/panel';
import { settingSearches } from '../shared/vendor/searches';
import { triggerProperties } from '../shared/vendor/trigger/panel';
import { pollChanges } from '../shared/vendor/trigger/poll';
import { isHookRegistered, registerHook, unregisterHook } from '../shared/vendor/trigger/registration';
import { receiveDelivery } from '../shared/vendor/trigger/webhook';
import { familyTrigger } from '../AmocrmBooking/family/trigger';
import { AMOCRM_BOOKING } from '../AmocrmBooking/vendor';

const TRIGGER = familyTrigger(AMOCRM_BOOKING);

/** Changes in an account in amoCRM. */
export class AmocrmBookingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'amoCRM Booking Trigger',
		name: 'amocrmBookingTrigger',
		icon: { light: 'file:amocrmBookingTrigger.svg', dark: 'file:amocrmBookingTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["mode"] + ": " + $parameter["events"].join(", ") }}',
		description: 'Starts when appointments, leads, contacts, companies or tasks change in an account in amoCRM',
		eventTriggerDescription: 'Waiting for amoCRM to tell of a change',
		defaults: { name: 'amoCRM Booking Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: vendorCredentials(AMOCRM_BOOKING),
		// without a method no address is served: polling needs none
		webhooks: [{ name: 'default', httpMethod: '={{ $parameter["mode"] === "poll" ? "" : "POST" }}', responseMode: 'onReceived', path: 'webhook' }],
		properties: triggerProperties(TRIGGER),
	};

	methods = { listSearch: settingSearches(AMOCRM_BOOKING), credentialTest: { testStore } };

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
