import type { CalendarDate, Instant } from '../booking';
import { dateOf, dayOf, minuteOf, weekdayOf, zoneClock } from '../calendar';
import { type ComingRecords, copiedClients, copiedSales, copiedVisits, type CopiedVisit, recordsByComing } from '../store/copied';
import type { Store } from '../store';

/** One day of the branch. Records of one coming count once, on the day it begins; money, in minor units, stays with each record. */
export interface DayFigures {
	readonly date: CalendarDate;
	/** Visits that were not called off and not missed, those without a card too; of days ahead those that are booked. */
	readonly visits: number;
	readonly noShows: number;
	readonly cancelled: number;
	readonly services: number;
	readonly goods: number;
}

/** A part of the week's visits: of a member of staff, or of a service. */
export interface Share {
	readonly id: string;
	/** As the copy knows it; the id where it does not. */
	readonly name: string;
	readonly visits: number;
	readonly amount: number;
}

/** A week of a branch, Monday to Sunday by its own calendar. */
export interface WeeklyFigures {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	readonly currency: string;
	readonly days: readonly DayFigures[];
	readonly total: Omit<DayFigures, 'date'>;
	/** The week before. */
	readonly before: Omit<DayFigures, 'date'>;
	/** Clients whose first visit of the copy lies in this week, and those who had come before; who has no card is neither. */
	readonly newClients: number;
	readonly returningClients: number;
	/** By money, the most first. */
	readonly staff: readonly Share[];
	readonly serviceShares: readonly Share[];
}

export interface WeeklyParts {
	readonly store: Store;
	readonly tenant: string;
	/** Any day of the week, by the branch's calendar. */
	readonly day: CalendarDate;
}

const DAYS = 7;
const DAY_MS = 86_400_000;
const MOST_SHARES = 8;
/** As of then nothing is ahead: what is booked counts as kept. */
const END_OF_TIME = '9999-12-31T00:00:00.000Z';
const NOTHING = { visits: 0, noShows: 0, cancelled: 0, services: 0, goods: 0 };

/** Counts a week from the copy; null where nothing is copied. Errors of the database are StoreErrors. */
export async function weeklyFigures({ store, tenant, day }: WeeklyParts): Promise<WeeklyFigures | null> {
	const clients = copiedClients(store, tenant);
	const branch = await clients.branch();
	if (branch?.visitsKnown !== true) return null;
	const monday = dayOf(day) - (weekdayOf(dayOf(day)) - 1);
	const clock = zoneClock(branch.zone);
	const dateAt = (instant: Instant): CalendarDate => dateOf(clock.wall(minuteOf(instant)).day);
	// a day more at each end: the branch's midnight is not that of UTC
	const from = new Date((monday - DAYS - 1) * DAY_MS).toISOString();
	const to = new Date((monday + DAYS + 1) * DAY_MS).toISOString();
	const visits = copiedVisits(store, tenant);
	const [near, sales, names] = await Promise.all([visits.startingOfAnybody(from, to), copiedSales(store, tenant).between(from, to), clients.names()]);
	const days = new Map<CalendarDate, DayFigures>();
	for (let offset = -DAYS; offset < DAYS; offset += 1) days.set(dateOf(monday + offset), { date: dateOf(monday + offset), ...NOTHING });
	const add = (date: CalendarDate, patch: (one: DayFigures) => Partial<DayFigures>): void => {
		const one = days.get(date);
		if (one !== undefined) days.set(date, { ...one, ...patch(one) });
	};
	const comings = recordsByComing(near, END_OF_TIME);
	for (const coming of comings) add(dateAt(coming.first.start), (one) => counted(one, coming));
	const keptComings = comings.filter(({ end }) => end === 'kept').map(({ records }) => records);
	for (const { start, amount } of keptComings.flat()) add(dateAt(start), ({ services }) => ({ services: services + amount }));
	for (const { soldAt, cost } of sales) add(dateAt(soldAt), ({ goods }) => ({ goods: goods + cost }));
	const all = [...days.values()];
	const week = all.slice(DAYS);
	const isInWeek = ({ start }: CopiedVisit): boolean => week.some(({ date }) => date === dateAt(start));
	const kept = keptComings.map((records) => records.filter(isInWeek));
	const people = [...new Set(kept.flat().flatMap(({ clientId }) => clientId ?? []))];
	const earlier = new Set((await visits.ofClients(people)).filter((visit) => isKept(visit) && dateAt(visit.start) < dateOf(monday)).flatMap(({ clientId }) => clientId ?? []));
	return {
		from: dateOf(monday),
		to: dateOf(monday + DAYS - 1),
		currency: branch.currency,
		days: week,
		total: sum(week),
		before: sum(all.slice(0, DAYS)),
		newClients: people.length - earlier.size,
		returningClients: earlier.size,
		staff: shares(kept, ({ staffId, amount }) => (staffId === null ? [] : [{ id: staffId, amount }]), (id) => names.staff.get(id)?.name),
		serviceShares: shares(kept, servicesOf, (id) => names.services.get(id)?.name),
	};
}

function counted(day: DayFigures, { end }: Pick<ComingRecords<CopiedVisit>, 'end'>): Partial<DayFigures> {
	if (end === 'cancelled') return { cancelled: day.cancelled + 1 };
	return end === 'missed' ? { noShows: day.noShows + 1 } : { visits: day.visits + 1 };
}

/** Many salons never mark an arrival: a visit that was not called off and not missed took place. */
function isKept({ status }: CopiedVisit): boolean {
	return status !== 'cancelled' && status !== 'no_show';
}

function sum(days: readonly DayFigures[]): Omit<DayFigures, 'date'> {
	return days.reduce((total, { visits, noShows, cancelled, services, goods }) => ({
		visits: total.visits + visits,
		noShows: total.noShows + noShows,
		cancelled: total.cancelled + cancelled,
		services: total.services + services,
		goods: total.goods + goods,
	}), NOTHING);
}

function servicesOf({ lines }: CopiedVisit): readonly { readonly id: string; readonly amount: number }[] {
	return lines.map(({ serviceId, cost = 0 }) => ({ id: serviceId, amount: cost }));
}

/** Sums of each part over the records of each coming; a coming counts once for a part, however many of its records have it. */
function shares(comings: readonly (readonly CopiedVisit[])[], partsOf: (visit: CopiedVisit) => readonly { readonly id: string; readonly amount: number }[], nameOf: (id: string) => string | undefined): readonly Share[] {
	const found = new Map<string, Share>();
	for (const records of comings) {
		const parts = records.flatMap(partsOf);
		for (const { id, amount } of parts) {
			const one = found.get(id) ?? { id, name: nameOf(id) ?? id, visits: 0, amount: 0 };
			found.set(id, { ...one, amount: one.amount + amount });
		}
		for (const id of new Set(parts.map((part) => part.id))) {
			const one = found.get(id);
			if (one !== undefined) found.set(id, { ...one, visits: one.visits + 1 });
		}
	}
	return [...found.values()].sort((a, b) => b.amount - a.amount || b.visits - a.visits || (a.id < b.id ? -1 : 1)).slice(0, MOST_SHARES);
}
