import { BitrixError, missingParameter } from '../errors';
import { PAGE_ROWS } from '../listing';
import { type Fields, integerOf, integersOf, isFields, mapParameter, parameter, requiredInteger, requiredMap } from '../parameters';
import type { Booking, BookingClient, BookingMoment, ExternalData } from '../records';
import type { MethodCall, MethodTable } from '../world';

type Named = Pick<Booking, 'resourceIds' | 'from' | 'to' | 'name' | 'description'>;

/** Bookings with their clients and links. There is no status and no trace of a deleted one. */
export const BOOKING_METHODS: MethodTable = {
	'booking.v1.booking.add': {
		scope: 'booking',
		run: (call) => {
			const fields = requiredMap(call.parameters, 'fields');
			if (fields.resourceIds === undefined || fields.datePeriod === undefined) throw new BitrixError(400, 0, 'Required field is missing');
			const named = read(fields, { resourceIds: [], from: EPOCH, to: EPOCH, name: null, description: null });
			checkResources(call, named, null);
			const booking: Booking = { ...named, id: call.portal.nextId('booking'), clients: [], external: [] };
			call.portal.bookings.set(booking.id, booking);
			announce(call, 'ADD', booking.id);
			return { result: { id: booking.id } };
		},
	},
	'booking.v1.booking.update': {
		scope: 'booking',
		run: (call) => {
			const booking = bookingOf(call, 'id', 1019);
			const named = read(requiredMap(call.parameters, 'fields'), booking);
			checkResources(call, named, booking.id);
			Object.assign(booking, named);
			announce(call, 'UPDATE', booking.id);
			return { result: true };
		},
	},
	'booking.v1.booking.get': { scope: 'booking', run: (call) => ({ result: { booking: shown(bookingOf(call, 'id', 1019)) } }) },
	'booking.v1.booking.delete': {
		scope: 'booking',
		run: (call) => {
			const { id } = bookingOf(call, 'id', Number(call.switches.goneBooking));
			call.portal.bookings.delete(id);
			announce(call, 'DELETE', id);
			return { result: true };
		},
	},
	'booking.v1.booking.list': {
		scope: 'booking',
		run: (call) => {
			const found = ordered([...call.portal.bookings.values()].filter(filterOf(call)), mapParameter(call.parameters, 'order'));
			const start = call.switches.bookingPaging === 'start' ? Math.max(0, integerOf(parameter(call.parameters, 'start')) ?? 0) : 0;
			return { result: { booking: found.slice(start, start + PAGE_ROWS).map(shown) } };
		},
	},
	'booking.v1.booking.client.set': {
		scope: 'booking',
		run: (call) => {
			const booking = bookingOf(call, 'bookingId', 1021);
			const list = parameter(call.parameters, 'clients');
			if (!Array.isArray(list)) throw missingParameter('clients');
			booking.clients = list.map(readClient);
			call.portal.clientsWereBound = true;
			announce(call, 'UPDATE', booking.id);
			return { result: true };
		},
	},
	'booking.v1.booking.client.list': { scope: 'booking', run: (call) => ({ result: { bookingClient: bookingOf(call, 'bookingId', 1021).clients } }) },
	'booking.v1.booking.externalData.set': {
		scope: 'booking',
		run: (call) => {
			const booking = bookingOf(call, 'bookingId', 1021);
			const list = parameter(call.parameters, 'externalData');
			if (!Array.isArray(list)) throw missingParameter('externalData');
			booking.external = list.map(readExternal);
			return { result: true };
		},
	},
	'booking.v1.booking.externalData.list': { scope: 'booking', run: (call) => ({ result: { externalData: bookingOf(call, 'bookingId', 1021).external } }) },
	'booking.v1.clienttype.list': {
		scope: 'booking',
		run: ({ portal, switches }) => {
			const known = switches.clientTypes === 'listed' || portal.clientsWereBound;
			return { result: { clientType: known ? [{ module: 'crm', code: 'CONTACT' }, { module: 'crm', code: 'COMPANY' }] : [] } };
		},
	},
};

const EPOCH: BookingMoment = { timestamp: 0, timezone: 'UTC' };

function bookingOf(call: MethodCall, name: string, code: number): Booking {
	const booking = call.portal.bookings.get(requiredInteger(call.parameters, name));
	if (booking === undefined) throw new BitrixError(400, code, 'Booking not found');
	return booking;
}

