import { type Route, route } from '../kit';
import { BASE } from './catalogue';
import { failed, invalid, list, single } from './envelope';
import type { Booking, World } from './world';

/** `/orders`: the money of bookings. A staffer in the query hides rows, and an ISO time is refused. */
export function orderRoutes(world: World): readonly Route[] {
	return [
		route('GET', `${BASE}/orders`, (request) => {
			const { query } = request;
			const since = query.get('created_at_from');
			if (since !== null && !/^\d{4}-\d{2}-\d{2}$/.test(since)) return invalid({ created_at_from: 'The created at from is not a valid date.' });
			const is = (name: string, value: string): boolean => (query.get(name) ?? value) === value;
			const rows = [...world.bookings.values()].filter((one) => is('location_uuid', one.location) && is('customer_uuid', one.customer));
			return list(request, (query.has('staffer_uuid') ? [] : rows).map((one) => showOrder(world, one)));
		}),
		route('GET', `${BASE}/orders/{uuid}`, ({ params }) => {
			const booking = [...world.bookings.values()].find((one) => orderId(one) === params.uuid);
			return booking === undefined ? failed(404, 'No query results for model [Order].') : single(world, 200, showOrder(world, booking));
		}),
		route('GET', `${BASE}/voucher-templates`, (request) => list(request, [])),
	];
}

/** An order has a uuid of its own, made from its booking's. */
function orderId(booking: Booking): string {
	return `0d${booking.uuid.slice(2)}`;
}

function showOrder(world: World, booking: Booking): unknown {
	const total = booking.lines.reduce((sum, line) => sum + line.price, 0);
	return {
		uuid: orderId(booking), booking_uuid: booking.uuid, customer_uuid: booking.customer, location_uuid: booking.location, currency: world.workspace.currency,
		total, subtotal: total, amount_paid: booking.paid,
		items: booking.lines.map((line) => ({ uuid: line.uuid, name: world.services.get(line.service)?.name, quantity: 1, price: line.price })),
	};
}
