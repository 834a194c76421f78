import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, Icon, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { COMMAND_OPTIONS, signed, signInTest } from './shared/dikidi-sign-in';

/** A company in DIKIDI and, where the owner has one, the gateway that stands in for the API the vendor does not have. */
export class AiAdminDikidiApi implements ICredentialType {
	name = 'aiAdminDikidiApi';

	displayName = 'DIKIDI Booking API';

	icon: Icon = { light: 'file:dikidi.svg', dark: 'file:dikidi.dark.svg' };

	documentationUrl = 'https://github.com/ai-admin-n8n/n8n-nodes-ai-admin/blob/main/docs/crm/dikidi.md#keys';

	properties: INodeProperties[] = [
		{
			displayName: 'DIKIDI has no official API. Without a gateway of your own the nodes hand clients over to the booking page, import exports and read events; they book nothing.',
			name: 'noApiNotice',
			type: 'notice',
			default: '',
		},
		{ displayName: 'Company ID', name: 'companyId', type: 'string', required: true, default: '', placeholder: 'e.g. 100500', description: 'The number in the address of the booking page, such as dikidi.net/100500' },
		{ displayName: 'Gateway URL', name: 'gatewayUrl', type: 'string', default: '', placeholder: 'e.g. https://hooks.example/dikidi', description: 'Where commands are posted: an endpoint of your own, or of an integration platform. Leave empty without one.' },
		{
			displayName: 'Gateway Secret',
			name: 'gatewaySecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Long and random, the same on both sides. Commands are signed with it, and events are accepted by it.',
		},
		{ displayName: 'Gateway Commands', name: 'commands', type: 'multiOptions', options: [...COMMAND_OPTIONS], default: [], description: 'What the gateway really does. Whatever is not ticked is refused, and the client is handed over.' },
		{
			displayName: 'Gateway Is Idempotent',
			name: 'idempotent',
			type: 'boolean',
			default: false,
			description: 'Whether the gateway does one command_id once, however often it comes. Leave off when you are not sure.',
		},
		{
			displayName: 'Events Are Proved By',
			name: 'eventProof',
			type: 'options',
			options: [
				{ name: 'Signature', value: 'hmac', description: 'X-Gateway-Signature over timestamp and body, the strongest' },
				{ name: 'Token in a Header', value: 'header', description: 'X-Gateway-Token with the secret, for platforms that cannot sign' },
				{ name: 'Token in the Address', value: 'query', description: '?token= with the secret: the last resort, since addresses get into logs' },
			],
			default: 'hmac',
			description: 'How the platform proves its events to DIKIDI Booking Trigger',
		},
		{ displayName: 'Page URL', name: 'baseUrl', type: 'string', default: 'https://dikidi.net', description: 'Address of the public booking page, for the experimental reading only' },
	];

	test: ICredentialTestRequest = signInTest;

	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => signed(credentials, options);
}
