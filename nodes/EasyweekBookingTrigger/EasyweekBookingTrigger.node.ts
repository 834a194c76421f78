import { NodeConnectionTypes, type IHookFunctions, type INodeType, type INodeTypeDescription, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { EASYWEEK_TRIGGER } from '../EasyweekBooking/trigger';
import { EASYWEEK_BOOKING } from '../EasyweekBooking/vendor';
import { testStore } from '../shared/store-test';
import { vendorCredentials } from '../shared/vendor/panel';
import { settingSearches } from '../shared/vendor/searches';
import { triggerProperties } from '../shared/vendor/trigger/panel';
import { isHookRegistered, registerHook, unregisterHook } from '../shared/vendor/trigger/registration';
import { receiveDelivery } from '../shared/vendor/trigger/webhook';

/** Changes of appointments in a location in EasyWeek. */
export class EasyweekBookingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'EasyWeek Booking Trigger',
		name: 'easyweekBookingTrigger',
		icon: { light: 'file:easyweekBookingTrigger.svg', dark: 'file:easyweekBookingTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts when an appointment is booked, changed, moved, cancelled or completed in a location in EasyWeek',
		eventTriggerDescription: 'Waiting for EasyWeek to tell of a change',
		defaults: { name: 'EasyWeek Booking Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: vendorCredentials(EASYWEEK_BOOKING),
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: triggerProperties(EASYWEEK_TRIGGER),
	};

	methods = { listSearch: settingSearches(EASYWEEK_BOOKING), credentialTest: { testStore } };

	webhookMethods = {
		default: {
			checkExists(this: IHookFunctions): Promise<boolean> {
				return isHookRegistered(this, EASYWEEK_TRIGGER);
			},
			create(this: IHookFunctions): Promise<boolean> {
				return registerHook(this, EASYWEEK_TRIGGER);
			},
			delete(this: IHookFunctions): Promise<boolean> {
				return unregisterHook(this, EASYWEEK_TRIGGER);
			},
		},
	};

	webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveDelivery(this, EASYWEEK_TRIGGER);
	}
}