function read(fields: Fields, old: Named): Named {
	const period = fields.datePeriod === undefined ? { from: old.from, to: old.to } : readPeriod(fields.datePeriod);
	return {
		...period,
		resourceIds: fields.resourceIds === undefined ? old.resourceIds : integersOf(fields.resourceIds),
		name: fields.name === undefined ? old.name : textOf(fields.name),
		description: fields.description === undefined ? old.description : textOf(fields.description),
	};
}

function readPeriod(period: unknown): Pick<Booking, 'from' | 'to'> {
	const [from, to] = isFields(period) ? [readMoment(period.from), readMoment(period.to)] : [null, null];
	if (from === null || to === null || from.timestamp >= to.timestamp) throw new BitrixError(400, 422, 'Invalid date period');
	return { from, to };
}

function readMoment(moment: unknown): BookingMoment | null {
	if (!isFields(moment) || typeof moment.timezone !== 'string') return null;
	const timestamp = integerOf(moment.timestamp);
	return timestamp === null ? null : { timestamp, timezone: moment.timezone };
}

/** Empty and unknown resources are refused always, taken time only by some portals. */
function checkResources({ portal, switches }: MethodCall, { resourceIds, from, to }: Named, self: number | null): void {
	const unavailable = resourceIds.length === 0 || resourceIds.some((id) => !portal.resources.has(id));
	const overlaps = [...portal.bookings.values()].some(
		(other) => other.id !== self && other.from.timestamp < to.timestamp && other.to.timestamp > from.timestamp && other.resourceIds.some((id) => resourceIds.includes(id)),
	);
	if (unavailable || (overlaps && switches.overlappingBookings === 'refused')) throw new BitrixError(400, 1018, 'Resources are not available for the period');
}

function filterOf(call: MethodCall): (booking: Booking) => boolean {
	const filter = mapParameter(call.parameters, 'filter');
	const within = isFields(filter.within) ? [integerOf(filter.within.dateFrom), integerOf(filter.within.dateTo)] : null;
	const [from, to] = within ?? [];
	if (within !== null && (from === null || from === undefined || to === null || to === undefined)) throw missingParameter('filter.within');
	const entities = isFields(filter.client) && Array.isArray(filter.client.entities) ? filter.client.entities.map(readEntity) : null;
	const id = call.switches.bookingIdFilter === 'works' ? integerOf(filter.id) : null;
	return (booking) =>
		(id === null || booking.id === id) &&
		(typeof from !== 'number' || typeof to !== 'number' || (booking.from.timestamp < to && booking.to.timestamp > from)) &&
		(entities === null || entities.some((entity) => booking.clients.some((client) => client.id === entity.id && client.type.module === entity.type.module && client.type.code === entity.type.code)));
}

function readEntity(entity: unknown): BookingClient {
	const id = isFields(entity) ? integerOf(entity.id) : null;
	if (!isFields(entity) || id === null || typeof entity.module !== 'string' || typeof entity.code !== 'string') throw missingParameter('filter.client');
	return { id, type: { module: entity.module, code: entity.code } };
}

function readClient(client: unknown): BookingClient {
	const id = isFields(client) ? integerOf(client.id) : null;
	if (!isFields(client) || id === null || !isFields(client.type)) throw missingParameter('clients');
	return { id, type: { module: String(client.type.module ?? ''), code: String(client.type.code ?? '') } };
}

function readExternal(data: unknown): ExternalData {
	if (!isFields(data) || typeof data.value !== 'string') throw missingParameter('externalData');
	return { moduleId: String(data.moduleId ?? ''), entityTypeId: String(data.entityTypeId ?? ''), value: data.value };
}

function ordered(bookings: readonly Booking[], order: Fields): readonly Booking[] {
	const [name = 'id', direction] = Object.entries(order)[0] ?? [];
	const key = (booking: Booking): number => (name === 'dateFrom' ? booking.from.timestamp : name === 'dateTo' ? booking.to.timestamp : booking.id);
	return [...bookings].sort((a, b) => (String(direction).toUpperCase() === 'DESC' ? key(b) - key(a) : key(a) - key(b)));
}

function shown({ id, name, description, resourceIds, from, to }: Booking): Readonly<Record<string, unknown>> {
	return { id, name, description, resourceIds, datePeriod: { from, to } };
}

function textOf(value: unknown): string | null {
	return value === null ? null : String(value);
}

function announce({ portal }: MethodCall, what: 'ADD' | 'UPDATE' | 'DELETE', id: number): void {
	portal.emit({ name: `ONBOOKING${what}`, id, family: 'booking' });
}
