import { defineOperation } from '../../shared/operation';
import { textOf } from '../../shared/fields';
import type { SessionContext } from '../context';
import { sendOptions, toField } from './fields';
import { send } from './send';

export const sendContact = defineOperation<SessionContext>({
	value: 'sendContact',
	name: 'Send Contact',
	action: 'Send contact message',
	description: 'Send a contact card with a name and a phone',
	fields: [
		toField,
		{ displayName: 'Contact Name', name: 'contactName', type: 'string', required: true, default: '', description: 'Name on the card' },
		{ displayName: 'Contact Phone', name: 'contactPhone', type: 'string', required: true, default: '', placeholder: 'e.g. +7 916 123-45-67', description: 'Phone on the card, with its country code' },
		sendOptions,
	],
	run(context, i) {
		const [name = '', phone = ''] = ['contactName', 'contactPhone'].map((one) => textOf(context.functions.getNodeParameter(one, i)));
		return send(context, i, { content: { kind: 'contact', name, phone: phone.replace(/[\s().-]/g, '') } });
	},
});
