import { fieldsOfKind, WITH_MULTIFIELDS } from '../item-fields';
import { legacyAccess, legacyView } from '../item-view';
import { addItem, deleteItem, recount, updateItem } from '../items';
import { filterRows, orderRows, pageOf } from '../listing';
import { updatedLegacyMultifields } from '../multifields';
import { type Fields, integerOf, isFields, mapParameter, parameter, requiredInteger, requiredMap, textsOf } from '../parameters';
import { COMPANY, CONTACT, DEAL, LEAD, type Portal } from '../portal';
import type { Multifield } from '../records';
import type { MethodCall, MethodTable } from '../world';
import { visibleItem, visibleItems } from './items';

const POINT_TYPES = ['PHONE', 'EMAIL'] as const;

/** The older methods of one kind of element: upper-case names, texts for numbers. */
function legacyMethods(kind: string, entityTypeId: number): MethodTable {
	return {
		[`crm.${kind}.add`]: {
			scope: 'crm',
			run: ({ portal, parameters, caller }) => {
				const fields = requiredMap(parameters, 'fields');
				const fm = WITH_MULTIFIELDS.has(entityTypeId) ? POINT_TYPES.flatMap((type) => legacyPoints(fields[type], type)) : [];
				return { result: addItem(portal, entityTypeId, { ...modernFields(portal, entityTypeId, fields), fm }, caller.userId).id };
			},
		},
		[`crm.${kind}.get`]: {
			scope: 'crm',
			run: (call) => ({ result: legacyView(call.portal, entityTypeId, visibleItem(call, entityTypeId, idOf(call)), null) }),
		},
		[`crm.${kind}.list`]: {
			scope: 'crm',
			run: (call) => {
				const access = legacyAccess(call.portal, entityTypeId);
				const found = filterRows(visibleItems(call, entityTypeId), mapParameter(call.parameters, 'filter'), access);
				const { rows, ...counts } = pageOf(orderRows(found, mapParameter(call.parameters, 'order'), access), call);
				const select = textsOf(parameter(call.parameters, 'select'));
				return { result: rows.map((item) => legacyView(call.portal, entityTypeId, item, select)), ...counts };
			},
		},
		[`crm.${kind}.update`]: {
			scope: 'crm',
			run: (call) => {
				const { id } = visibleItem(call, entityTypeId, idOf(call));
				const fields = requiredMap(call.parameters, 'fields');
				const points = (old: readonly Multifield[]): readonly Multifield[] =>
					POINT_TYPES.reduce((rows, type) => updatedLegacyMultifields(call.portal, rows, type, fields[type]), old);
				updateItem(call.portal, entityTypeId, id, modernFields(call.portal, entityTypeId, fields), points);
				return { result: true };
			},
		},
		[`crm.${kind}.delete`]: {
			scope: 'crm',
			run: (call) => {
				deleteItem(call.portal, entityTypeId, visibleItem(call, entityTypeId, idOf(call)).id);
				return { result: true };
			},
		},
	};
}

const productRows: MethodTable = {
	'crm.deal.productrows.set': {
		scope: 'crm',
		run: (call) => {
			const { id } = visibleItem(call, DEAL, idOf(call));
			const rows = Object.values(mapParameter(call.parameters, 'rows')).filter(isFields);
			const made = rows.map((row) => ({
				id: call.portal.nextId('product row'), ownerType: 'D', ownerId: id, productId: integerOf(row.PRODUCT_ID) ?? 0,
				productName: String(row.PRODUCT_NAME ?? call.portal.products.get(integerOf(row.PRODUCT_ID) ?? 0)?.name ?? ''), price: Number(row.PRICE ?? 0), quantity: Number(row.QUANTITY ?? 1),
			}));
			call.portal.productRows = [...call.portal.productRows.filter((row) => row.ownerType !== 'D' || row.ownerId !== id), ...made];
			recount(call.portal, id);
			return { result: true };
		},
	},
	'crm.deal.productrows.get': {
		scope: 'crm',
		run: (call) => {
			const { id } = visibleItem(call, DEAL, idOf(call));
			const rows = call.portal.productRows.filter((row) => row.ownerType === 'D' && row.ownerId === id);
			return { result: rows.map((row) => ({ ID: String(row.id), OWNER_ID: String(id), OWNER_TYPE: 'D', PRODUCT_ID: row.productId, PRODUCT_NAME: row.productName, PRICE: row.price, QUANTITY: row.quantity })) };
		},
	},
};

/** `crm.contact.*`, `crm.deal.*`, `crm.lead.*` and `crm.company.*`, which still work. */
export const LEGACY_METHODS: MethodTable = {
	...legacyMethods('contact', CONTACT),
	...legacyMethods('deal', DEAL),
	...legacyMethods('lead', LEAD),
	...legacyMethods('company', COMPANY),
	...productRows,
};

function idOf(call: MethodCall): number {
	return requiredInteger(call.parameters, 'id');
}

function modernFields(portal: Portal, entityTypeId: number, fields: Fields): Fields {
	return Object.fromEntries(fieldsOfKind(portal, entityTypeId).flatMap(({ name, legacy }) => (fields[legacy] === undefined ? [] : [[name, fields[legacy]]])));
}

function legacyPoints(list: unknown, typeId: string): readonly Fields[] {
	const rows = Array.isArray(list) ? (list as readonly unknown[]) : isFields(list) ? Object.values(list) : [];
	return rows.filter(isFields).map((row) => ({ typeId, valueType: row.VALUE_TYPE, value: row.VALUE }));
}
