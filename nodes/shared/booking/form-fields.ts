import type { INodeProperties } from 'n8n-workflow';

const WEEKDAYS = [
	{ name: 'Friday', value: '5' },
	{ name: 'Monday', value: '1' },
	{ name: 'Saturday', value: '6' },
	{ name: 'Sunday', value: '7' },
	{ name: 'Thursday', value: '4' },
	{ name: 'Tuesday', value: '2' },
	{ name: 'Wednesday', value: '3' },
];

const weekdays: INodeProperties = {
	displayName: 'Days',
	name: 'weekdays',
	type: 'multiOptions',
	options: WEEKDAYS,
	default: ['1', '2', '3', '4', '5'],
	description: 'Days these hours hold on',
};

/** A wall time of day. */
export function timeField(displayName: string, name: string, value: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', default: value, placeholder: 'e.g. 10:00', description };
}

/** Rows of opening hours; `breaks` adds a break to each. */
export function weekField(displayName: string, name: string, breaks: boolean): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Hours',
		default: {},
		description: 'Days that are not listed are days off. Two rows for one day are two ranges.',
		options: [
			{
				displayName: 'Hours',
				name: 'hours',
				values: [
					weekdays,
					timeField('From', 'from', '10:00', 'First minute, HH:mm'),
					timeField('To', 'to', '20:00', 'End, HH:mm up to 24:00'),
					...(breaks
						? [timeField('Break From', 'breakFrom', '', 'Start of a break, HH:mm, or empty'), timeField('Break To', 'breakTo', '', 'End of the break, HH:mm, or empty')]
						: []),
				],
			},
		],
	};
}

/** Which services a visit is made of. */
export const moreServicesField: INodeProperties = {
	displayName: 'More Service IDs',
	name: 'moreServiceIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. id1, id2',
	description: 'IDs of further services of the same visit, separated by commas',
};

/** Names the effect of a write. */
export const operationKeyField: INodeProperties = {
	displayName: 'Operation Key',
	name: 'operationKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1024',
	description: 'The same key never has a second effect. Leave empty to make one from the execution: then a retry of the node is safe, and a new execution is a new effect.',
};

/** Options of a write that has no other. */
export const writeOptions: INodeProperties = { displayName: 'Options', name: 'options', type: 'collection', placeholder: 'Add Option', default: {}, options: [operationKeyField] };

/** A start of a visit. */
export const startField: INodeProperties = {
	displayName: 'Start',
	name: 'start',
	type: 'dateTime',
	required: true,
	default: '',
	description: 'Start of the visit. Without an offset it is the time on the salon\'s clock.',
};

/** Days asked for. */
export const dayFields: readonly INodeProperties[] = [
	{ displayName: 'From', name: 'from', type: 'dateTime', required: true, default: '', description: 'First day; only the date is used' },
	{ displayName: 'To', name: 'to', type: 'dateTime', required: true, default: '', description: 'Last day, at most 30 days after the first; only the date is used' },
];
