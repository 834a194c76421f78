import {
	NodeConnectionTypes, type IHookFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, type IWebhookFunctions, type IWebhookResponseData,
} from 'n8n-workflow';
import { BITRIX24_BOOKING } from '../Bitrix24Booking/vendor';
import { testStore } from '../shared/store-test';
import { vendorCredentials } from '../shared/vendor/panel';
import { settingSearches } from '../shared/vendor/searches';
import { triggerProperties } from '../shared/vendor/trigger/panel';
import { pollChanges } from '../shared/vendor/trigger/poll';
import { isHookRegistered, registerHook, unregisterHook } from '../shared/vendor/trigger/registration';
import { receiveDelivery } from '../shared/vendor/trigger/webhook';
import { TRIGGER } from './trigger';

/** Changes in a portal in Bitrix24. */
export class Bitrix24BookingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bitrix24 Booking Trigger',
		name: 'bitrix24BookingTrigger',
		icon: { light: 'file:bitrix24BookingTrigger.svg', dark: 'file:bitrix24BookingTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["mode"] + ": " + $parameter["events"].join(", ") }}',
		description: 'Starts when appointments, clients, deals or leads change in a portal in Bitrix24',
		eventTriggerDescription: 'Waiting for Bitrix24 to tell of a change',
		defaults: { name: 'Bitrix24 Booking Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: vendorCredentials(BITRIX24_BOOKING),
		// without a method no address is served: polling needs none
		webhooks: [{ name: 'default', httpMethod: '={{ $parameter["mode"] === "poll" ? "" : "POST" }}', responseMode: 'onReceived', path: 'webhook' }],
		properties: triggerProperties(TRIGGER),
	};

	methods = { listSearch: settingSearches(BITRIX24_BOOKING), credentialTest: { testStore } };

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
