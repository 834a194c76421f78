import { refused, type Refused } from '../../booking';
import type { Db } from './context';
import { GRANULE_MINUTES } from './inputs';

const INSERT_CHUNK = 1000;

/** Minutes since the epoch, half-open, multiples of the granule. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** Everything one visit takes. */
export interface Claim {
	readonly staffId: string;
	/** Visit with its buffers: taken on the staff's calendar and on each resource. */
	readonly busy: Span;
	/** Places on the staff's calendar, and the group service they are shared by. */
	readonly capacity: number;
	readonly sharedBy: string | null;
	readonly resources: readonly { readonly id: string; readonly capacity: number }[];
	/** The client's own time, without buffers; null for a guest's visit, which does not take the client's time. */
	readonly client: { readonly id: string; readonly span: Span } | null;
}

/** One row of taken time. */
export interface TakenRow {
	readonly calendar_id: string;
	readonly granule: number;
	readonly seat: number;
	readonly shared_by: string | null;
}

interface Calendar {
	readonly id: string;
	readonly span: Span;
	readonly capacity: number;
	readonly sharedBy: string | null;
	readonly conflict: Refused;
}

function calendarsOf(claim: Claim): Calendar[] {
	const staff: Calendar = {
		id: `staff:${claim.staffId}`,
		span: claim.busy,
		capacity: claim.capacity,
		sharedBy: claim.sharedBy,
		conflict: refused('slot_taken', 'The time is taken; ask for free slots again.'),
	};
	const resources = claim.resources.map((resource) => ({
		id: `resource:${resource.id}`,
		span: claim.busy,
		capacity: resource.capacity,
		sharedBy: null,
		conflict: refused('resource_busy', 'A room or device the service needs is taken at this time; ask for free slots again.'),
	}));
	if (claim.client === null) return [staff, ...resources];
	const own: Calendar = {
		id: `client:${claim.client.id}`,
		span: claim.client.span,
		capacity: 1,
		sharedBy: null,
		conflict: refused('self_overlap', 'The client already has a visit at this time; move or cancel it, or book for a guest by name.'),
	};
	return [own, staff, ...resources];
}

/**
 * Rows the claim would add, or why it cannot: each five minutes get the lowest free seat, so that a place is found
 * whenever fewer heads than the capacity are present. `except` is the visit being moved. Sorted by key, so that two
 * writers lock rows in one order.
 */
export async function planRows(db: Db, tenant: string, claim: Claim, except: string | null): Promise<{ rows: TakenRow[] } | { refusal: Refused }> {
	const calendars = calendarsOf(claim);
	let query = db
		.selectFrom('crm_busy')
		.select(['calendar_id', 'granule', 'seat', 'shared_by'])
		.where('tenant', '=', tenant)
		.where('calendar_id', 'in', calendars.map(({ id }) => id))
		.where('granule', '>=', granuleOf(claim.busy.start))
		.where('granule', '<', granuleOf(claim.busy.end));
	if (except !== null) query = query.where('appointment_id', '<>', except);
	const taken = await query.execute();
	const rows: TakenRow[] = [];
	for (const calendar of calendars) {
		const present = taken.filter((row) => row.calendar_id === calendar.id);
		for (let granule = granuleOf(calendar.span.start); granule < granuleOf(calendar.span.end); granule += 1) {
			const here = present.filter((row) => row.granule === granule);
			const isStaff = calendar.id === `staff:${claim.staffId}`;
			const mixed = isStaff && here.some((row) => row.shared_by === null || row.shared_by !== calendar.sharedBy);
			const seats = new Set(here.map((row) => row.seat));
			let seat = 0;
			while (seats.has(seat)) seat += 1;
			if (mixed || seat >= calendar.capacity) return { refusal: calendar.conflict };
			rows.push({ calendar_id: calendar.id, granule, seat, shared_by: calendar.sharedBy });
		}
	}
	return { rows: rows.sort((a, b) => (a.calendar_id === b.calendar_id ? a.granule - b.granule : a.calendar_id < b.calendar_id ? -1 : 1)) };
}

/** Takes the time. A key that another visit holds makes the database refuse the whole transaction. */
export async function insertRows(trx: Db, tenant: string, appointmentId: string, rows: readonly TakenRow[]): Promise<void> {
	for (let index = 0; index < rows.length; index += INSERT_CHUNK) {
		const chunk = rows.slice(index, index + INSERT_CHUNK).map((row) => ({ tenant, appointment_id: appointmentId, ...row }));
		await trx.insertInto('crm_busy').values(chunk).execute();
	}
}

/** Gives the time of a visit back. */
export async function releaseRows(trx: Db, tenant: string, appointmentId: string): Promise<void> {
	await trx.deleteFrom('crm_busy').where('tenant', '=', tenant).where('appointment_id', '=', appointmentId).execute();
}

function granuleOf(minute: number): number {
	return Math.floor(minute / GRANULE_MINUTES);
}
