import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { EVENT_FIELDS, type FieldRule, type GatewayEventName } from '../../core/crm/dikidi';
import { zoneField } from '../DikidiBooking/settings';
import { rowsOf } from '../shared/booking/values';
import { textOf } from '../shared/fields';

const NAMES: Readonly<Record<GatewayEventName, string>> = {
	'booking.cancelled': 'Booking Cancelled',
	'booking.completed': 'Booking Completed',
	'booking.created': 'Booking Created',
	'booking.no_show': 'Booking Missed',
	'booking.rescheduled': 'Booking Moved',
	'booking.updated': 'Booking Updated',
	'client.created': 'Client Created',
	'client.updated': 'Client Updated',
	'test.ping': 'Test Ping',
};
const options: INodePropertyOptions[] = Object.entries(NAMES).map(([value, name]) => ({ name, value }));

/** The panel of the trigger. The secret and the way of proof stand in the credential. */
export const triggerPanel: readonly INodeProperties[] = [
	{
		displayName: 'Have your platform post its events to the address of this webhook, in the shape booking.gateway.v1. DIKIDI itself tells nobody of anything.',
		name: 'gatewayNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options,
		default: ['booking.created', 'booking.rescheduled', 'booking.cancelled'],
		description: 'What to hear of; anything else is answered and starts nothing',
	},
	zoneField,
	{
		displayName: 'CRM Options',
		name: 'crmOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{ displayName: 'Country', name: 'country', type: 'string', default: 'RU', description: 'ISO 3166 code by which a phone without a country code is read' },
			{ displayName: 'Currency', name: 'currency', type: 'string', default: 'RUB', description: 'ISO 4217 code of prices that come without one' },
			{
				displayName: 'Field Mapping',
				name: 'mapping',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Field',
				default: {},
				description: 'For a platform that cannot post the shape booking.gateway.v1: where each field stands in its body',
				options: [
					{
						displayName: 'Field',
						name: 'field',
						values: [
							{ displayName: 'Field', name: 'field', type: 'options', options: [...EVENT_FIELDS].sort().map((field) => ({ name: field, value: field })), default: 'event' },
							{ displayName: 'Path', name: 'path', type: 'string', default: '', placeholder: 'e.g. data.client.phone', description: 'In the body of the platform; leave empty for a fixed value' },
							{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. booking.created', description: 'The same for every event, where Path is empty' },
						],
					},
				],
			},
		],
	},
];

/** The rows of Field Mapping. */
export function mappingOf(fields: Readonly<Record<string, unknown>>): readonly FieldRule[] {
	return rowsOf(fields.mapping, 'field').flatMap((row) => {
		const field = EVENT_FIELDS.find((one) => one === row.field);
		return field === undefined ? [] : [{ field, path: textOf(row.path), value: textOf(row.value) }];
	});
}
