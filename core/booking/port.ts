import type { Capabilities, StreamName } from './capabilities';
import type { OperationKey, Outcome } from './outcome';
import type {
	Appointment,
	AppointmentQuery,
	CalendarDate,
	Client,
	ClientPatch,
	Company,
	Instant,
	NewAppointment,
	NewClient,
	Phone,
	Reschedule,
	Service,
	Slot,
	SlotQuery,
	StaffMember,
} from './types';

/**
 * What every vendor offers in the same words. No method throws for anything a CRM can answer or fail to answer:
 * the outcome says it. An operation that a vendor cannot do is refused with `unsupported`.
 */
export interface BookingCrm {
	readonly capabilities: Capabilities;

	company(): Promise<Outcome<Company>>;
	services(): Promise<Outcome<readonly Service[]>>;
	staff(): Promise<Outcome<readonly StaffMember[]>>;

	/** Days in the query's range that have at least one free start. */
	availableDates(query: SlotQuery): Promise<Outcome<readonly CalendarDate[]>>;
	/** Free starts, sorted by start then staff, unique; instants carry the branch's own offset. */
	slots(query: SlotQuery): Promise<Outcome<readonly Slot[]>>;

	/** All cards with this phone; an empty list when there is none. */
	findClient(phone: Phone): Promise<Outcome<readonly Client[]>>;
	createClient(client: NewClient): Promise<Outcome<Client>>;
	updateClient(id: string, patch: ClientPatch): Promise<Outcome<Client>>;

	appointments(query: AppointmentQuery): Promise<Outcome<readonly Appointment[]>>;
	/** Books. The same `key` never books twice where `capabilities.idempotentWrites`. */
	createAppointment(appointment: NewAppointment, key: OperationKey): Promise<Outcome<Appointment>>;
	rescheduleAppointment(id: string, to: Reschedule, key: OperationKey): Promise<Outcome<Appointment>>;
	/** Cancels; cancelling a cancelled visit is refused with `already_cancelled`. */
	cancelAppointment(id: string, key: OperationKey): Promise<Outcome<Appointment>>;
	/** The visit an operation produced, or null when it produced none; `unsupported` without `findByOperation`. */
	findByOperation(key: OperationKey): Promise<Outcome<Appointment | null>>;

	/** Pages of a stream for the sync, oldest first. */
	stream(name: StreamName, window: StreamWindow): AsyncIterable<Outcome<StreamPage>>;
}

/** One visit by its id, cancelled ones too: what nodes ask beyond the port. */
export interface AppointmentReader {
	appointment(id: string): Promise<Outcome<Appointment>>;
}

/** Half-open window of change or event time; an absent bound is open. */
export interface StreamWindow {
	readonly from?: Instant;
	readonly to?: Instant;
	/** Where a previous read stopped. */
	readonly cursor?: string;
	/** Only these records, where the stream can be asked so; then the bounds do not count. */
	readonly ids?: readonly string[];
	/** Whose share of the vendor's limit the reading uses; by the bounds when absent. */
	readonly lane?: 'incremental' | 'full' | 'backfill';
}

/** One page. `exact` is true only when the CRM guarantees that nothing in the window is missing. */
export interface StreamPage {
	readonly records: readonly StreamRecord[];
	readonly cursor: string | null;
	readonly exact: boolean;
	/** How many records the CRM counts in the window, where it counts. */
	readonly total?: number | null;
}

/** A record as the vendor gave it, with its id. */
export interface StreamRecord {
	readonly id: string;
	readonly data: Readonly<Record<string, unknown>>;
}
