import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { valueOfAnswer } from '../../shared/whatsapp/answer';
import type { SessionContext } from '../context';
import { sessionItem } from './item';

/** More at once look like the work of a spammer. */
const MOST_PHONES = 20;

export const restart = defineOperation<SessionContext>({
	value: 'restart',
	name: 'Restart',
	action: 'Restart session',
	description: 'Connect anew, also out of a state in which the session rests',
	fields: [],
	async run({ service, key }) {
		await service.ensure(key);
		valueOfAnswer(await service.command(key, { kind: 'restart' }));
		return sessionItem(await service.status(key));
	},
});

export const logOut = defineOperation<SessionContext>({
	value: 'logOut',
	name: 'Log Out',
	action: 'Log out session',
	description: 'Unlink the device; the number has to be paired again afterwards',
	fields: [{ displayName: 'I Want to Unlink This Number', name: 'isConfirmed', type: 'boolean', default: false, description: 'Whether the device is really to be unlinked; a working session is not easily had again' }],
	async run({ functions, service, key }, i) {
		if (functions.getNodeParameter('isConfirmed', i, false) !== true) throw new ParameterError('Log Out was not confirmed', 'Turn on "I Want to Unlink This Number". To stop messages for a while, unpublish the workflow instead.');
		valueOfAnswer(await service.command(key, { kind: 'logOut' }));
		return sessionItem(await service.status(key));
	},
});

export const checkNumbers = defineOperation<SessionContext>({
	value: 'checkNumbers',
	name: 'Check Numbers',
	action: 'Check which numbers have WhatsApp',
	description: 'Which phone numbers use WhatsApp; ask before the first message to a number, and for few at a time',
	fields: [{ displayName: 'Phones', name: 'phones', type: 'string', required: true, default: '', placeholder: 'e.g. +7 916 123-45-67', description: 'Numbers with country code, a list or separated by commas; at most 20' }],
	async run({ functions, service, key }, i) {
		const given: unknown = functions.getNodeParameter('phones', i);
		const phones = (Array.isArray(given) ? given.map(textOf) : textOf(given).split(',').map((one) => one.trim())).filter((one) => one !== '');
		if (phones.length === 0 || phones.length > MOST_PHONES) throw new ParameterError('Phones is not valid', `Give 1 to ${MOST_PHONES} numbers.`);
		const value = valueOfAnswer(await service.command(key, { kind: 'checkNumbers', phones })) as { readonly phones?: readonly object[] };
		return value.phones ?? [];
	},
});
