import type { AppointmentStatus } from '../../booking';

export const BOOKING_STATUSES = ['created', 'confirmed', 'completed', 'no_show', 'cancelled'] as const;
/** How the gateway contract, and an export, tell what became of a booking. */
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

const OURS: Readonly<Record<BookingStatus, AppointmentStatus>> = { created: 'booked', confirmed: 'confirmed', completed: 'arrived', no_show: 'no_show', cancelled: 'cancelled' };

/** One of the contract's statuses, null for anything else. */
export function bookingStatusOf(told: unknown): BookingStatus | null {
	return BOOKING_STATUSES.find((status) => status === told) ?? null;
}

/** The same in the words of the booking port. */
export function appointmentStatusOf(status: BookingStatus): AppointmentStatus {
	return OURS[status];
}
