import type { INodeProperties } from 'n8n-workflow';

/** A brand's word for a branch, the list behind its selector, and examples that fit the brand's salons. */
export interface BranchWords {
	readonly name: string;
	readonly search: string;
	readonly examples: { readonly id: string; readonly country: string; readonly currency: string; readonly zone: string };
}

/** Which branch, and what its API does not tell. */
export function branchSettings({ name, search, examples }: BranchWords): readonly INodeProperties[] {
	return [
		{
			displayName: name,
			name: 'branchId',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description: `The ${name.toLowerCase()} to work with. Its number stands in the address of the back office; the number of a booking form is another one.`,
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${examples.id}` },
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
					displayName: 'Booking Route',
					name: 'route',
					type: 'options',
					options: [
						{ name: 'As a Client of the Widget', value: 'online', description: 'By the rules of online booking: hours, prepayment, black list' },
						{ name: 'As an Employee in the Journal', value: 'journal', description: 'Also where online booking is closed; free times are computed from schedules and visits' },
					],
					default: 'online',
					description: 'How visits get into the CRM',
				},
				{
					displayName: 'Change Notice (Minutes)',
					name: 'changeNoticeMinutes',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 120,
					description: 'Latest moment before a visit at which the client may move or cancel it; without this option the rule of the branch holds',
				},
				{ displayName: 'Country', name: 'country', type: 'string', default: '', placeholder: `e.g. ${examples.country}`, description: 'ISO 3166 code by which a phone without a country code is read' },
				{ displayName: 'Currency', name: 'currency', type: 'string', default: '', placeholder: `e.g. ${examples.currency}`, description: 'ISO 4217 code, where the branch shows a sign that is not known' },
				{ displayName: 'Excluded Staff IDs', name: 'excludedStaffIds', type: 'string', default: '', placeholder: 'e.g. 50001, 50002', description: 'People who are none, such as a waiting list, separated by commas' },
				{ displayName: 'Step (Minutes)', name: 'stepMinutes', type: 'number', typeOptions: { minValue: 5, maxValue: 240 }, default: 30, description: 'Distance between offered starts on the employee route' },
				{ displayName: 'Zone', name: 'zone', type: 'string', default: '', placeholder: `e.g. ${examples.zone}`, description: 'IANA name of the time zone, where the branch names none' },
			],
		},
	];
}
