import { DateTime } from 'luxon';
import { valueOf } from '../../shared/errors';
import { listFields, readLimit, textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import type { BuiltinContext } from '../context';
import { collectionOf, instantOf, rowsOf } from '../../shared/booking/values';

export const getAllSales = defineOperation<BuiltinContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many sales',
	description: 'List sales of goods by the time they were written, oldest first',
	fields: [
		...listFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '', description: 'Only sales written at this moment or later' },
				{ displayName: 'To', name: 'to', type: 'dateTime', default: '', description: 'Only sales written before this moment' },
			],
		},
	],
	async run(context, i) {
		const { parameters, crm } = context;
		const filters = collectionOf(parameters, 'filters', i);
		const limit = readLimit(parameters, i);
		const zone = await context.zone();
		const window = {
			...(filters.from ? { from: instantOf(filters.from, zone, 'From') } : {}),
			...(filters.to ? { to: instantOf(filters.to, zone, 'To') } : {}),
		};
		const sales: object[] = [];
		for await (const page of crm.stream('goods', window)) {
			sales.push(...valueOf(page).records.map(({ data }) => saleItem(data, zone)));
			if (sales.length >= limit) break;
		}
		return sales.slice(0, limit);
	},
});

/** A sale as Create puts it out: with its total, and its time on the clock of the salon. */
function saleItem(sale: Readonly<Record<string, unknown>>, zone: string): object {
	const total = rowsOf(sale, 'lines').reduce((sum, line) => sum + Number(line.quantity) * Number(line.unitPrice), 0);
	return { ...sale, soldAt: DateTime.fromISO(textOf(sale.soldAt), { zone }).toISO({ suppressMilliseconds: true }), total };
}
