import { randomUUID } from 'node:crypto';
import { office } from '../../../core/crm/bitrix24';
import { rowsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { Bitrix24Context } from '../context';

export const runBatch = defineOperation<Bitrix24Context>({
	value: 'run',
	name: 'Run',
	action: 'Run batch',
	description: 'Run up to 50 methods of the portal in one request, in their order; each gives an item of its own',
	fields: [
		{
			displayName: 'Commands',
			name: 'commands',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Command',
			default: {},
			options: [
				{
					displayName: 'Command',
					name: 'rows',
					values: [
						{ displayName: 'Key', name: 'key', type: 'string', default: '', placeholder: 'e.g. find', description: 'Letters and digits; a later command takes its answer as $result[find][…]' },
						{ displayName: 'Method', name: 'method', type: 'string', default: '', placeholder: 'e.g. crm.item.get' },
						{ displayName: 'Parameters (JSON)', name: 'parameters', type: 'json', default: '{}', placeholder: 'e.g. { "entityTypeId": 3 }' },
					],
				},
			],
		},
		{ displayName: 'Stop at First Failure', name: 'halt', type: 'boolean', default: true, description: 'Whether commands after a failed one are not run' },
	],
	async run({ parameters, account }, i) {
		const commands = rowsOf(parameters.getNodeParameter('commands', i, {}), 'rows').map((row): office.Command => ({ key: textOf(row.key), method: textOf(row.method), parameters: objectIn(row.parameters) }));
		if (commands.length === 0) throw new ParameterError('There is no command', 'Add at least one command.');
		return valueOf(await office.runBatch(account.office, commands, parameters.getNodeParameter('halt', i, true) !== false, randomUUID()), 'Read back what the commands were to change before you run them again.');
	},
});

/** A JSON parameter comes as text or, from an expression, as the value itself. */
function objectIn(value: unknown): office.Row {
	const parsed: unknown = typeof value === 'string' ? parse(value) : (value ?? {});
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as office.Row;
	throw new ParameterError('The parameters of a command are no JSON object', 'Write them as { "id": 275 }, with double quotes around names and texts.');
}

function parse(text: string): unknown {
	try {
		return text.trim() === '' ? {} : (JSON.parse(text) as unknown);
	} catch {
		return null;
	}
}
