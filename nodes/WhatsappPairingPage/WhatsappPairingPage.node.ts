import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { salonIdField } from '../shared/salon';
import { STORE_CREDENTIAL } from '../shared/store';
import { testStore } from '../shared/store-test';
import { servePage } from './serve';

/** A page on which somebody links a WhatsApp number without an account in n8n. */
export class WhatsappPairingPage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Pairing Page',
		name: 'whatsappPairingPage',
		icon: { light: 'file:whatsappPairingPage.svg', dark: 'file:whatsappPairingPage.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["salonId"] }}',
		description: 'Serves the page behind a pairing link: QR code, code by phone number, and the state in plain words',
		defaults: { name: 'WhatsApp Pairing Page' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		eventTriggerDescription: 'Waiting for somebody to open a pairing link',
		activationMessage: 'The pairing page can be opened now. Make a link to it with the operation Create Pairing Link of WhatsApp Session.',
		credentials: [{ name: STORE_CREDENTIAL, required: false, testedBy: 'testStore' }],
		webhooks: [
			{ name: 'default', httpMethod: 'GET', responseMode: 'onReceived', isFullPath: true, path: '={{ $parameter["path"] }}' },
			{ name: 'setup', httpMethod: 'POST', responseMode: 'onReceived', isFullPath: true, path: '={{ $parameter["path"] }}' },
		],
		properties: [
			{
				displayName: 'Nothing is shown without a link: make one with Create Pairing Link of WhatsApp Session, and put the address of this page into its Page Address. A link opens once, in one browser.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			salonIdField,
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				default: 'whatsapp-pairing',
				required: true,
				placeholder: 'e.g. whatsapp-pairing',
				description: 'End of the address; a second page in the same n8n needs another one',
			},
		],
	};

	methods = { credentialTest: { testStore } };

	/** The address is n8n's own: there is nobody to tell of it. */
	webhookMethods = {
		default: {
			checkExists: () => Promise.resolve(true),
			create: () => Promise.resolve(true),
			delete: () => Promise.resolve(true),
		},
	};

	webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return servePage(this);
	}
}
