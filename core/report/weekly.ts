import type { CalendarDate, Instant } from '../booking';
import { dateOf, dayOf, minuteOf, weekdayOf, zoneClock } from '../calendar';
import { copiedClients, copiedSales, copiedVisits, type CopiedVisit } from '../store/copied';
import type { Store } from '../store';

/** One day of the branch. Money is minor units. */
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
	for (const visit of near) add(dateAt(visit.start), (one) => counted(one, visit));
	for (const { soldAt, cost } of sales) add(dateAt(soldAt), ({ goods }) => ({ goods: goods + cost }));
	const all = [...days.values()];
	const week = all.slice(DAYS);
	const kept = near.filter((visit) => isKept(visit) && week.some(({ date }) => date === dateAt(visit.start)));
	const people = [...new Set(kept.flatMap(({ clientId }) => clientId ?? []))];
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

function counted(day: DayFigures, visit: CopiedVisit): Partial<DayFigures> {
	if (visit.status === 'cancelled') return { cancelled: day.cancelled + 1 };
	if (visit.status === 'no_show') return { noShows: day.noShows + 1 };
	return { visits: day.visits + 1, services: day.services + visit.amount };
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

function shares(visits: readonly CopiedVisit[], partsOf: (visit: CopiedVisit) => readonly { readonly id: string; readonly amount: number }[], nameOf: (id: string) => string | undefined): readonly Share[] {
	const found = new Map<string, Share>();
	for (const visit of visits) {
		for (const { id, amount } of partsOf(visit)) {
			const one = found.get(id) ?? { id, name: nameOf(id) ?? id, visits: 0, amount: 0 };
			found.set(id, { ...one, visits: one.visits + 1, amount: one.amount + amount });
		}
	}
	return [...found.values()].sort((a, b) => b.amount - a.amount || b.visits - a.visits || (a.id < b.id ? -1 : 1)).slice(0, MOST_SHARES);
}
