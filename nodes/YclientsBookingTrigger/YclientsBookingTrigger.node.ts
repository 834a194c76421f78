import {
	NodeConnectionTypes, type IHookFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, type IWebhookFunctions, type IWebhookResponseData,
} from 'n8n-workflow';
import { YCLIENTS } from '../../core/crm/yclients';
import { testStore } from '../shared/store-test';
import { vendorCredentials } from '../shared/vendor/panel';
import { settingSearches } from '../shared/vendor/searches';
import { triggerProperties } from '../shared/vendor/trigger/panel';
import { pollChanges } from '../shared/vendor/trigger/poll';
import { isHookRegistered, registerHook, unregisterHook } from '../shared/vendor/trigger/registration';
import { receiveDelivery } from '../shared/vendor/trigger/webhook';
import { brandTrigger } from '../YclientsBooking/family/trigger';
import { YCLIENTS_BOOKING } from '../YclientsBooking/vendor';

const TRIGGER = brandTrigger(YCLIENTS_BOOKING, YCLIENTS);

/** Changes in a branch in YCLIENTS. */
export class YclientsBookingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'YCLIENTS Booking Trigger',
		name: 'yclientsBookingTrigger',
		icon: { light: 'file:yclientsBookingTrigger.svg', dark: 'file:yclientsBookingTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["mode"] + ": " + $parameter["events"].join(", ") }}',
		description: 'Starts when appointments, clients, services or staff change in a branch in YCLIENTS',
		eventTriggerDescription: 'Waiting for YCLIENTS to tell of a change',
		defaults: { name: 'YCLIENTS Booking Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: vendorCredentials(YCLIENTS_BOOKING),
		// without a method no address is served: polling needs none
		webhooks: [{ name: 'default', httpMethod: '={{ $parameter["mode"] === "poll" ? "" : "POST" }}', responseMode: 'onReceived', path: 'webhook' }],
		properties: triggerProperties(TRIGGER),
	};

	methods = { listSearch: settingSearches(YCLIENTS_BOOKING), credentialTest: { testStore } };

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
