import type { CalendarDate, Instant } from '../booking';
import type { CopiedVisit } from '../store/copied';
import { comingsOf, type Coming } from './comings';
import { clockOf, median } from './days';
import { type Favourite, favouritesOf } from './favourites';

/** A coming as a person reads it. */
export interface ComingView {
	readonly id: string;
	/** By the branch's clock. */
	readonly date: CalendarDate;
	readonly start: Instant;
	readonly end: Coming['end'];
	readonly services: Coming['services'];
	readonly staffIds: readonly string[];
	/** Minor units. */
	readonly amount: number;
}

/** What the visits of one client say. All empty for a client who never came: that is known, and not the same as unknown. */
export interface VisitHistory {
	/** Comings that took place; of them `unmarked` without a mark of arrival. */
	readonly kept: number;
	readonly unmarked: number;
	readonly noShows: number;
	readonly cancellations: number;
	readonly lateCancellations: number;
	/** Of the comings that were not called off; null of none. */
	readonly noShowRate: number | null;
	/** Of all comings that are over; null of none. */
	readonly cancelRate: number | null;
	readonly firstVisitOn: CalendarDate | null;
	readonly lastVisit: ComingView | null;
	readonly nextVisit: ComingView | null;
	/** Median days between days of visits, and how many gaps it is read from; null below two gaps. */
	readonly usualInterval: { readonly days: number; readonly samples: number } | null;
	readonly favouriteServices: readonly Favourite[];
	readonly favouriteStaff: readonly Favourite[];
	/** The latest comings of any end, newest first. */
	readonly latest: readonly ComingView[];
}

const FEWEST_GAPS = 2;
const MOST_LATEST = 20;

/** The history of one client from the visits of the copy. `now` UTC, `zone` the branch's. Pure. */
export function historyOf(visits: readonly CopiedVisit[], now: Instant, zone: string): VisitHistory {
	const local = clockOf(zone);
	const comings = comingsOf(visits, now);
	const of = (end: Coming['end']): readonly Coming[] => comings.filter((coming) => coming.end === end);
	const [kept, missed, cancelled, ahead] = [of('kept'), of('missed'), of('cancelled'), of('ahead')];
	const view = ({ id, start, end, services, staffIds, amount }: Coming): ComingView => ({ id, date: local(start).date, start, end, services, staffIds, amount });
	const [first, last, next] = [kept[0], kept.at(-1), ahead[0]];
	return {
		kept: kept.length,
		unmarked: kept.filter(({ marked }) => !marked).length,
		noShows: missed.length,
		cancellations: cancelled.length,
		lateCancellations: cancelled.filter(({ cancelledLate }) => cancelledLate).length,
		noShowRate: rate(missed.length, kept.length + missed.length),
		cancelRate: rate(cancelled.length, kept.length + missed.length + cancelled.length),
		firstVisitOn: first === undefined ? null : local(first.start).date,
		lastVisit: last === undefined ? null : view(last),
		nextVisit: next === undefined ? null : view(next),
		usualInterval: usualInterval(kept.map(({ start }) => local(start).day)),
		favouriteServices: favouritesOf(kept.map(({ start, services }) => ({ start, ids: services.map(({ id }) => id) })), now),
		favouriteStaff: favouritesOf(kept.map(({ start, staffIds }) => ({ start, ids: staffIds })), now),
		latest: comings.slice(-MOST_LATEST).reverse().map(view),
	};
}

function rate(part: number, whole: number): number | null {
	return whole === 0 ? null : Math.round((part / whole) * 1000) / 1000;
}

function usualInterval(days: readonly number[]): VisitHistory['usualInterval'] {
	const ordered = [...new Set(days)].sort((a, b) => a - b);
	const gaps = ordered.slice(1).map((day, index) => day - (ordered[index] ?? day));
	const middle = median(gaps);
	return middle === null || gaps.length < FEWEST_GAPS ? null : { days: middle, samples: gaps.length };
}
