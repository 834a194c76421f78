import type { Appointment, AppointmentQuery, Client, Instant, OperationKey, Outcome, PriceRange } from '../../booking';
import type { Salon, SalonService, SalonStaff } from './salon';

/** A visit as a CRM without slots holds it. */
export interface HeldVisit {
	readonly appointment: Appointment;
	/** The tag of the operation that made it; null where the CRM shows none. See `tagOf`. */
	readonly tag: string | null;
	/**
	 * Orders visits that want one time: of two the smaller stays, compared as text, so numbers need leading zeros. It
	 * never changes and is never equal for two visits.
	 */
	readonly rank: string;
	/** When it was made or last changed; null where the CRM does not say. */
	readonly touchedAt: Instant | null;
}

/** Time that is taken by something that is no visit. */
export interface TakenTime {
	/** Null takes the time of everybody. */
	readonly staffId: string | null;
	readonly start: Instant;
	readonly end: Instant;
}

/** What stands in a window. */
export interface Taken {
	/** Live visits of all people: not cancelled, not deleted. */
	readonly visits: readonly HeldVisit[];
	/** Never the shadow of a visit that is in `visits`. */
	readonly other: readonly TakenTime[];
}

/** Half-open. */
export interface InstantWindow {
	readonly from: Instant;
	readonly to: Instant;
}

/** A visit to be written, checked and with all that a vendor may want to write down. */
export interface VisitDraft {
	readonly client: Client;
	readonly services: readonly SalonService[];
	readonly staff: SalonStaff;
	readonly start: Instant;
	readonly end: Instant;
	readonly price: PriceRange | null;
	readonly comment: string;
	/** Empty when the visit is the client's own. */
	readonly guestName: string;
	/** Names the operation inside the CRM. */
	readonly tag: string;
}

/** Where a visit is put. */
export interface VisitPlace {
	readonly staffId: string;
	readonly start: Instant;
	readonly end: Instant;
}

/**
 * The one thing a vendor without slots gives: its visits, read and written plainly, each method one operation of the
 * vendor. Nothing here checks, locks or repeats; that is done above it. Writes end as `Transport.write` says: `refused` and
 * `unavailable` mean that nothing was done.
 */
export interface BusySource {
	/** Everything live that touches the window, never less; rows outside it do no harm. A part is `unavailable`. */
	taken(window: InstantWindow): Promise<Outcome<Taken>>;
	/** One visit as it is now, cancelled ones too; `not_found` for what is no visit. */
	read(id: string): Promise<Outcome<HeldVisit>>;
	/** Visits that may answer a query, cancelled ones where they are asked for; rows too many do no harm. */
	list(query: AppointmentQuery, salon: Salon): Promise<Outcome<readonly HeldVisit[]>>;
	/** The visit with this tag, or null when there is none; absent where the CRM cannot look for it. */
	findByTag?(tag: string): Promise<Outcome<HeldVisit | null>>;
	/** Makes the visit so that it takes its time from this write on; the value is its id. */
	write(draft: VisitDraft, key: OperationKey): Promise<Outcome<string>>;
	/** Adds what belongs to a visit that stands and stays: lines, links, tasks. Does again nothing that is done. */
	finish?(visit: HeldVisit, draft: VisitDraft, key: OperationKey): Promise<Outcome<HeldVisit>>;
	/** Puts a visit elsewhere; all else stays as it is. */
	move(visit: HeldVisit, to: VisitPlace, key: OperationKey): Promise<Outcome<unknown>>;
	/** Cancels as a client does. */
	cancel(visit: HeldVisit, key: OperationKey): Promise<Outcome<unknown>>;
	/** Takes back a visit that lost its time: afterwards it takes none, and `findByTag` no longer finds it. */
	undo(visit: HeldVisit, key: OperationKey): Promise<Outcome<unknown>>;
	/** How long a list may lag behind a write, in milliseconds; 0 when lists are always fresh. */
	readonly lagMs: number;
}

/** The right to work under a name, for a time. */
export interface Lease {
	/** Prolongs the right; false when it is lost, and nothing may be written any more. */
	keep(): Promise<boolean>;
}

/** Lets one worker at a time work under a name. */
export interface Lock {
	/**
	 * Runs `work` under all names together, after those who came before; `unavailable` when they do not become free in time
	 * or the lock itself cannot be asked, and then `work` did not run.
	 */
	run<T>(names: readonly string[], work: (lease: Lease) => Promise<Outcome<T>>): Promise<Outcome<T>>;
}
