import type { INodeProperties } from 'n8n-workflow';
import { SCRIPT_INTENTS, type ScriptIntent } from '../../../core/conversation/scripts';

/** What a message is about, in the panel's words; an intent without a name here is named after its value. */
const INTENT_NAMES: Readonly<Partial<Record<ScriptIntent, string>>> = {
	hello: 'Greets',
	thanks: 'Thanks',
	book: 'Wants to Book',
	fill: 'Gives a Detail of the Visit',
	correct: 'Changes a Detail',
	pick: 'Picks a Proposed Time',
	manage: 'Own Visits: Show, Move, Cancel',
};

const intents = SCRIPT_INTENTS.map((value) => ({ name: INTENT_NAMES[value] ?? `Asks: ${capital(value.replace(/^ask_/, '').replaceAll('_', ' '))}`, value })).sort((a, b) => a.name.localeCompare(b.name, 'en'));

function capital(words: string): string {
	return words.replace(/\b\w/g, (letter) => letter.toUpperCase());
}

export const scriptFields: readonly INodeProperties[] = [
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'options',
		options: [
			{ name: 'Answer to an Objection', value: 'objection', description: 'Goes before a script where both fit' },
			{ name: 'Script', value: 'script', description: 'A line that offers or reminds' },
		],
		default: 'script',
	},
	{
		displayName: 'Stage',
		name: 'stage',
		type: 'options',
		options: [
			{ name: 'Confirming', value: 'confirming', description: 'A summary waits for the yes' },
			{ name: 'Consulting', value: 'consulting', description: 'The client asks, or the visit is put together' },
			{ name: 'Done', value: 'done', description: 'After a booking, a move or a cancellation' },
			{ name: 'Greeting', value: 'greeting', description: 'The first reply of a session' },
			{ name: 'Offering', value: 'offering', description: 'Free times are on the table' },
		],
		default: 'consulting',
		description: 'When in the dialogue it may be said',
	},
	{ displayName: 'Client Says (Words)', name: 'words', type: 'string', default: '', placeholder: 'e.g. expensive, too much', description: 'Words or phrases in any case form, separated by commas; any of them. Give words, intents or both.' },
	{ displayName: 'Client Wants (Intents)', name: 'intents', type: 'multiOptions', options: intents, default: [], description: 'What the message is about; any of them. With words as well both must fit.' },
	{ displayName: 'Text in Russian', name: 'textRu', type: 'string', typeOptions: { rows: 3 }, default: '', placeholder: 'e.g. К окрашиванию можно добавить {service}.', description: 'At most 300 characters; {service} stands for the offered service. Empty: not said in Russian.' },
	{ displayName: 'Text in English', name: 'textEn', type: 'string', typeOptions: { rows: 3 }, default: '', placeholder: 'e.g. You can add {service} to it.', description: 'At most 300 characters; {service} stands for the offered service. Empty: not said in English.' },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{ displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether the assistant may say it' },
			{ displayName: 'Most Uses per Dialogue', name: 'maxUses', type: 'number', typeOptions: { minValue: 1, maxValue: 5 }, default: 1, description: 'How often it may be said to one client in one dialogue' },
			{ displayName: 'Offered Service IDs', name: 'serviceIds', type: 'string', default: '', placeholder: 'e.g. 12, 15', description: 'An upsell offers one of these, separated by commas, and is silent when none of them can be had' },
		],
	},
];
