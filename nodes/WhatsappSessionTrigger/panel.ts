import type { INodeProperties } from 'n8n-workflow';
import { languages } from '../shared/fields';
import { salonIdField } from '../shared/salon';
import { sessionField } from '../shared/whatsapp/session-field';

const TYPES: ReadonlyArray<readonly [value: string, name: string]> = [
	['audio', 'Audio'],
	['choice', 'Choice'],
	['contact', 'Contact'],
	['document', 'Document'],
	['image', 'Image'],
	['location', 'Location'],
	['poll', 'Poll'],
	['sticker', 'Sticker'],
	['text', 'Text'],
	['unsupported', 'Unsupported'],
	['video', 'Video'],
	['voice', 'Voice'],
];

const ALL_TYPES: readonly string[] = TYPES.map(([value]) => value);

const options: readonly INodeProperties[] = [
	{
		displayName: 'Typing and Read Marks',
		name: 'conduct',
		type: 'multiOptions',
		options: [
			{ name: 'Mark as Read', value: 'markRead', description: 'Messages are marked as read when their turn begins' },
			{ name: 'Show Typing', value: 'typing', description: 'Typing is shown before an answer' },
		],
		default: ['markRead', 'typing'],
		description: 'What the person sees while an answer is made',
	},
	{ displayName: 'Longest Wait (Seconds)', name: 'longestSeconds', type: 'number', typeOptions: { minValue: 0, maxValue: 600 }, default: 25, description: 'A turn ends at the latest this long after its first message' },
	{ displayName: 'Quiet Time (Seconds)', name: 'quietSeconds', type: 'number', typeOptions: { minValue: 0, maxValue: 600 }, default: 6, description: 'Silence after the last message that ends a turn; 0 passes every message on by itself' },
	{ displayName: 'Oldest Message (Hours)', name: 'maxAgeHours', type: 'number', typeOptions: { minValue: 1, maxValue: 720 }, default: 24, description: 'Older messages, after a long outage, start no workflow' },
	{ displayName: 'Largest File (MB)', name: 'mediaMegabytes', type: 'number', typeOptions: { minValue: 0, maxValue: 100 }, default: 16, description: 'Larger files are not downloaded; the item says so' },
	{ displayName: 'Country', name: 'countryCode', type: 'string', default: 'RU', placeholder: 'e.g. RU', description: 'Two letters: numbers without a country code belong to it' },
	{ displayName: 'New Chats a Day', name: 'newChatsPerDay', type: 'number', typeOptions: { minValue: 0, maxValue: 10_000 }, default: 20, description: 'Chats that this number may begin in a day' },
	{ displayName: 'Pause After Own Message (Minutes)', name: 'pauseMinutes', type: 'number', typeOptions: { minValue: 0, maxValue: 10_080 }, default: 60, description: 'How long the assistant is silent in a chat in which somebody wrote on the phone; 0 never' },
	{ displayName: 'Proxy', name: 'proxyUrl', type: 'string', default: '', placeholder: 'e.g. http://10.0.0.5:3128', description: 'Address that everything of this number goes through' },
	{ displayName: 'Raw Message', name: 'raw', type: 'boolean', default: false, description: 'Whether to add the messages as the protocol has them' },
	{
		displayName: 'Run Again After a Crash',
		name: 'runAgain',
		type: 'boolean',
		default: true,
		description: 'Whether a turn whose execution n8n lost in a crash is run once more; Booking Agent and Send Booking Reply then still answer once. Has no effect in queue mode.',
	},
	{
		displayName: 'Status Language',
		name: 'language',
		type: 'options',
		options: languages,
		default: 'en',
		description: 'Language of the sentences about the state of the number',
	},
	{ displayName: 'Turns at Once', name: 'atOnce', type: 'number', typeOptions: { minValue: 1, maxValue: 20 }, default: 2, description: 'Executions that this number may have at the same time; one chat never has more than one' },
];

/** The panel of WhatsApp Session Trigger. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Unofficial client: WhatsApp does not allow it and may restrict or ban the number. Only direct chats are read; groups, channels and status are not. Pair the number with WhatsApp Session or the pairing page.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	salonIdField,
	sessionField,
	{
		displayName: 'Message Types',
		name: 'types',
		type: 'multiOptions',
		options: TYPES.map(([value, name]) => ({ name, value })),
		default: [...ALL_TYPES],
		description: 'Which messages start the workflow; the others are taken and left alone. With none at all, messages wait for another workflow.',
	},
	{
		displayName: 'Own Messages',
		name: 'ownMessages',
		type: 'options',
		options: [
			{ name: 'Ignore', value: 'ignore', description: 'What is written on the phone changes nothing' },
			{ name: 'Pause the Assistant', value: 'pause', description: 'Somebody answers on the phone: Booking Agent is silent in this chat for a while, or until Resume of Conversation' },
			{ name: 'Pause and Put Out', value: 'putOut', description: 'The same, and the workflow is told by an item of the type "operator"' },
		],
		default: 'pause',
		description: 'What a message does that somebody wrote on the phone or another linked device',
	},
	{
		displayName: 'Outputs',
		name: 'outputs',
		type: 'multiOptions',
		options: [
			{ name: 'Delivery', value: 'delivery', description: 'What became of messages that were sent' },
			{ name: 'Session State', value: 'state', description: 'Changes of the state of the number' },
		],
		default: [],
		description: 'What starts the workflow beside messages; each has an output of its own',
	},
	{ displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add option', default: {}, options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')) },
];
