import { durationOf, utcOf } from './envelope';
import { showCustomer } from './customers';
import type { Booking, World } from './world';

/** The whole booking: nobody who serves is in it, and its lines are not the catalogue's services. */
export function showBooking(world: World, booking: Booking): Readonly<Record<string, unknown>> {
	const { start, end } = world.spanOf(booking);
	const { currency } = world.workspace;
	const total = booking.lines.reduce((sum, line) => sum + line.price, 0);
	const customer = world.customers.get(booking.customer);
	return {
		...shortBooking(world, booking),
		timezone: world.locations.get(booking.location)?.zone,
		duration: durationOf(world, (end - start) / 60_000),
		quantity: 1,
		status: statusOf(world, booking),
		public_notes: booking.comment,
		currency,
		customer: customer === undefined ? null : showCustomer(customer),
		order: { total, subtotal: total, amount_paid: booking.paid },
		ordered_services: booking.lines.map((line) => {
			const duration = durationOf(world, line.minutes);
			const name = world.services.get(line.service)?.name;
			return { uuid: line.uuid, name, quantity: 1, currency, price: line.price, original_price: line.price, duration, original_duration: duration };
		}),
		policy: null,
		links: world.switches.manageLink === 'present' ? { manage: `https://eyw.me/r/${booking.id}` } : null,
	};
}

/** A row of the list. */
export function shortBooking(world: World, booking: Booking): Readonly<Record<string, unknown>> {
	const { start, end } = world.spanOf(booking);
	return { uuid: booking.uuid, location_uuid: booking.location, start_time: utcOf(start), end_time: utcOf(end), is_canceled: booking.canceled, is_completed: booking.completed };
}

/** Prose in the language of the account. */
export function statusName(booking: Booking): string {
	if (booking.canceled) return 'Canceled';
	return booking.completed ? 'Succeeded' : 'New';
}

function statusOf(world: World, booking: Booking): unknown {
	const name = statusName(booking);
	return world.switches.statusShape === 'object' ? { type: name.toLowerCase(), name } : name;
}
