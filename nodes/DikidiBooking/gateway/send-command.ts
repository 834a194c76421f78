import { GATEWAY_COMMANDS, sendCommand } from '../../../core/crm/dikidi';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { DikidiContext } from '../context';

const AFTER_UNKNOWN = 'The gateway may have received the command without saying what came of it: wait for the event that names its command id, or read back, before you send it again.';

export const sendGatewayCommand = defineOperation<DikidiContext>({
	value: 'sendCommand',
	name: 'Send Command',
	action: 'Send gateway command',
	description: 'Send one command of the gateway contract with a payload of your own; its result becomes the item',
	fields: [
		{
			displayName: 'Command',
			name: 'command',
			type: 'options',
			options: [...GATEWAY_COMMANDS].sort().map((command) => ({ name: command, value: command })),
			default: 'company.get',
			description: 'A command that changes something is sent once; any other is repeated when no answer comes',
		},
		{ displayName: 'Payload (JSON)', name: 'payload', type: 'json', default: '{}', placeholder: 'e.g. { "phone": "+79990000001" }' },
		{ displayName: 'Command ID', name: 'commandId', type: 'string', default: '', description: 'The same for a command that is sent again to an idempotent gateway. Leave empty for a new one.' },
	],
	async run({ parameters, account }, i) {
		if (account.gateway === null) throw new ParameterError('This route has no gateway', 'Set Route to Gateway, and enter Gateway URL in the credential.');
		const id = textOf(parameters.getNodeParameter('commandId', i, ''));
		const command = textOf(parameters.getNodeParameter('command', i));
		const result = valueOf(await sendCommand(account.gateway, command, payloadOf(parameters.getNodeParameter('payload', i, '{}')), ...(id === '' ? [] : [id])), AFTER_UNKNOWN);
		return { command, result };
	},
});

/** A JSON parameter comes as text or, from an expression, as the value itself. */
function payloadOf(value: unknown): object {
	const parsed: unknown = typeof value === 'string' ? parse(value) : value;
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
	throw new ParameterError('Payload is not a JSON object', 'Write it in braces, with double quotes around names and texts.');
}

function parse(text: string): unknown {
	try {
		return text.trim() === '' ? {} : (JSON.parse(text) as unknown);
	} catch {
		return null;
	}
}
