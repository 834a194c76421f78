import { NodeConnectionTypes, type IHookFunctions, type INodeType, type INodeTypeDescription, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { DIKIDI_BOOKING } from '../DikidiBooking/vendor';
import { testStore } from '../shared/store-test';
import { vendorCredentials } from '../shared/vendor/panel';
import { triggerPanel } from './panel';
import { receiveEvent } from './receive-event';

/** Events of a gateway that speaks for a company in DIKIDI. */
export class DikidiBookingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'DIKIDI Booking Trigger',
		name: 'dikidiBookingTrigger',
		icon: { light: 'file:dikidiBookingTrigger.svg', dark: 'file:dikidiBookingTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts when your gateway or integration platform tells of a booking or a client in DIKIDI',
		eventTriggerDescription: 'Waiting for the gateway to post an event',
		defaults: { name: 'DIKIDI Booking Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: vendorCredentials(DIKIDI_BOOKING),
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [...triggerPanel],
	};

	methods = { credentialTest: { testStore } };

	/** There is nobody to register at: the owner enters the address in the gateway. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return receiveEvent(this);
	}
}
