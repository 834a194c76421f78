import type { StreamName } from './capabilities';
import type { StreamRecord } from './port';
import type { AppointmentStatus, CalendarDate, Company, Instant, Phone } from './types';

/**
 * A vendor's record in the words of the domain, for the copy of the CRM. An absent key says that the vendor told nothing
 * of it, which is never the same as an empty one. Money is integer minor units; `extra` is what the vendor gave beyond
 * these fields.
 */
interface Synced {
	readonly id: string;
	/** When the vendor last changed the record. */
	readonly changedAt?: Instant;
	/** The vendor marks the record as deleted. */
	readonly deleted?: boolean;
	readonly extra: Readonly<Record<string, unknown>>;
}

export interface SyncedCompany extends Synced {
	readonly entity: 'company';
	readonly name: string;
	readonly zone: string;
	readonly currency: string;
	readonly address?: string;
	readonly phone?: string;
}

export interface SyncedService extends Synced {
	readonly entity: 'service';
	readonly title: string;
	readonly category?: string;
	readonly priceMin?: number;
	readonly priceMax?: number;
	readonly durationMinutes?: number;
	readonly active: boolean;
}

export interface SyncedStaff extends Synced {
	readonly entity: 'staff';
	readonly name: string;
	readonly position?: string;
	readonly active: boolean;
}

export interface SyncedClient extends Synced {
	readonly entity: 'client';
	readonly name?: string;
	readonly phone?: Phone;
	readonly email?: string;
	/** `YYYY-MM-DD`, or `MM-DD` where the year is not known. */
	readonly birthday?: string;
	/** The CRM's own sum of what was sold to the client. */
	readonly totalSpent?: number;
	readonly visitsCount?: number;
	readonly firstVisitOn?: CalendarDate;
	readonly lastVisitOn?: CalendarDate;
	readonly blocked?: boolean;
}

/** A service done in a visit; `cost` is of the whole line, after its discount. */
export interface SyncedVisitLine {
	readonly serviceId: string;
	readonly title: string;
	readonly amount: number;
	readonly cost: number | null;
}

export interface SyncedVisit extends Synced {
	readonly entity: 'visit';
	/** Records of one coming share it. */
	readonly visitId: string;
	readonly clientId: string | null;
	readonly staffId: string | null;
	readonly start: Instant;
	readonly end: Instant;
	readonly status: AppointmentStatus;
	readonly lines: readonly SyncedVisitLine[];
	readonly comment: string;
	readonly createdAt?: Instant;
}

export interface SyncedGoodsSale extends Synced {
	readonly entity: 'goods';
	readonly clientId: string | null;
	readonly staffId: string | null;
	readonly visitId: string | null;
	readonly title: string;
	/** Units sold; negative for a return. */
	readonly amount: number;
	readonly cost: number;
	readonly soldAt: Instant;
}

export interface SyncedSchedule extends Synced {
	readonly entity: 'schedule';
	readonly staffId: string;
	/** Null for hours that repeat. */
	readonly date: CalendarDate | null;
	/** As the vendor gives them, ranges of wall time. */
	readonly hours: readonly { readonly from: string; readonly to: string }[];
}

export type SyncedRow = SyncedCompany | SyncedService | SyncedStaff | SyncedClient | SyncedVisit | SyncedGoodsSale | SyncedSchedule;
export type SyncedEntity = SyncedRow['entity'];

/** A record read. A skipped one is nothing the sync keeps; the reason of a rejected one names a field, never its value. */
export type Reading = { readonly kind: 'row'; readonly row: SyncedRow } | { readonly kind: 'skipped' } | { readonly kind: 'rejected'; readonly reason: string };

/** How the sync reads the records of a vendor's streams. */
export interface StreamReader {
	/** Pure: the same record of the same branch reads alike. Never throws. */
	read(name: StreamName, record: StreamRecord, company: Company): Reading;
	/** What a bounded window of a stream asks for: changes in it, or nothing narrower than the whole list. */
	readonly windows: Readonly<Record<StreamName, 'changes' | 'whole'>>;
	/** Clients can be read by their ids, see `StreamWindow.ids`. */
	readonly clientsById: boolean;
}
