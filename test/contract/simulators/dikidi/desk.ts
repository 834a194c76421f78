import type { EventSender, GatewayEvent } from './events';
import type { Booking, BookingStatus, World } from './world';

const EVENTS: Readonly<Record<Exclude<BookingStatus, 'created'>, GatewayEvent>> = {
	confirmed: 'booking.updated',
	completed: 'booking.completed',
	no_show: 'booking.no_show',
	cancelled: 'booking.cancelled',
};

/** What people and clients do in the product itself; the platform tells of it. */
export class Desk {
	constructor(
		private readonly world: World,
		private readonly events: EventSender,
	) {}

	/** A booking made at the front desk or on the booking page. */
	book(name: string, phone: string, service: string, master: string, start: string): Booking {
		const client = this.world.clientByPhone(phone) ?? this.world.addClient(name, phone);
		const booking = this.world.book({ client: client.id, services: [service], master, start: Date.parse(start) });
		if (typeof booking === 'string') throw new Error(booking);
		this.events.booking('booking.created', booking);
		return booking;
	}

	move(id: string, start: string): void {
		const booking = this.bookingOf(id);
		booking.start = Date.parse(start);
		this.events.booking('booking.rescheduled', booking);
	}

	mark(id: string, status: Exclude<BookingStatus, 'created'>): void {
		const booking = this.bookingOf(id);
		booking.status = status;
		this.events.booking(EVENTS[status], booking);
	}

	private bookingOf(id: string): Booking {
		const booking = this.world.bookings.get(id);
		if (booking === undefined) throw new Error(`no booking ${id}`);
		return booking;
	}
}
