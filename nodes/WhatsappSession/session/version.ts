import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { SessionContext } from '../context';

export const setVersion = defineOperation<SessionContext>({
	value: 'setVersion',
	name: 'Set Client Version',
	action: 'Set client version of all sessions',
	description: 'Tell WhatsApp another version of the client, for all numbers of the store; only for numbers that are "client outdated" and find no version by themselves',
	fields: [{ displayName: 'Version', name: 'version', type: 'string', default: '', placeholder: 'e.g. 2.3000.1043857760', description: 'Three numbers with dots, as web.whatsapp.com has them; empty takes it back' }],
	async run({ functions, service }, i) {
		const version = textOf(functions.getNodeParameter('version', i, ''));
		await service.setVersion(version === '' ? null : version);
		return { version: version === '' ? null : version };
	},
});
