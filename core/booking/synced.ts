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

/** Lines of a visit whose vendor knows the sum alone, minor units: the first line bears it, so that they add up. */
export function linesOfTotal(serviceIds: readonly string[], total: number | null): readonly SyncedVisitLine[] {
	if (serviceIds.length === 0) return total === null ? [] : [{ serviceId: '', title: '', amount: 1, cost: total }];
	return serviceIds.map((serviceId, index) => ({ serviceId, title: '', amount: 1, cost: index === 0 ? total : null }));
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
	readonly hours: readonly SyncedHours[];
}

/** A range of wall time as the vendor gives it; of hours that repeat, on which weekdays, or a date that is another one. */
export interface SyncedHours {
	readonly from: string;
	/** `24:00` is the end of the day; the same as `from` on a date says that nobody works on it. */
	readonly to: string;
	/** 1 is Monday. */
	readonly weekdays?: readonly number[];
	readonly date?: CalendarDate;
}

export type SyncedRow = SyncedCompany | SyncedService | SyncedStaff | SyncedClient | SyncedVisit | SyncedGoodsSale | SyncedSchedule;
export type SyncedEntity = SyncedRow['entity'];

/**
 * A record read. A voided one is by the vendor's own word none of what its stream holds, such as time that is nobody's among
 * the visits: a row that an earlier reading made of it is deleted. A skipped one is left out by our settings, or cannot be
 * judged, and says nothing of such a row. The reason of a rejected one names a field, never its value.
 */
export type Reading =
	| { readonly kind: 'row'; readonly row: SyncedRow }
	| { readonly kind: 'voided'; readonly changedAt?: Instant }
	| { readonly kind: 'skipped' }
	| { readonly kind: 'rejected'; readonly reason: string };

/** How the sync reads the records of a vendor's streams. */
export interface StreamReader {
	/** Pure: the same record of the same branch reads alike. Never throws. */
	read(name: StreamName, record: StreamRecord, company: Company): Reading;
	/** What a bounded window of a stream asks for: changes in it, records whose own time is in it, or nothing narrower than the whole list. */
	readonly windows: Readonly<Record<StreamName, 'changes' | 'starts' | 'whole'>>;
	/** The CRM sums up what its clients spent, and gives the cards of some by their ids, see `StreamWindow.ids`. */
	readonly clientsById: boolean;
	/** Streams that give single records by their ids: what a reading missed is looked for once more before it counts as gone. */
	readonly checks?: readonly StreamName[];
}
