import type { IExecuteFunctions, INodeCredentialDescription, INodeProperties, ISupplyDataFunctions } from 'n8n-workflow';
import { BUILTIN, crmField } from '../shared/crm-registry';
import { textOf } from '../shared/fields';
import { salonIdField } from '../shared/salon';
import { credentialsOf, settingsOf, storeCredential } from '../shared/vendor/panel';
import { VENDORS } from '../shared/vendors';

const FROM_TRIGGER = (field: string): string => `={{ $('When chat message received').first().json.${field} }}`;

/** The store of the conversations, and the credential of the CRM that is chosen. */
export const credentials: INodeCredentialDescription[] = [storeCredential, ...VENDORS.flatMap((vendor) => credentialsOf(vendor, { crm: [vendor.value] }))];

/** The panel: what every agent needs, and what only n8n's own AI Agent needs. */
export const properties: INodeProperties[] = [
	crmField('Where services, staff, free times and visits come from'),
	...VENDORS.flatMap((vendor) => settingsOf(vendor, { crm: [vendor.value] })),
	salonIdField,
	{
		displayName: 'Create Demo Salon When Empty',
		name: 'demoSalon',
		type: 'boolean',
		default: false,
		displayOptions: { show: { crm: [BUILTIN] } },
		description: 'Whether to fill an empty salon with made-up services, staff, clients and visits to try things out',
	},
	{
		displayName: "The options below are for n8n's own AI Agent and other agents; Booking Agent needs none of them.",
		name: 'agentNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Agent Tools',
		name: 'agentTools',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Tool Name Prefix',
				name: 'prefix',
				type: 'string',
				default: '',
				placeholder: 'e.g. lavender_',
				description: 'Put before the names of the tools when one agent has several salons; letters, digits, _ and - only',
			},
		],
	},
	{
		displayName: 'Chat ID',
		name: 'chatId',
		type: 'string',
		default: FROM_TRIGGER('sessionId'),
		description: 'The chat of the client; read it from the trigger by name, not from $json, which holds what the model says',
	},
	{
		displayName: 'Client Message',
		name: 'clientMessage',
		type: 'string',
		default: FROM_TRIGGER('chatInput'),
		description: "The client's own words; a confirmation is taken from here and never from the model",
	},
	{
		displayName: 'Client Phone',
		name: 'clientPhone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +79161234567',
		description: 'A phone the channel proves, when it has one; leave empty for a web chat',
	},
	{
		displayName: 'Phone Country',
		name: 'phoneCountry',
		type: 'string',
		default: 'RU',
		placeholder: 'e.g. RU',
		description: 'Two-letter country by which a phone without a country code is read',
	},
];

/** The prefix of tool names, only characters that every provider takes. */
export function toolPrefix(context: IExecuteFunctions | ISupplyDataFunctions, i: number): string {
	const options = context.getNodeParameter('agentTools', i, {}) as { prefix?: unknown };
	return textOf(options.prefix).replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 30);
}
