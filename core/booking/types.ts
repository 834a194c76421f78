/**
 * The language of the domain. Instants are ISO 8601 with an offset, calendar dates are `YYYY-MM-DD`, wall times are
 * `HH:mm`, zones are IANA names, money is an integer of minor units with a currency, phones are E.164, ids are strings.
 */

/** ISO 8601 instant with an offset, e.g. `2026-11-24T15:00:00+03:00`. */
export type Instant = string;
/** Calendar date in the branch's zone, `YYYY-MM-DD`. */
export type CalendarDate = string;
/** Wall time in the branch's zone, `HH:mm`; `24:00` ends a day. */
export type WallTime = string;
/** IANA time zone name, e.g. `Europe/Moscow`. */
export type Zone = string;
/** Phone in E.164, e.g. `+79161234567`. */
export type Phone = string;

/** A price as the CRM gives it, integer minor units; `min` equals `max` for a fixed price. */
export interface PriceRange {
	readonly min: number;
	readonly max: number;
	/** ISO 4217 code. */
	readonly currency: string;
}

/** Half-open wall-time range of one day; `to` up to `24:00`, or less than `from` for a shift over midnight. */
export interface WallRange {
	readonly from: WallTime;
	readonly to: WallTime;
}

/** The branch that is booked. */
export interface Company {
	readonly id: string;
	readonly name: string;
	readonly zone: Zone;
	readonly currency: string;
	readonly address: string | null;
	readonly phone: Phone | null;
	/** Index 1 (Monday) to 7 (Sunday), as ISO weekdays; a missing day is closed. */
	readonly workingHours: Readonly<Partial<Record<IsoWeekday, readonly WallRange[]>>>;
	/** Latest moment before a visit at which the client may still move or cancel it, in minutes. */
	readonly changeNoticeMinutes: number;
	/** Earliest bookable start counted from now, in minutes. */
	readonly bookingNoticeMinutes: number;
	/** Last bookable day counted from today, in days. */
	readonly bookingHorizonDays: number;
}

/** 1 is Monday, 7 is Sunday. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Something a client can book. */
export interface Service {
	readonly id: string;
	readonly title: string;
	readonly aliases: readonly string[];
	readonly category: string | null;
	readonly price: PriceRange | null;
	readonly durationMinutes: number;
	readonly active: boolean;
	readonly bookableOnline: boolean;
}

/** A person (or chair) that performs services. */
export interface StaffMember {
	readonly id: string;
	readonly name: string;
	readonly position: string | null;
	readonly active: boolean;
	readonly bookable: boolean;
	/** What the person does, with the person's own length and price where they differ from the service's. */
	readonly services: readonly StaffService[];
}

/** One cell of the staff-service matrix. */
export interface StaffService {
	readonly serviceId: string;
	readonly durationMinutes?: number;
	readonly price?: PriceRange;
}

/** A client card. */
export interface Client {
	readonly id: string;
	readonly name: string | null;
	readonly phone: Phone | null;
	readonly blocked: boolean;
}

/** What is needed to open a client card. */
export interface NewClient {
	readonly name: string;
	readonly phone: Phone;
}

/** Fields of a client card that may change; an absent key is left as it is. */
export interface ClientPatch {
	readonly name?: string;
	readonly phone?: Phone;
}

export const APPOINTMENT_STATUSES = ['booked', 'confirmed', 'arrived', 'cancelled', 'no_show'] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

/** A visit in the CRM. */
export interface Appointment {
	readonly id: string;
	readonly clientId: string;
	readonly serviceIds: readonly string[];
	readonly staffId: string;
	readonly start: Instant;
	readonly end: Instant;
	readonly status: AppointmentStatus;
	readonly price: PriceRange | null;
	readonly comment: string | null;
	/** Person the visit is for when it is not the client, e.g. a child. */
	readonly guestName: string | null;
	/** Changes with every change of the record; sent back with a move or a cancel. */
	readonly version: string;
}

/** A visit to be written. `start` must be a start the CRM offered for these services and this staff. */
export interface NewAppointment {
	readonly clientId: string;
	readonly serviceIds: readonly string[];
	readonly staffId: string;
	readonly start: Instant;
	readonly comment?: string;
	readonly guestName?: string;
}

/** Where a visit is moved to. `version` is the one the client was shown. */
export interface Reschedule {
	readonly start: Instant;
	readonly staffId?: string;
	readonly version?: string;
}

/** A start that the CRM says is free for these services and this staff. */
export interface Slot {
	readonly start: Instant;
	readonly end: Instant;
	readonly staffId: string;
	readonly serviceIds: readonly string[];
	readonly price: PriceRange | null;
}

/** Days are inclusive, in the branch's zone; at most 31 of them. */
export interface SlotQuery {
	readonly serviceIds: readonly string[];
	readonly staffId?: string;
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	/** Treat this visit as absent: used when the visit itself is being moved. */
	readonly excludeAppointmentId?: string;
}

/** Half-open range of instants; cancelled visits only when asked for. */
export interface AppointmentQuery {
	readonly clientId?: string;
	readonly staffId?: string;
	readonly from: Instant;
	readonly to: Instant;
	readonly includeCancelled?: boolean;
}
