import type { Appointment, CalendarDate, Instant, Zone } from '../../booking';
import { partOf, type DayPart } from '../../language/when';
import type { ClientProfile } from '../context';
import { addDays, dateOf, localIso, todayIn, wallTimeOf } from '../local-time';

/** Visits that habits are read from. */
const RECENT = 8;
const FEWEST_FOR_HABIT = 3;
const USUAL_SHARE = 0.6;
const DAYS_BACK = 365;
const MOST_FAVOURITES = 3;

interface PastVisit {
	readonly visit: Appointment;
	readonly day: CalendarDate;
	readonly part: DayPart;
}

/**
 * What a client's own visits say of habits. `now` decides what has taken place; days and parts of the day are wall time
 * in `zone`. Visits that were cancelled, missed, lie ahead, or were made for somebody else do not count. Pure.
 */
export function clientProfile(appointments: readonly Appointment[], now: Instant, zone: Zone): ClientProfile {
	const past = pastVisits(appointments, now, zone);
	const recent = past.slice(0, RECENT);
	return {
		visits: past.length,
		lastVisitOn: past[0]?.day ?? null,
		usualIntervalDays: usualInterval(past.map(({ day }) => day)),
		favouriteServiceIds: favourites(recent.map(({ visit }) => visit.serviceIds)),
		favouriteStaffIds: favourites(recent.map(({ visit }) => [visit.staffId])),
		usualPart: usualPart(recent.map(({ part }) => part)),
	};
}

/** Newest first. A visit listed twice counts once; one whose times cannot be read counts never. */
function pastVisits(appointments: readonly Appointment[], now: Instant, zone: Zone): readonly PastVisit[] {
	const oldest = addDays(todayIn(now, zone), -DAYS_BACK);
	const unique = new Map(appointments.map((visit) => [visit.id, visit]));
	return [...unique.values()]
		.filter((visit) => tookPlace(visit, now))
		.sort((a, b) => Date.parse(b.start) - Date.parse(a.start) || (a.id < b.id ? -1 : 1))
		.map((visit) => ({ visit, local: localIso(visit.start, zone) }))
		.map(({ visit, local }) => ({ visit, day: dateOf(local), part: partOf(wallTimeOf(local)) }))
		.filter(({ day }) => day >= oldest);
}

/** Many salons never mark an arrival: a visit that was not called off and is over took place. */
function tookPlace({ status, guestName, start, end }: Appointment, now: Instant): boolean {
	return status !== 'cancelled' && status !== 'no_show' && guestName === null && !Number.isNaN(Date.parse(start)) && Date.parse(end) <= Date.parse(now);
}

/** Median days between visit days; several visits of one day are one coming. */
function usualInterval(days: readonly CalendarDate[]): number | null {
	const ordered = [...new Set(days)].sort();
	if (ordered.length < FEWEST_FOR_HABIT) return null;
	const gaps = ordered.slice(1).map((day, index) => daysBetween(ordered[index] ?? day, day)).sort((a, b) => a - b);
	const middle = Math.floor(gaps.length / 2);
	const upper = gaps[middle] ?? 0;
	return gaps.length % 2 === 1 ? upper : Math.round(((gaps[middle - 1] ?? upper) + upper) / 2);
}

function daysBetween(from: CalendarDate, to: CalendarDate): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Ids by how many visits hold them, then by how recent they are; `visits` is newest first. */
function favourites(visits: readonly (readonly string[])[]): readonly string[] {
	const counts = new Map<string, number>();
	for (const ids of visits) for (const id of new Set(ids)) counts.set(id, (counts.get(id) ?? 0) + 1);
	// The map keeps the order of first sight, and the sort is stable: ties stay newest first.
	return [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id).slice(0, MOST_FAVOURITES);
}

function usualPart(parts: readonly DayPart[]): DayPart | null {
	if (parts.length < FEWEST_FOR_HABIT) return null;
	return parts.find((part) => parts.filter((other) => other === part).length >= parts.length * USUAL_SHARE) ?? null;
}
