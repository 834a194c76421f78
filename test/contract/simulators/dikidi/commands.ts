import { isoOf, wallOf } from '../kit';
import type { EventSender } from './events';
import type { Booking, BookingError, Client, World } from './world';

const DAY = 86_400_000;

type Payload = Readonly<Record<string, unknown>>;

/** What a command ends in. */
export type CommandEnd = { readonly result: Readonly<Record<string, unknown>> } | { readonly error: BookingError | 'NOT_FOUND' };

/** One command. `id` goes into the event it causes. */
export type Command = (world: World, events: EventSender, payload: Payload, id: string) => CommandEnd;

export const WRITES: readonly string[] = ['client.create', 'client.update', 'booking.create', 'booking.reschedule', 'booking.cancel'];

/** Every command of the gateway contract; times of results carry an offset, prices are decimal major units. */
export const COMMANDS: Readonly<Record<string, Command>> = {
	'company.get': ({ company }) => ({ result: { company: { id: company.id, name: company.name, timezone: company.zone, currency: company.currency } } }),
	'services.list': (world) => ({ result: { services: [...world.services.values()].map(({ id, name, price, minutes }) => ({ id, name, price: (price / 100).toFixed(2), duration_min: minutes })) } }),
	'staff.list': (world) => ({ result: { staff: [...world.masters.values()].map(({ id, name, services }) => ({ id, name, service_ids: [...services] })) } }),
	'dates.list': (world, _events, payload) => ({ result: { dates: daysOf(payload).filter((date) => slotsOn(world, payload, date).length > 0) } }),
	'slots.list': (world, _events, payload) => ({ result: { slots: daysOf(payload).flatMap((date) => slotsOn(world, payload, date)) } }),
	'client.find': (world, _events, { phone }) => ({ result: { clients: [...world.clients.values()].filter((one) => one.phone === phone) } }),
	'client.create': (world, _events, payload) => {
		const client = clientOf(world, payload.client ?? payload);
		return client === null ? { error: 'VALIDATION' } : { result: { client_id: client.id } };
	},
	'client.update': (world, _events, { client_id: id, name, phone }) => {
		const client = world.clients.get(String(id));
		if (client === undefined) return { error: 'NOT_FOUND' };
		if (typeof name === 'string') client.name = name;
		if (typeof phone === 'string') client.phone = phone;
		return { result: { client_id: client.id } };
	},
	'booking.create': (world, events, payload, id) => {
		const client = clientOf(world, payload.client);
		const start = Date.parse(String(payload.starts_at));
		if (client === null || Number.isNaN(start)) return { error: 'VALIDATION' };
		const booking = world.book({ client: client.id, services: idsOf(payload.service_ids), master: String(payload.staff_id), start, comment: typeof payload.comment === 'string' ? payload.comment : '' });
		if (typeof booking === 'string') return { error: booking };
		events.booking('booking.created', booking, { commandId: id });
		return { result: { booking_id: booking.id } };
	},
	'booking.get': (world, _events, { booking_id: id }) => {
		const booking = world.bookings.get(String(id));
		return booking === undefined ? { error: 'NOT_FOUND' } : { result: { booking: show(world, booking) } };
	},
	'booking.list': (world, _events, { phone, from, to }) => {
		const rows = [...world.bookings.values()].filter((one) => phone === undefined || world.clients.get(one.client)?.phone === phone);
		const inside = rows.filter((one) => one.start >= moment(from, 0) && one.start < moment(to, Number.POSITIVE_INFINITY));
		return { result: { bookings: inside.map((one) => show(world, one)) } };
	},
	'booking.reschedule': (world, events, payload, id) => {
		const booking = world.bookings.get(String(payload.booking_id));
		const start = Date.parse(String(payload.starts_at));
		if (booking === undefined) return { error: 'NOT_FOUND' };
		const master = typeof payload.staff_id === 'string' ? payload.staff_id : booking.master;
		const error = Number.isNaN(start) || booking.status === 'cancelled' ? 'VALIDATION' : world.check(master, booking.services, start, booking.id);
		if (error !== null) return { error };
		Object.assign(booking, { start, master });
		events.booking('booking.rescheduled', booking, { commandId: id });
		return { result: { booking_id: booking.id } };
	},
	'booking.cancel': (world, events, { booking_id: given }, id) => {
		const booking = world.bookings.get(String(given));
		if (booking === undefined) return { error: 'NOT_FOUND' };
		if (booking.status === 'cancelled') return { error: 'VALIDATION' };
		booking.status = 'cancelled';
		events.booking('booking.cancelled', booking, { commandId: id });
		return { result: { booking_id: booking.id } };
	},
};

function clientOf(world: World, given: unknown): Client | null {
	const { name, phone } = typeof given === 'object' && given !== null ? (given as Payload) : {};
	if (typeof name !== 'string' || name === '' || typeof phone !== 'string' || !/^\+\d{8,15}$/.test(phone)) return null;
	return world.clientByPhone(phone) ?? world.addClient(name, phone);
}

function slotsOn(world: World, payload: Payload, date: string): readonly { readonly starts_at: string; readonly ends_at: string; readonly staff_id: string }[] {
	const services = idsOf(payload.service_ids);
	const asked = [...world.masters.values()].filter(({ id }) => payload.staff_id === undefined || payload.staff_id === id);
	const { zone } = world.company;
	return asked.flatMap((master) => world.starts(master, services, date).map((start) => ({ starts_at: isoOf(start, zone), ends_at: isoOf(world.endOf(start, services), zone), staff_id: master.id })));
}

function daysOf({ date_from: from, date_to: to }: Payload): readonly string[] {
	const [first, last] = [Date.parse(`${String(from)}T00:00:00Z`), Date.parse(`${String(to)}T00:00:00Z`)];
	const days: string[] = [];
	for (let day = first; day <= last && days.length < 62; day += DAY) days.push(new Date(day).toISOString().slice(0, 10));
	return days;
}

function idsOf(given: unknown): readonly string[] {
	return Array.isArray(given) ? given.map(String) : [];
}

function moment(given: unknown, otherwise: number): number {
	return typeof given === 'string' ? Date.parse(given) : otherwise;
}

function show(world: World, booking: Booking): unknown {
	const client = world.clients.get(booking.client);
	return {
		id: booking.id, status: booking.status, starts_at: wallOf(booking.start, world.company.zone), ends_at: wallOf(world.endOf(booking.start, booking.services), world.company.zone),
		timezone: world.company.zone, staff: { id: booking.master }, services: booking.services.map((id) => ({ id })), client: { id: client?.id, name: client?.name, phone: client?.phone }, comment: booking.comment,
	};
}
