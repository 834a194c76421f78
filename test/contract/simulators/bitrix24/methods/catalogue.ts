import { isoOf } from '../../kit';
import { BitrixError, invalidArgument, missingParameter } from '../errors';
import { filterRows, orderRows, pageOf, type RowAccess } from '../listing';
import { integerOf, mapParameter, parameter, textsOf } from '../parameters';
import type { Product } from '../records';
import type { MethodCall, MethodResult, MethodTable } from '../world';

/** Services, goods and their prices. */
export const CATALOGUE_METHODS: MethodTable = {
	'catalog.catalog.list': {
		scope: 'catalog',
		run: (call) => {
			requireAdmin(call);
			const { iblockId } = call.portal;
			return {
				result: {
					catalogs: [
						{ iblockId, id: iblockId, name: 'Товарный каталог CRM', productIblockId: null, skuPropertyId: null },
						{ iblockId: iblockId + 1, id: iblockId + 1, name: 'Торговые предложения', productIblockId: iblockId, skuPropertyId: 97 },
					],
				},
				total: 2,
			};
		},
	},
	'catalog.product.service.list': {
		scope: 'catalog',
		run: (call) => {
			if (call.switches.serviceList === 'administrators') requireAdmin(call);
			return productList(call, 'services', ({ type }) => type === 7);
		},
	},
	'catalog.product.list': { scope: 'catalog', run: (call) => productList(call, 'products', () => true) },
	'catalog.price.list': {
		scope: 'catalog',
		run: (call) => {
			const filter = mapParameter(call.parameters, 'filter');
			const prices = [...call.portal.products.values()].flatMap(({ id: productId, prices: list }) =>
				list.map(({ id, groupId, price, currency }) => ({ id, productId, catalogGroupId: groupId, price, currency })),
			);
			const access: RowAccess<(typeof prices)[number]> = {
				kindOf: (name) => (['id', 'productId', 'catalogGroupId'].includes(name) ? 'integer' : name === 'price' ? 'double' : name === 'currency' ? 'string' : null),
				valueOf: (row, name) => (row as Readonly<Record<string, unknown>>)[name],
				unknown: 'refuse',
				zone: call.portal.zone,
			};
			const { rows, ...counts } = pageOf(orderRows(filterRows(prices, filter, access), mapParameter(call.parameters, 'order'), access), call);
			return { result: { prices: rows }, ...counts };
		},
	},
	'crm.product.list': {
		scope: 'crm',
		run: (call) => {
			const { rows, ...counts } = pageOf([...call.portal.products.values()], call);
			const shown = rows.map(({ id, name, prices, active }) => ({
				ID: String(id), NAME: name, PRICE: prices[0]?.price.toFixed(2) ?? null, CURRENCY_ID: prices[0]?.currency ?? null, ACTIVE: active ? 'Y' : 'N',
			}));
			return { result: shown, ...counts };
		},
	},
};

function productList(call: MethodCall, key: string, keep: (product: Product) => boolean): MethodResult {
	const select = textsOf(parameter(call.parameters, 'select'));
	const filter = mapParameter(call.parameters, 'filter');
	if (!select.includes('*') && (!select.includes('id') || !select.includes('iblockId'))) throw missingParameter('select');
	if (integerOf(filter.iblockId) === null) throw missingParameter('filter.iblockId');
	if (call.switches.timestampXFilter === 'refused' && Object.keys(filter).some((name) => name.endsWith('timestampX'))) throw invalidArgument('timestampX');
	const access: RowAccess<Product> = { kindOf: (name) => PRODUCT_KINDS[name] ?? null, valueOf: (row, name) => raw(call, row)[name], unknown: 'refuse', zone: call.portal.zone };
	const found = filterRows([...call.portal.products.values()].filter(keep), filter, access);
	const { rows, ...counts } = pageOf(orderRows(found, mapParameter(call.parameters, 'order'), access), call);
	return { result: { [key]: rows.map((product) => shown(call, product, select)) }, ...counts };
}

const PRODUCT_KINDS: Readonly<Record<string, 'integer' | 'string' | 'boolean' | 'datetime'>> = {
	id: 'integer', iblockId: 'integer', iblockSectionId: 'integer', type: 'integer', sort: 'integer',
	name: 'string', code: 'string', xmlId: 'string', active: 'boolean', timestampX: 'datetime', dateCreate: 'datetime',
};

function raw(call: MethodCall, product: Product): Readonly<Record<string, unknown>> {
	const { id, name, active, type, sectionId, createdAt, changedAt } = product;
	return {
		id, iblockId: call.portal.iblockId, iblockSectionId: sectionId, name, active: active ? 'Y' : 'N', type, code: null, xmlId: String(id), previewText: null, detailText: null, sort: 100,
		dateCreate: createdAt, timestampX: changedAt,
	};
}

function shown(call: MethodCall, product: Product, select: readonly string[]): Readonly<Record<string, unknown>> {
	const { zone } = call.portal;
	const properties = Object.fromEntries(Object.entries(product.properties).map(([number, value], index) => [`property${number}`, { value, valueId: String(product.id * 10 + index) }]));
	const whole: Readonly<Record<string, unknown>> = { ...raw(call, product), ...properties, dateCreate: isoOf(product.createdAt, zone), timestampX: isoOf(product.changedAt, zone) };
	return select.includes('*') ? whole : Object.fromEntries(Object.entries(whole).filter(([name]) => select.includes(name)));
}

function requireAdmin(call: MethodCall): void {
	if (call.portal.users.get(call.caller.userId)?.admin !== true) throw new BitrixError(400, 200_040_300_010, 'Access Denied');
}
