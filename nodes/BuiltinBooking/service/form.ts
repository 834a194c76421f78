import type { INodeProperties } from 'n8n-workflow';
import { filled, priceOf, wordsOf } from '../../shared/booking/values';

/** Fields of a service that have a default. */
export const serviceOptions: INodeProperties[] = [
	{ displayName: 'Aliases', name: 'aliases', type: 'string', default: '', placeholder: 'e.g. haircut, trim', description: 'Other words clients use for it, separated by commas' },
	{ displayName: 'Bookable Online', name: 'bookableOnline', type: 'boolean', default: true, description: 'Whether the assistant offers it' },
	{ displayName: 'Buffer After (Minutes)', name: 'bufferAfterMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'Time kept free after the visit, in steps of 5' },
	{ displayName: 'Buffer Before (Minutes)', name: 'bufferBeforeMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'Time kept free before the visit, in steps of 5' },
	{ displayName: 'Capacity', name: 'capacity', type: 'number', typeOptions: { minValue: 1 }, default: 1, description: 'Clients served together' },
	{ displayName: 'Category', name: 'category', type: 'string', default: '', placeholder: 'e.g. Hair', description: 'Made when it is new' },
	{ displayName: 'Price From', name: 'priceFrom', type: 'number', typeOptions: { minValue: 0, numberPrecision: 2 }, default: 0, description: 'In whole units of the currency of the salon' },
	{ displayName: 'Price To', name: 'priceTo', type: 'number', typeOptions: { minValue: 0, numberPrecision: 2 }, default: 0, description: 'Highest price when it varies; leave 0 for a fixed price' },
];

/** What those fields mean to the CRM. */
export function readServiceOptions(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const price = priceOf(fields.priceFrom, fields.priceTo);
	return {
		...filled(fields, ['title', 'durationMinutes', 'bookableOnline', 'bufferAfterMinutes', 'bufferBeforeMinutes', 'capacity', 'category', 'active']),
		...(fields.aliases === undefined ? {} : { aliases: wordsOf(fields.aliases) }),
		...(price === undefined ? {} : { price }),
	};
}
