import type { INodeProperties } from 'n8n-workflow';
import type { DikidiSettings } from '../../core/crm/dikidi';
import { filled, minorUnits, rowsOf, wordsOf } from '../shared/booking/values';
import { textOf } from '../shared/fields';

/** Where the company is: everything that comes without a zone is read in it. */
export const zoneField: INodeProperties = {
	displayName: 'Time Zone',
	name: 'zone',
	type: 'string',
	required: true,
	default: 'Europe/Moscow',
	placeholder: 'e.g. Europe/Moscow',
	description: 'IANA name of the company’s time zone: DIKIDI names no zone anywhere',
};

/** How what a company does is reached, and what no API tells. */
export const companySettings: readonly INodeProperties[] = [
	{
		displayName: 'Route',
		name: 'route',
		type: 'options',
		options: [
			{ name: 'Booking Link', value: 'link', description: 'Nothing is asked: the client books on the page, a person does the rest' },
			{ name: 'Gateway', value: 'gateway', description: 'The endpoint in the credential does what is ticked there; the only route that books' },
			{ name: 'Public Page (Experimental)', value: 'widget', description: 'Reads services, staff and free times from the booking page; undocumented, may stop any day. The client still books on the page.' },
		],
		default: 'link',
		description: 'DIKIDI has no official API; this is what stands in for it',
	},
	zoneField,
	{ displayName: 'Booking Page', name: 'bookingUrl', type: 'string', default: '', placeholder: 'e.g. https://dikidi.net/100500', description: 'The link of the company’s own page, copied as it is. Only addresses of dikidi.net and dikidi.ru.' },
	{
		displayName: 'CRM Options',
		name: 'crmOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{ displayName: 'Address', name: 'address', type: 'string', default: '' },
			{ displayName: 'Booking Horizon (Days)', name: 'bookingHorizonDays', type: 'number', typeOptions: { minValue: 0, maxValue: 366 }, default: 60, description: 'Last bookable day counted from today' },
			{ displayName: 'Booking Notice (Minutes)', name: 'bookingNoticeMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 0, description: 'Earliest bookable start counted from now' },
			{ displayName: 'Change Notice (Minutes)', name: 'changeNoticeMinutes', type: 'number', typeOptions: { minValue: 0 }, default: 120, description: 'Latest moment before a visit at which the client may move or cancel it' },
			{ displayName: 'Company Name', name: 'companyName', type: 'string', default: '' },
			{ displayName: 'Country', name: 'country', type: 'string', default: 'RU', description: 'ISO 3166 code by which a phone without a country code is read' },
			{ displayName: 'Currency', name: 'currency', type: 'string', default: 'RUB', description: 'ISO 4217 code of every price' },
			{
				displayName: 'More Booking Links',
				name: 'links',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Link',
				default: {},
				description: 'Links the owner copied for one service, one person or both. An owner who knows the page may put {serviceId}, {staffId}, {date} and {time} into a link.',
				options: [
					{
						displayName: 'Link',
						name: 'link',
						values: [
							{ displayName: 'Link', name: 'url', type: 'string', default: '', placeholder: 'e.g. https://dikidi.net/100500?m=501' },
							{ displayName: 'Service ID', name: 'serviceId', type: 'string', default: '' },
							{ displayName: 'Staff ID', name: 'staffId', type: 'string', default: '' },
						],
					},
				],
			},
			{ displayName: 'Phone', name: 'phone', type: 'string', default: '' },
			{
				displayName: 'Service ID on the Page',
				name: 'slotServiceId',
				type: 'options',
				options: [
					{ name: 'Company Service ID', value: 'company_service_id' },
					{ name: 'ID', value: 'id' },
				],
				default: 'id',
				description: 'Which of a service’s two numbers the page takes in questions about time. One source says the first; check with one service.',
			},
			{
				displayName: 'Services',
				name: 'services',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Service',
				default: {},
				description: 'The price list by hand, where the gateway does not list services',
				options: [
					{
						displayName: 'Service',
						name: 'service',
						values: [
							{ displayName: 'Duration (Minutes)', name: 'durationMinutes', type: 'number', typeOptions: { minValue: 1 }, default: 60 },
							{ displayName: 'ID', name: 'id', type: 'string', default: '', description: 'As the gateway knows it' },
							{ displayName: 'Name', name: 'title', type: 'string', default: '' },
							{ displayName: 'Price', name: 'price', type: 'number', typeOptions: { minValue: 0, numberPrecision: 2 }, default: 0, description: 'In whole currency units; 0 for a price that is not told' },
						],
					},
				],
			},
			{
				displayName: 'Staff',
				name: 'staff',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Staff Member',
				default: {},
				description: 'The people by hand, where the gateway does not list them',
				options: [
					{
						displayName: 'Staff Member',
						name: 'member',
						values: [
							{ displayName: 'ID', name: 'id', type: 'string', default: '', description: 'As the gateway knows it' },
							{ displayName: 'Name', name: 'name', type: 'string', default: '' },
							{ displayName: 'Position', name: 'position', type: 'string', default: '' },
							{ displayName: 'Service IDs', name: 'serviceIds', type: 'string', default: '', placeholder: 'e.g. 9001, 9002', description: 'What the person does, separated by commas' },
						],
					},
				],
			},
		],
	},
];

/** What the panel and the credential say, as the core takes it. */
export function dikidiSettings(read: (name: string) => unknown, fields: Readonly<Record<string, unknown>>, credential: Readonly<Record<string, unknown>>): DikidiSettings {
	const page = textOf(read('bookingUrl'));
	const more = rowsOf(fields.links, 'link').map((row) => ({ url: textOf(row.url), ...filled(row, ['serviceId', 'staffId']) }));
	return {
		...localeFields(read, fields),
		route: textOf(read('route')) as DikidiSettings['route'],
		...filled(fields, ['companyName', 'address', 'phone', 'bookingNoticeMinutes', 'bookingHorizonDays', 'changeNoticeMinutes', 'slotServiceId']),
		links: [...(page === '' ? [] : [{ url: page }]), ...more],
		services: rowsOf(fields.services, 'service').map((row) => ({ id: textOf(row.id), title: textOf(row.title), durationMinutes: Number(row.durationMinutes), ...(Number(row.price) > 0 ? { price: minorUnits(row.price) } : {}) })),
		staff: rowsOf(fields.staff, 'member').map((row) => ({ id: textOf(row.id), name: textOf(row.name), serviceIds: wordsOf(row.serviceIds), ...filled(row, ['position']) })),
		commands: wordsOf(credential.commands) as DikidiSettings['commands'],
		idempotent: credential.idempotent === true,
	};
}

/** Zone, currency and country. */
export function localeFields(read: (name: string) => unknown, fields: Readonly<Record<string, unknown>>): { readonly zone: string; readonly currency: string; readonly country: string } {
	return { zone: textOf(read('zone')), currency: textOf(fields.currency) || 'RUB', country: textOf(fields.country) || 'RU' };
}
