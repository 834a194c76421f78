import type { Hooks } from './hooks';
import type { Booking, World } from './world';

/** What people do in the product itself, past the public API. */
export class Desk {
	constructor(
		private readonly world: World,
		private readonly hooks: Hooks,
	) {}

	/** Moves a booking, which no public call can. */
	move(uuid: string, start: string): void {
		const booking = this.bookingOf(uuid);
		const shift = Date.parse(start) - this.world.spanOf(booking).start;
		booking.lines = booking.lines.map((line) => ({ ...line, start: line.start + shift }));
		this.hooks.fire('booking-rescheduled', booking);
	}

	cancel(uuid: string): void {
		const booking = this.bookingOf(uuid);
		booking.canceled = true;
		this.hooks.fire('booking-canceled', booking);
	}

	/** The client came and paid. */
	complete(uuid: string, paid: number): void {
		const booking = this.bookingOf(uuid);
		Object.assign(booking, { completed: true, paid });
		this.hooks.fire('booking-succeeded', booking);
	}

	private bookingOf(uuid: string): Booking {
		const booking = this.world.bookings.get(uuid);
		if (booking === undefined) throw new Error(`no booking ${uuid}`);
		return booking;
	}
}
