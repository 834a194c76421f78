import { accessDenied, invalidArgument, itemNotFound } from '../errors';
import { itemView } from '../item-view';
import { addItem, deleteItem, itemOf, modernMultifields, updateItem } from '../items';
import { filterRows, orderRows, pageOf } from '../listing';
import { type Fields, mapParameter, parameter, requiredInteger, requiredMap, textsOf } from '../parameters';
import { COMPANY, CONTACT, DEAL, LEAD, SMART_PROCESS } from '../portal';
import type { Item } from '../records';
import type { MethodCall, MethodTable } from '../world';

const KNOWN_KINDS: ReadonlySet<number> = new Set([LEAD, DEAL, CONTACT, COMPANY, SMART_PROCESS]);

/** Elements the caller may see; the others are left out without a word. */
export function visibleItems(call: MethodCall, entityTypeId: number): readonly Item[] {
	const items = [...call.portal.itemsOf(entityTypeId).values()];
	return call.portal.users.get(call.caller.userId)?.reads === 'own' ? items.filter(({ values }) => values.assignedById === call.caller.userId) : items;
}

/** The element, if the caller may see it. */
export function visibleItem(call: MethodCall, entityTypeId: number, id: number): Item {
	const item = itemOf(call.portal, entityTypeId, id);
	if (!visibleItems(call, entityTypeId).includes(item)) throw accessDenied();
	return item;
}

function kindOf(call: MethodCall): number {
	const kind = requiredInteger(call.parameters, 'entityTypeId');
	if (!KNOWN_KINDS.has(kind)) throw itemNotFound();
	return kind;
}

function viewOf(call: MethodCall, kind: number): ReturnType<typeof itemView> {
	return itemView(call.portal, kind, parameter(call.parameters, 'useOriginalUfNames') === 'Y', call.switches);
}

function filterOf(call: MethodCall): Fields {
	const filter = mapParameter(call.parameters, 'filter');
	const phone = Object.keys(filter).find((key) => /^\W*(fm|phone|phonemobile)$/i.test(key));
	if (phone === undefined) return filter;
	if (call.switches.phoneFilterOfItems === 'refused') throw invalidArgument(phone);
	const { [phone]: _ignored, ...rest } = filter;
	return rest;
}

/** The general methods for leads, deals, contacts and companies. */
export const ITEM_METHODS: MethodTable = {
	'crm.item.add': {
		scope: 'crm',
		run: (call) => {
			const kind = kindOf(call);
			const view = viewOf(call, kind);
			return { result: { item: view.show(addItem(call.portal, kind, view.inner(requiredMap(call.parameters, 'fields')), call.caller.userId), null) } };
		},
	},
	'crm.item.update': {
		scope: 'crm',
		run: (call) => {
			const kind = kindOf(call);
			const view = viewOf(call, kind);
			const { id } = visibleItem(call, kind, requiredInteger(call.parameters, 'id'));
			const fields = view.inner(requiredMap(call.parameters, 'fields'));
			return { result: { item: view.show(updateItem(call.portal, kind, id, fields, modernMultifields(call.portal, fields, call.switches)), null) } };
		},
	},
	'crm.item.get': {
		scope: 'crm',
		run: (call) => {
			const kind = kindOf(call);
			return { result: { item: viewOf(call, kind).show(visibleItem(call, kind, requiredInteger(call.parameters, 'id')), null) } };
		},
	},
	'crm.item.delete': {
		scope: 'crm',
		run: (call) => {
			const kind = kindOf(call);
			deleteItem(call.portal, kind, visibleItem(call, kind, requiredInteger(call.parameters, 'id')).id);
			return { result: [] };
		},
	},
	'crm.item.list': {
		scope: 'crm',
		run: (call) => {
			const kind = kindOf(call);
			const view = viewOf(call, kind);
			const select = textsOf(parameter(call.parameters, 'select'));
			const found = filterRows(visibleItems(call, kind), filterOf(call), view.access);
			const { rows, ...counts } = pageOf(orderRows(found, mapParameter(call.parameters, 'order'), view.access), call);
			// phones come with `*` alone, never by their name and never by default
			const shown = rows.map((item) => (select.length === 0 ? withoutPoints(view.show(item, null)) : view.show(item, select)));
			return { result: { items: shown }, ...counts };
		},
	},
	'crm.item.fields': {
		scope: 'crm',
		run: (call) => {
			const { fields } = viewOf(call, kindOf(call));
			const shown = fields.map(([name, { kind, readOnly }]) => [name, { type: kind === 'integers' ? 'integer' : kind, isRequired: false, isReadOnly: readOnly, isMultiple: kind === 'integers', upperName: name.toUpperCase(), title: name }]);
			return { result: { fields: Object.fromEntries(shown) as Fields } };
		},
	},
};

function withoutPoints({ fm: _fm, phone: _phone, phoneMobile: _phoneMobile, ...rest }: Fields): Fields {
	return rest;
}
