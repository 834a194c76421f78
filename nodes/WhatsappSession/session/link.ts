import { createPairingLinks } from '../../../core/whatsapp/pairing-links';
import { ParameterError } from '../../shared/errors';
import { textOf, wholeNumberOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { SessionContext } from '../context';

const PAGE_PATH = 'webhook/whatsapp-pairing';

export const createPairingLink = defineOperation<SessionContext>({
	value: 'createPairingLink',
	name: 'Create Pairing Link',
	action: 'Create pairing link',
	description: 'Make a link for whoever has the phone; it opens once, in one browser',
	fields: [
		{
			displayName: 'Page Address',
			name: 'pageAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/whatsapp-pairing',
			description: 'Production address of the WhatsApp Pairing Page node. Empty: the page of this n8n under its usual path.',
		},
		{ displayName: 'Minutes', name: 'minutes', type: 'number', typeOptions: { minValue: 1, maxValue: 1440 }, default: 15, description: 'How long the link can be opened' },
	],
	async run({ functions, store, key }, i) {
		const minutes = wholeNumberOf(functions.getNodeParameter('minutes', i, 15), 'Minutes', { min: 1, max: 1440 });
		const address = pageAddress(textOf(functions.getNodeParameter('pageAddress', i, '')), functions.getInstanceBaseUrl());
		const { token, expiresAt } = await createPairingLinks(store).create(key, minutes * 60_000);
		address.searchParams.set('token', token);
		return { url: address.href, expiresAt: new Date(expiresAt).toISOString(), salonId: key.tenant, session: key.session };
	},
});

function pageAddress(given: string, instance: string): URL {
	const text = given === '' ? `${instance.replace(/\/*$/, '/')}${PAGE_PATH}` : given;
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
	throw new ParameterError('Page Address is not an address', 'Copy the production address from the WhatsApp Pairing Page node.');
}
