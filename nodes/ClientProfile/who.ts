import type { INodeProperties } from 'n8n-workflow';
import type { ClientProfile } from '../../core/profile';
import { OutcomeError, ParameterError } from '../shared/errors';
import { clientPhoneField, phoneOf, textOf } from '../shared/fields';
import type { ProfileContext } from './context';

/** Which client is meant. */
export const whoFields: readonly INodeProperties[] = [
	{
		displayName: 'Client By',
		name: 'clientBy',
		type: 'options',
		options: [
			{ name: 'ID', value: 'id', description: "The CRM's own ID, as Get Many, Store Query or a change of CRM Changes Trigger puts it out" },
			{ name: 'Phone', value: 'phone' },
		],
		default: 'phone',
		description: 'What the client is found by',
	},
	clientPhoneField('With the country code; several cards of one phone are several clients'),
	{
		displayName: 'Client ID',
		name: 'clientId',
		type: 'string',
		required: true,
		displayOptions: { show: { clientBy: ['id'] } },
		default: '',
		placeholder: 'e.g. 1234567',
		description: "The CRM's own ID of the client",
	},
];

/** The clients an item names, at least one. Throws when it names none and when the copy has none. */
export async function readClients({ parameters, profiles }: ProfileContext, i: number): Promise<readonly [ClientProfile, ...ClientProfile[]]> {
	const [first, ...more] = await found(parameters, profiles, i);
	if (first !== undefined) return [first, ...more];
	throw new OutcomeError({ kind: 'refused', reason: 'not_found', message: 'The copy of this salon has no such client. A card that is new in the CRM comes with the next run of CRM Sync.' });
}

async function found(parameters: ProfileContext['parameters'], profiles: ProfileContext['profiles'], i: number): Promise<readonly ClientProfile[]> {
	if (parameters.getNodeParameter('clientBy', i, 'phone') === 'phone') {
		return profiles.byPhone(phoneOf(parameters.getNodeParameter('phone', i, '')));
	}
	const id = textOf(parameters.getNodeParameter('clientId', i, ''));
	if (id === '') throw new ParameterError('The client is not named', 'Fill in Client ID, or find the client by phone.');
	const one = await profiles.byId(id);
	return one === null ? [] : [one];
}
