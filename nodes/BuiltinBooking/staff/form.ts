import type { INodeProperties } from 'n8n-workflow';
import { filled, wordsOf } from '../../shared/booking/values';

/** Fields of a person that have a default. */
export const staffOptions: INodeProperties[] = [
	{ displayName: 'Bookable', name: 'bookable', type: 'boolean', default: true, description: 'Whether clients can book this person' },
	{ displayName: 'Position', name: 'position', type: 'string', default: '', placeholder: 'e.g. Stylist' },
	{ displayName: 'Service IDs', name: 'serviceIds', type: 'string', default: '', placeholder: 'e.g. id1, id2', description: 'IDs of all services the person does, separated by commas; replaces the whole list' },
];

/** What those fields mean to the CRM. */
export function readStaffOptions(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return {
		...filled(fields, ['name', 'position', 'bookable', 'active']),
		...(fields.serviceIds === undefined ? {} : { services: wordsOf(fields.serviceIds).map((serviceId) => ({ serviceId })) }),
	};
}
