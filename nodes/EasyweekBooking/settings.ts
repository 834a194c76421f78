import type { INodeProperties } from 'n8n-workflow';

/** Which location, and what the API does not tell. */
export const locationSettings: readonly INodeProperties[] = [
	{
		displayName: 'Location',
		name: 'locationId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The location of the workspace to work with',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: 'searchEasyweekLocations', searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 41b00000-0000-4000-8000-000000000001' },
		],
	},
	{
		displayName: 'CRM Options',
		name: 'crmOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{ displayName: 'Booking Horizon (Days)', name: 'bookingHorizonDays', type: 'number', typeOptions: { minValue: 0, maxValue: 366 }, default: 60, description: 'Last bookable day counted from today' },
			{ displayName: 'Booking Notice (Minutes)', name: 'bookingNoticeMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'Earliest bookable start counted from now' },
			{
				displayName: 'Change Clients',
				name: 'changesClients',
				type: 'boolean',
				default: false,
				description: 'Whether to try to change client cards. EasyWeek documents no such call, and not every workspace has it.',
			},
			{
				displayName: 'Change Notice (Minutes)',
				name: 'changeNoticeMinutes',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'Latest moment before a visit at which the client may cancel it',
			},
			{ displayName: 'Country', name: 'country', type: 'string', default: '', placeholder: 'e.g. DE', description: 'ISO 3166 code by which a phone without a country code is read; the country of the workspace when empty' },
			{ displayName: 'Currency', name: 'currency', type: 'string', default: '', placeholder: 'e.g. EUR', description: 'ISO 4217 code; the currency of the services when empty' },
			{ displayName: 'Excluded Staff IDs', name: 'excludedStaffIds', type: 'string', default: '', placeholder: 'e.g. 7b000000-0000-4000-8000-000000000001', description: 'People who are none, such as a waiting list, separated by commas' },
			{
				displayName: 'Staff Services',
				name: 'staffServices',
				type: 'json',
				default: '',
				placeholder: 'e.g. { "7b00…": ["5a00…"] }',
				description: 'Who does what: the ID of each staff member with the IDs of their services. EasyWeek does not tell it; without this option it is found out by asking for free times, which costs requests.',
			},
			{ displayName: 'Zone', name: 'zone', type: 'string', default: '', placeholder: 'e.g. Europe/Berlin', description: 'IANA name of the time zone, where the location names none' },
		],
	},
];
