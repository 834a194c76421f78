import type { INodeProperties } from 'n8n-workflow';
import { listFields } from '../../fields';
import { locator } from '../locators';

const optional = { required: false, description: 'Leave empty for all' };

/** What a list of appointments is asked by; `from` and `to` say what an empty bound means. */
export function appointmentListFields({ from, to }: { readonly from: string; readonly to: string }): readonly INodeProperties[] {
	return [
		locator('filterClientId', 'Client', 'searchClients', optional),
		locator('filterStaffId', 'Staff Member', 'searchStaff', optional),
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '', description: from },
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Arrived', value: 'arrived' },
						{ name: 'Booked', value: 'booked' },
						{ name: 'Cancelled', value: 'cancelled' },
						{ name: 'Confirmed', value: 'confirmed' },
						{ name: 'No Show', value: 'no_show' },
					],
					default: 'booked',
				},
				{ displayName: 'To', name: 'to', type: 'dateTime', default: '', description: to },
			],
		},
	];
}
