import { BitrixError, missingParameter } from '../errors';
import { integerOf, isFields, mapParameter, parameter, requiredInteger, textsOf } from '../parameters';
import type { Resource, SlotRow } from '../records';
import type { MethodCall, MethodTable } from '../world';

const WEEK_DAYS = new Set(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);

/** Resources of online booking, their types and their schedules. */
export const RESOURCE_METHODS: MethodTable = {
	// the list of types comes under the same key as the list of resources
	'booking.v1.resourceType.list': { scope: 'booking', run: ({ portal }) => ({ result: { resource: portal.resourceTypes.map((type) => ({ ...type, moduleId: 'booking' })) } }) },
	'booking.v1.resource.list': {
		scope: 'booking',
		run: (call) => {
			const filter = mapParameter(call.parameters, 'filter');
			const order = parameter(call.parameters, 'order');
			if (order !== undefined && typeof order === 'string') throw missingParameter('order');
			const search = String(filter.searchQuery ?? filter.name ?? '').toLowerCase();
			const found = [...call.portal.resources.values()].filter(
				({ name, isMain, typeId }) =>
					name.toLowerCase().includes(search) && (filter.isMain === undefined || filter.isMain === isMain) && (filter.typeId === undefined || integerOf(filter.typeId) === typeId),
			);
			return { result: { resource: sorted(found, mapParameter(call.parameters, 'order')).map(shown) } };
		},
	},
	'booking.v1.resource.get': { scope: 'booking', run: (call) => ({ result: { resource: shown(resourceOf(call, requiredInteger(call.parameters, 'id'))) } }) },
	'booking.v1.resource.slots.list': {
		scope: 'booking',
		run: (call) => ({ result: { slots: resourceOf(call, slotsOwner(call)).slots } }),
	},
	'booking.v1.resource.slots.set': {
		scope: 'booking',
		run: (call) => {
			const resource = resourceOf(call, slotsOwner(call));
			const rows = parameter(call.parameters, 'slots');
			if (!Array.isArray(rows)) throw missingParameter('slots');
			resource.slots = rows.map((row) => slotRow(call, row));
			return { result: true };
		},
	},
};

/** The resource, or `1009`. */
export function resourceOf(call: MethodCall, id: number): Resource {
	const resource = call.portal.resources.get(id);
	if (resource === undefined) throw new BitrixError(400, 1009, 'Resource not found');
	return resource;
}

/** An earlier edition of the interface spelt the parameter otherwise. */
function slotsOwner(call: MethodCall): number {
	const name = call.switches.slotsParameter;
	if (!(name in call.parameters)) throw missingParameter(name);
	return requiredInteger(call.parameters, name);
}

function sorted(resources: readonly Resource[], order: Readonly<Record<string, unknown>>): readonly Resource[] {
	const down = String(order.id ?? order.name ?? 'ASC').toUpperCase() === 'DESC' ? -1 : 1;
	return [...resources].sort((a, b) => down * (order.name === undefined ? a.id - b.id : a.name.localeCompare(b.name)));
}

function shown({ slots: _slots, ...resource }: Resource): Readonly<Record<string, unknown>> {
	return { ...resource, isInfoNotificationOn: 'Y', isConfirmationNotificationOn: 'Y', isReminderNotificationOn: 'Y', reminderNotificationDelay: -1 };
}

function slotRow(call: MethodCall, row: unknown): SlotRow {
	if (!isFields(row)) throw missingParameter('slots');
	const [from, to, slotSize] = [integerOf(row.from), integerOf(row.to), integerOf(row.slotSize)];
	const weekDays = textsOf(row.weekDays);
	if (from === null || to === null || slotSize === null || from < 0 || to > 1440 || from >= to || weekDays.some((day) => !WEEK_DAYS.has(day))) throw missingParameter('slots');
	return { id: call.portal.nextId('slot row'), from, to, timezone: String(row.timezone ?? call.portal.zone), weekDays, slotSize };
}
