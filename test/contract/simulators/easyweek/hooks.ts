import { createWebhookSender, wallOf, type WebhookSender } from '../kit';
import { statusName } from './booking-rows';
import type { Booking, World } from './world';

const ATTEMPTS = 3;

export const EASYWEEK_EVENTS = ['booking-created', 'booking-updated', 'booking-rescheduled', 'booking-canceled', 'booking-succeeded'] as const;
export type EasyweekEvent = (typeof EASYWEEK_EVENTS)[number];

/** Webhooks as the owner sets them by hand: one address an event, three tries, then off until Resend. */
export class Hooks {
	readonly sender: WebhookSender = createWebhookSender(ATTEMPTS);
	private readonly urls = new Map<EasyweekEvent, string>();
	private readonly forgiven = new Map<EasyweekEvent, number>();

	constructor(private readonly world: World) {}

	/** Settings → Developers → Webhooks. */
	set(event: EasyweekEvent, url: string): void {
		this.urls.set(event, url);
	}

	/** True after three refused tries of one delivery. */
	isDisabled(event: EasyweekEvent): boolean {
		const since = this.sender.deliveries.slice(this.forgiven.get(event) ?? 0).filter(({ call }) => call.url === this.urls.get(event));
		const last = since.slice(-ATTEMPTS);
		return last.length === ATTEMPTS && last.every(({ status }) => status < 200 || status >= 300);
	}

	/** The Resend button. */
	resume(event: EasyweekEvent): void {
		this.forgiven.set(event, this.sender.deliveries.length);
	}

	fire(event: EasyweekEvent, booking: Booking): void {
		const url = this.urls.get(event);
		if (url === undefined || this.isDisabled(event)) return;
		this.sender.send({ url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(flat(this.world, booking)) });
	}
}

/** The flat body: numbers for ids, `+0000` for the zone, keys with dots that are no paths. */
function flat(world: World, booking: Booking): Readonly<Record<string, unknown>> {
	const { start, end } = world.spanOf(booking);
	const location = world.locations.get(booking.location);
	const customer = world.customers.get(booking.customer);
	const [line] = booking.lines;
	const service = world.services.get(line?.service ?? '');
	const person = world.staffers.get(line?.staffer ?? '');
	const price = booking.lines.reduce((sum, one) => sum + one.price, 0);
	return {
		uid: booking.uuid, id: booking.id, customer_id: customer?.id, location_id: location?.id, service_id: service?.id, location_uuid: booking.location,
		booking_hash_id: String(booking.id), booking_page: `https://eyw.me/r/${booking.id}`,
		booking_created_at: stamp(booking.createdAt), booking_date_start: stamp(start), booking_date_end: stamp(end),
		booking_date_start_tz: wallOf(start, location?.zone ?? 'UTC').replace('T', ' '), timezone: location?.zone,
		booking_duration: (end - start) / 60_000, booking_status: statusName(booking),
		customer_first_name: customer?.firstName, customer_last_name: customer?.lastName, customer_phone: customer?.phone, customer_email: customer?.email ?? '',
		'booking_attributes.booking_comment': booking.comment, 'customer_attributes.customer_phone': customer?.phone,
		service_name: service?.name, services_count: booking.lines.length, users_description: `${person?.firstName ?? ''} ${person?.lastName ?? ''}`.trim(), user_name: person?.firstName,
		location_name: location?.name, booking_price: (price / 100).toFixed(2), booking_price_int: price, booking_price_currency: world.workspace.currency,
		visits_total: [...world.bookings.values()].filter((one) => one.customer === booking.customer && one.completed).length, paid_sum_amount: booking.paid,
	};
}

function stamp(moment: number): string {
	return `${new Date(moment).toISOString().slice(0, 19)}+0000`;
}
