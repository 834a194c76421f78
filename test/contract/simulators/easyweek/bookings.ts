import { fieldsOf, type Answer, type Route, route, type SimRequest } from '../kit';
import { shortBooking, showBooking } from './booking-rows';
import { BASE } from './catalogue';
import { createCart, createOne } from './create';
import { failed, invalid, list, single } from './envelope';
import type { Hooks } from './hooks';
import type { Booking, World } from './world';

const REASONS = ['customer_request', 'wrong_order'];
const DAY = 86_400_000;

/** `/bookings`: create, read, list by start, cancel, complete. There is no move. */
export function bookingRoutes(world: World, hooks: Hooks): readonly Route[] {
	const known = (request: SimRequest, work: (booking: Booking) => Answer): Answer => {
		const booking = world.bookings.get(request.params.uuid ?? '');
		return booking === undefined ? failed(404, 'No query results for model [Booking].') : work(booking);
	};
	return [
		route('POST', `${BASE}/bookings`, (request) => createOne(world, hooks, request)),
		route('POST', `${BASE}/bookings/cart`, (request) => createCart(world, hooks, request)),
		route('GET', `${BASE}/bookings`, (request) => listBookings(world, request)),
		route('GET', `${BASE}/bookings/{uuid}`, (request) => known(request, (booking) => single(world, 200, showBooking(world, booking)))),
		route('PUT', `${BASE}/bookings/{uuid}/status/cancel`, (request) => known(request, (booking) => cancel(world, hooks, request, booking))),
		route('PUT', `${BASE}/bookings/{uuid}/status/complete`, (request) =>
			known(request, (booking) => {
				const { paid_amount: paid } = fieldsOf(request.json);
				if (booking.canceled) return invalid({ status: 'The booking is canceled.' });
				Object.assign(booking, { completed: true, paid: typeof paid === 'number' ? paid : booking.paid });
				hooks.fire('booking-succeeded', booking);
				return single(world, 200, showBooking(world, booking));
			}),
		),
	];
}

function listBookings(world: World, request: SimRequest): Answer {
	const [from, to] = [bound(request.query.get('reserved_on_from'), 0), bound(request.query.get('reserved_on_to'), DAY - 1)];
	if (from === null || to === null) return invalid({ [from === null ? 'reserved_on_from' : 'reserved_on_to']: 'The date is not a valid date.' });
	const is = (name: string, value: string): boolean => (request.query.get(name) ?? value) === value;
	const rows = [...world.bookings.values()].filter((booking) => {
		const { start } = world.spanOf(booking);
		const staffer = request.query.get('staffer_uuid');
		const serves = staffer === null || booking.lines.some((line) => line.staffer === staffer);
		return serves && is('location_uuid', booking.location) && is('customer_uuid', booking.customer) && start >= (from ?? 0) && start <= (to ?? Number.POSITIVE_INFINITY);
	});
	const sorted = rows.sort((one, other) => world.spanOf(one).start - world.spanOf(other).start || one.id - other.id);
	return list(request, sorted.map((booking) => shortBooking(world, booking)));
}

/** A bound of start times: undefined when absent, null when unreadable; a bare date stands for its whole day in UTC. */
function bound(text: string | null, wholeDay: number): number | null | undefined {
	if (text === null) return undefined;
	const bare = /^\d{4}-\d{2}-\d{2}$/.test(text);
	const moment = Date.parse(bare ? `${text}T00:00:00Z` : text);
	if (Number.isNaN(moment)) return null;
	return bare ? moment + wholeDay : moment;
}

function cancel(world: World, hooks: Hooks, request: SimRequest, booking: Booking): Answer {
	const { cancel_reason: reason, internal_notes: notes } = fieldsOf(request.json);
	if (typeof reason !== 'string' || !REASONS.includes(reason)) return invalid({ cancel_reason: 'The selected cancel reason is invalid.' });
	if (booking.completed || (booking.canceled && world.switches.cancelTwice === 'refused')) return invalid({ status: 'The booking cannot be canceled.' });
	const fresh = !booking.canceled;
	Object.assign(booking, { canceled: true, cancelReason: reason, internalNotes: typeof notes === 'string' ? notes : '' });
	if (fresh) hooks.fire('booking-canceled', booking);
	return single(world, 200, showBooking(world, booking));
}
