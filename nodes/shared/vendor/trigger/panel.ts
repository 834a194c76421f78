import { cronNodeOptions, type INodeProperties } from 'n8n-workflow';
import { settingsOf } from '../panel';
import type { VendorAccount } from '../vendor';
import type { VendorTrigger } from './trigger';

const POLL_TIMES = 'pollTimes';

/** The panel of a vendor's trigger. */
export function triggerProperties<A extends VendorAccount>({ vendor, events, registration, streams }: VendorTrigger<A>): INodeProperties[] {
	const polled = events.filter(({ value }) => value in streams).map(({ name }) => name);
	const isPolled = polled.length > 0;
	return [
		...settingsOf(vendor),
		isPolled ? modeField(vendor.name) : { displayName: 'Mode', name: 'mode', type: 'hidden', default: 'webhook' },
		{
			displayName: 'Events',
			name: 'events',
			type: 'multiOptions',
			required: true,
			options: [...events].sort((a, b) => a.name.localeCompare(b.name, 'en')),
			default: [events[0].value],
			description: isPolled ? `What to hear of. Polling finds: ${polled.sort().join(', ')}.` : 'What to hear of',
		},
		...(registration === undefined ? [] : [registrationField]),
		{
			displayName: `Add the address of this webhook in ${vendor.name} by hand, with "?secret=" and the secret below at its end`,
			name: 'byHandNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { mode: ['webhook'], ...(registration === undefined ? {} : { registration: ['manual'] }) } },
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { mode: ['webhook'] } },
			description: 'A delivery without it is refused. Leave empty to have one made, where the node adds its address itself; enter another one to change it.',
		},
		...(isPolled ? pollFields : []),
	];
}

const registrationField: INodeProperties = {
	displayName: 'Registration',
	name: 'registration',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'automatic', description: 'The address is added when the workflow is published and taken away afterwards' },
		{ name: 'By Hand', value: 'manual', description: 'For accounts whose API cannot set webhooks' },
	],
	default: 'automatic',
	displayOptions: { show: { mode: ['webhook'] } },
};

function modeField(vendor: string): INodeProperties {
	return {
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Polling', value: 'poll', description: `Asks ${vendor} for changes at set times; for an n8n that cannot be reached from outside, or a plan without webhooks` },
			{ name: 'Webhook', value: 'webhook', description: `${vendor} tells of each change at once` },
		],
		default: 'webhook',
	};
}

/** n8n reads Poll Times of every node that can poll, also while it does not. */
const pollFields: INodeProperties[] = [
	{ displayName: 'Poll Times', name: POLL_TIMES, type: 'hidden', default: { item: [] }, displayOptions: { show: { mode: ['webhook'] } } },
	{
		displayName: 'Poll Times',
		name: POLL_TIMES,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Poll Time' },
		placeholder: 'Add Poll Time',
		default: { item: [{ mode: 'everyMinute' }] },
		displayOptions: { show: { mode: ['poll'] } },
		description: 'When to ask for changes',
		options: cronNodeOptions,
	},
];
