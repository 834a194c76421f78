import type { INodeProperties } from 'n8n-workflow';
import type { OutreachKind, OutreachOrder } from '../../core/outreach';
import { whatsappChatOf } from '../../core/store/outreach';
import { ParameterError } from '../shared/errors';
import { textOf, wholeNumberOf } from '../shared/fields';
import { sessionOf } from '../shared/whatsapp/session-field';
import type { OutreachContext } from './context';

/** The chat by which a channel knows a phone. */
type ChatOf = (phone: string, context: OutreachContext, session: string) => string | Promise<string>;

const CHATS: ReadonlyMap<string, ChatOf> = new Map<string, ChatOf>([
	['webhook', (phone) => phone],
	['whatsapp_cloud', (phone) => phone.replace(/^\+/, '')],
	['whatsapp', (phone, { store, tenant }, session) => whatsappChatOf(store, tenant, session, phone)],
]);
const HOURS = { min: 0, max: 24 * 60 };

const note: INodeProperties = {
	displayName: 'Own Words',
	name: 'note',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Please come five minutes early.',
	description: 'A sentence of the salon that is added as it stands; one that claims a booking is left out',
};
const quietFrom: INodeProperties = { displayName: 'Quiet From', name: 'quietFrom', type: 'string', default: '21:00', placeholder: 'e.g. 21:00', description: "From this time of the branch's day nobody is written to" };
const quietTo: INodeProperties = { displayName: 'Quiet Until', name: 'quietTo', type: 'string', default: '09:00', placeholder: 'e.g. 09:00', description: 'Until this time; the same as Quiet From for no quiet hours' };

/** What all kinds of messages ask for. */
export const dueFields: readonly INodeProperties[] = [
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		options: [
			{ name: 'Webhook or Another Channel', value: 'webhook', description: 'The chat is the phone: digits with a plus' },
			{ name: 'WhatsApp Cloud API', value: 'whatsapp_cloud', description: 'The chat is the phone: digits only; outside 24 hours the flow has to send a template' },
			{ name: 'WhatsApp Session', value: 'whatsapp', description: 'The chat a session knows the phone by' },
		],
		default: 'whatsapp',
		description: 'Where the message will be sent: Booking Agent keeps the dialogue under this chat, so that the answer finds it',
	},
	{ displayName: 'Session', name: 'session', type: 'string', default: 'main', placeholder: 'e.g. main', displayOptions: { show: { channel: ['whatsapp'] } }, description: 'Name of the WhatsApp session that will send' },
	{ displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1, maxValue: 500 }, default: 50, description: 'Max number of results to return' },
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options: [note, quietFrom, quietTo] },
];

/** Takes what is due and makes items that Booking Agent can begin with. */
export async function dueItems(context: OutreachContext, i: number, kind: OutreachKind, own: Partial<OutreachOrder> & { readonly url?: string | null }): Promise<readonly object[]> {
	const { parameters, outreach, tenant } = context;
	const options = parameters.getNodeParameter('options', i, {}) as Record<string, unknown>;
	const { url = null, ...order } = own;
	// both may be expressions: an occasion is taken for good, so that nothing may be wrong with its chat afterwards
	const channel = textOf(parameters.getNodeParameter('channel', i, 'whatsapp'));
	const chatOf = CHATS.get(channel);
	if (chatOf === undefined) throw new ParameterError('"Channel" is not valid', `Use one of: ${[...CHATS.keys()].join(', ')}.`);
	const session = channel === 'whatsapp' ? sessionOf(parameters.getNodeParameter('session', i, 'main')) : null;
	const due = await outreach.due({
		kind,
		hoursBefore: 24,
		leastMinutesBefore: 0,
		hoursAfter: 2,
		needsConsent: true,
		quiet: { from: minuteOf(options.quietFrom ?? '21:00', 'Quiet From'), to: minuteOf(options.quietTo ?? '09:00', 'Quiet Until') },
		limit: wholeNumberOf(parameters.getNodeParameter('limit', i, 50), 'Limit', { min: 1, max: 500 }),
		...order,
	});
	if (due.kind === 'unknown') {
		throw new ParameterError('The visits of this salon are not copied yet', 'Run CRM Sync with entities Clients and Visits for the same Salon ID first: whom to write to is read from the copy.');
	}
	if (due.kind === 'quiet') return [];
	const items = due.notices.map(async (notice) => ({
		salonId: tenant,
		channel,
		chatId: await chatOf(notice.client.phone, context, session ?? ''),
		...(session === null ? {} : { session }),
		phone: notice.client.phone,
		name: notice.client.name,
		clientId: notice.client.id,
		visit: notice.visit,
		notice: { id: notice.id, kind, appointmentId: notice.visit?.id ?? null, start: notice.visit?.start ?? null, note: textOf(options.note) === '' ? null : textOf(options.note), url },
	}));
	return await Promise.all(items);
}

/** Hours of a parameter. */
export function hoursOf({ parameters }: OutreachContext, i: number, name: string, title: string, preset: number): number {
	return wholeNumberOf(parameters.getNodeParameter(name, i, preset), title, HOURS);
}

function minuteOf(value: unknown, name: string): number {
	const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(textOf(value));
	if (match === null) throw new ParameterError(`"${name}" is not valid`, 'Use hours and minutes, for example 21:00.');
	return Number(match[1]) * 60 + Number(match[2]);
}
