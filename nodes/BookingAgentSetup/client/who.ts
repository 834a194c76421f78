import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import type { ClientRef } from '../../../core/store';
import { ParameterError } from '../../shared/errors';
import { clientPhoneField, phoneOf, textOf } from '../../shared/fields';
import type { OperationContext } from '../../shared/operation';
import { chatFields } from '../../Conversation/fields';

/** Whose memory is meant. */
export const whoFields: readonly INodeProperties[] = [
	{
		displayName: 'Client By',
		name: 'clientBy',
		type: 'options',
		options: [
			{ name: 'Chat', value: 'chat', description: 'A client whose phone the channel does not vouch for: web chat, most webhooks' },
			{ name: 'Phone', value: 'phone', description: 'A client whose phone the channel vouches for: WhatsApp, a contact shared in Telegram' },
		],
		default: 'phone',
		description: 'What the assistant remembers a client by',
	},
	clientPhoneField('With the country code'),
	...updateDisplayOptions({ show: { clientBy: ['chat'] } }, [...chatFields]),
];

/** A client as an item names them. */
export interface NamedClient {
	readonly ref: ClientRef;
	readonly item: { readonly salonId: string; readonly phone: string | null; readonly channel: string | null; readonly chatId: string | null };
}

/** The client an item names. Throws {@link ParameterError} when it names none: a guess would show somebody else. */
export function readClient(parameters: OperationContext['parameters'], i: number, tenant: string): NamedClient {
	if (parameters.getNodeParameter('clientBy', i, 'phone') === 'phone') {
		const phone = phoneOf(parameters.getNodeParameter('phone', i));
		return { ref: { phone }, item: { salonId: tenant, phone, channel: null, chatId: null } };
	}
	const channel = textOf(parameters.getNodeParameter('channel', i));
	const chatId = textOf(parameters.getNodeParameter('chatId', i));
	if (channel === '' || chatId === '') throw new ParameterError('The chat is not named', 'Fill in Channel and Chat ID as Booking Agent put them out.');
	return { ref: { chat: { tenant, channel, chatId } }, item: { salonId: tenant, phone: null, channel, chatId } };
}
