import type { INodeProperties } from 'n8n-workflow';
import type { ProfileEvent } from '../../../core/conversation/assistant-profile';
import { languages } from '../../shared/fields';

const LINES = { rows: 4 };

export const voiceFields: INodeProperties[] = [
	{ displayName: 'Assistant Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Лаванда', description: 'How the assistant calls itself; empty for no name' },
	{
		displayName: 'Emoji',
		name: 'emoji',
		type: 'options',
		options: [
			{ name: 'At Most One per Reply', value: 'few' },
			{ name: 'None', value: 'none' },
		],
		default: 'none',
		description: 'Whether a model may use emoji',
	},
	{
		displayName: 'House Rules',
		name: 'houseRules',
		type: 'string',
		typeOptions: LINES,
		default: '',
		placeholder: 'e.g. We ask clients to come five minutes early',
		description: 'Rules of the house as clients may hear them, one a line; at most 20 lines of 200 characters',
	},
	{ displayName: 'Style', name: 'style', type: 'string', typeOptions: LINES, default: '', placeholder: 'e.g. short sentences, no jargon', description: 'Free words on how to talk; at most 500 characters' },
	{
		displayName: 'Tone',
		name: 'tone',
		type: 'options',
		options: [
			{ name: 'Formal', value: 'formal' },
			{ name: 'Neutral', value: 'neutral' },
			{ name: 'Warm', value: 'warm' },
		],
		default: 'warm',
	},
];

export const catalogueFields: INodeProperties[] = [
	{
		displayName: 'Services Allowed',
		name: 'bookableServiceIds',
		type: 'string',
		default: 'all',
		placeholder: 'e.g. 12, 15',
		description: 'IDs of services this assistant may name and book, separated by commas, or the word all',
	},
	{
		displayName: 'Staff Allowed',
		name: 'offeredStaffIds',
		type: 'string',
		default: 'all',
		placeholder: 'e.g. 3, 7',
		description: 'IDs of staff this assistant may offer, separated by commas, or the word all',
	},
];

export const handoffFields: INodeProperties[] = [
	{
		displayName: 'Call a Person on These Words',
		name: 'words',
		type: 'string',
		typeOptions: LINES,
		default: '',
		placeholder: 'e.g. refund, lawyer',
		description: 'Words or phrases of a client that call a person at once, separated by commas or lines; empty for none',
	},
	{ displayName: 'Call a Person When No Time Fits', name: 'onNoSlots', type: 'boolean', default: true, description: 'Whether to hand over when there is no free time; else other days are asked for' },
	{
		displayName: 'Call a Person When Nothing Answers',
		name: 'onUnansweredQuestion',
		type: 'boolean',
		default: true,
		description: 'Whether to hand over when the knowledge has no answer; else the question is only noted',
	},
];

/** What each event is called in the panel; a new event does not compile without a name. */
const EVENT_NAMES: Readonly<Record<ProfileEvent, string>> = {
	booked: 'Booked',
	rescheduled: 'Rescheduled',
	cancelled: 'Cancelled',
	handoff: 'Handed Over',
	stopped: 'Stopped by Client',
	resumed: 'Resumed by Client',
	effect_unknown: 'Effect Not Known',
	question: 'Unanswered Question',
	visit_confirmed: 'Visit Confirmed',
	rated: 'Visit Rated',
};

const events = Object.entries(EVENT_NAMES)
	.map(([value, name]) => ({ name, value }))
	.sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const detailFields: INodeProperties[] = [
	{
		displayName: 'Language',
		name: 'language',
		type: 'options',
		options: languages,
		default: 'ru',
		description: "Language of the first reply when the client's is not clear",
	},
	{
		displayName: 'Pipeline Actions',
		name: 'pipelineActions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Action',
		default: {},
		description: 'Labels your flow acts on: the Event output carries them in labels. All rows replace the stored ones.',
		options: [
			{
				displayName: 'Actions',
				name: 'actions',
				values: [
					{ displayName: 'After', name: 'on', type: 'options', options: events, default: 'booked', description: 'The event the label belongs to' },
					{ displayName: 'Label', name: 'label', type: 'string', default: '', placeholder: 'e.g. stage: visit booked', description: 'What your flow reads; one event may have several' },
				],
			},
		],
	},
	{
		displayName: 'Remember Health Facts',
		name: 'allowHealthFacts',
		type: 'boolean',
		default: false,
		description: 'Whether allergies a client tells are remembered; data on health needs a decision of the salon',
	},
	{
		displayName: 'Working Rules',
		name: 'workingRules',
		type: 'string',
		typeOptions: LINES,
		default: '',
		placeholder: 'e.g. Suggest the evening to those who work',
		description: 'Rules for the wording of a model, one a line; at most 30 lines of 300 characters. No rule here decides what is booked.',
	},
];
