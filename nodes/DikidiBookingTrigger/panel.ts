import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { GatewayEventName } from '../../core/crm/dikidi';
import { zoneField } from '../DikidiBooking/settings';

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
		],
	},
];
