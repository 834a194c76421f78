import { valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { locator, readOptionalLocator } from '../../shared/booking/locators';
import { collectionOf, instantOf, minorUnits, rowsOf } from '../../shared/booking/values';

const optional = { required: false, description: 'Leave empty when it is not known' };

export const createSale = defineOperation<BuiltinContext>({
	value: 'create',
	name: 'Create',
	action: 'Create sale',
	description: 'Write down a sale of goods',
	fields: [
		{
			displayName: 'Lines',
			name: 'lines',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Line',
			required: true,
			default: {},
			options: [
				{
					displayName: 'Line',
					name: 'line',
					values: [
						{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. Shampoo' },
						{ displayName: 'Quantity', name: 'quantity', type: 'number', typeOptions: { minValue: 1 }, default: 1 },
						{ displayName: 'Unit Price', name: 'unitPrice', type: 'number', typeOptions: { minValue: 0, numberPrecision: 2 }, default: 0, description: 'In whole units of the currency of the salon' },
					],
				},
			],
		},
		locator('buyerId', 'Client', 'searchClients', optional),
		locator('sellerId', 'Staff Member', 'searchStaff', optional),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{ displayName: 'Appointment ID', name: 'appointmentId', type: 'string', default: '', description: 'The visit the goods were sold at' },
				{ displayName: 'Sold At', name: 'soldAt', type: 'dateTime', default: '', description: 'Now when empty' },
			],
		},
	],
	async run(context, i) {
		const { parameters, salon } = context;
		const more = collectionOf(parameters, 'additionalFields', i);
		const clientId = readOptionalLocator(parameters, 'buyerId', i);
		const staffId = readOptionalLocator(parameters, 'sellerId', i);
		const appointmentId = textOf(more.appointmentId);
		const lines = rowsOf(parameters.getNodeParameter('lines', i), 'line').map((line) => ({
			title: textOf(line.title),
			quantity: Number(line.quantity),
			unitPrice: minorUnits(line.unitPrice),
		}));
		return valueOf(
			await salon.createGoodsSale({
				lines,
				...(clientId === undefined ? {} : { clientId }),
				...(staffId === undefined ? {} : { staffId }),
				...(appointmentId === '' ? {} : { appointmentId }),
				...(more.soldAt ? { soldAt: instantOf(more.soldAt, await context.zone(), 'Sold At') } : {}),
			}),
		);
	},
});
