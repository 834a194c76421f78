import { type Appointment, refused, type Refused } from '../../booking';
import { type BusyInterval, minuteOf } from '../../calendar';
import { type MinuteRange, overlaps } from '../../calendar/ranges';
import type { HeldVisit, InstantWindow, Taken } from './ports';
import type { Salon } from './salon';

/** Whose time a visit takes. */
export interface Claim {
	readonly staffId: string;
	/** Null for a guest's visit, which does not take the client's own time. */
	readonly clientId: string | null;
	/** Minutes since the epoch, without buffers. */
	readonly visit: MinuteRange;
	/** With them. */
	readonly busy: MinuteRange;
}

export const SLOT_TAKEN = refused('slot_taken', 'The time is taken; ask for free slots again.');
const SELF_OVERLAP = refused('self_overlap', 'The client has another visit at this time; move or cancel it, or name the guest.');

const DAY_MINUTES = 1440;

/** The claim of a visit with its buffers by the salon's list; a service that is no longer there has none. */
export function claimOf(salon: Salon, { staffId, clientId, serviceIds, guestName, start, end }: Pick<Appointment, 'staffId' | 'clientId' | 'serviceIds' | 'guestName' | 'start' | 'end'>): Claim {
	const services = salon.services.filter(({ id }) => serviceIds.includes(id));
	const before = Math.max(0, ...services.map((service) => service.bufferBeforeMinutes));
	const after = Math.max(0, ...services.map((service) => service.bufferAfterMinutes));
	const visit = { start: minuteOf(start), end: minuteOf(end, 'up') };
	return { staffId, clientId: guestName === null ? clientId : null, visit, busy: { start: visit.start - before, end: visit.end + after } };
}

/** Why two visits cannot both stand, or null. */
export function clash(one: Claim, other: Claim): Refused | null {
	if (one.staffId === other.staffId && overlaps(one.busy, other.busy)) return SLOT_TAKEN;
	return one.clientId !== null && one.clientId === other.clientId && overlaps(one.visit, other.visit) ? SELF_OVERLAP : null;
}

/** Live visits that a claim cannot stand beside. */
export function rivalsOf(salon: Salon, claim: Claim, { visits }: Taken, ownId: string | null): readonly HeldVisit[] {
	return visits.filter((held) => held.appointment.id !== ownId && held.appointment.status !== 'cancelled' && clash(claim, claimOf(salon, held.appointment)) !== null);
}

/** Why a claim does not fit beside what is taken, or null. */
export function takenRefusal(salon: Salon, claim: Claim, taken: Taken, ownId: string | null): Refused | null {
	const isTaken = taken.other.some((time) => (time.staffId === null || time.staffId === claim.staffId) && overlaps({ start: minuteOf(time.start), end: minuteOf(time.end, 'up') }, claim.busy));
	if (isTaken) return SLOT_TAKEN;
	const reasons = rivalsOf(salon, claim, taken, ownId).map((held) => clash(claim, claimOf(salon, held.appointment)));
	// the client's own visit is the truer reason: another time of the same hour would not help
	return reasons.find((reason) => reason === SELF_OVERLAP) ?? reasons.find((reason) => reason !== null) ?? null;
}

/** The window in which everything that a claim may meet stands, the buffers of others included. */
export function windowOf({ services }: Salon, { busy }: Pick<Claim, 'busy'>): InstantWindow {
	const margin = Math.max(0, ...services.flatMap((service) => [service.bufferBeforeMinutes, service.bufferAfterMinutes]));
	return { from: instantOf(busy.start - margin), to: instantOf(busy.end + margin) };
}

/** What is taken, as the calendar reads it. */
export function busyIntervals(salon: Salon, { visits, other }: Taken): BusyInterval[] {
	const held = visits
		.filter(({ appointment }) => appointment.status !== 'cancelled')
		.map(({ appointment }): BusyInterval => {
			const { staffId, busy } = claimOf(salon, appointment);
			return { calendar: 'staff', id: staffId, start: instantOf(busy.start), end: instantOf(busy.end), visitId: appointment.id };
		});
	const rest = other.flatMap(({ staffId, start, end }) => (staffId === null ? salon.staff.map(({ id }) => id) : [staffId]).map((id): BusyInterval => ({ calendar: 'staff', id, start, end })));
	return [...held, ...rest];
}

/** Names of locks for a person's days: what lies in one of them can meet only what lies in the same. */
export function dayLocks(account: string, { staffId, clientId, busy }: Claim): readonly string[] {
	const days = Array.from({ length: Math.floor((busy.end - 1) / DAY_MINUTES) - Math.floor(busy.start / DAY_MINUTES) + 1 }, (_, index) => Math.floor(busy.start / DAY_MINUTES) + index);
	const person = days.map((day) => `${account} staff ${staffId} ${day}`);
	return clientId === null ? person : [...person, ...days.map((day) => `${account} client ${clientId} ${day}`)];
}

/** UTC instant of a minute since the epoch. */
export function instantOf(minute: number): string {
	return new Date(minute * 60_000).toISOString();
}
