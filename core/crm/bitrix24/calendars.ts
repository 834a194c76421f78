import { mapOutcome, type Outcome } from '../../booking';
import { dateOf, minuteOf, zoneClock } from '../../calendar';
import type { InstantWindow, TakenTime } from '../computed';
import * as calls from './calls';
import type { Context } from './context';

const DAY_SECONDS = 86_400;

/** What stands in the calendars of employees; all but what is marked as free takes their time. */
export async function busyInCalendars(context: Context, window: InstantWindow): Promise<Outcome<readonly TakenTime[]>> {
	const salon = await context.facts.salon(context);
	if (salon.kind !== 'ok') return salon;
	const { company, staff } = salon.value;
	const clock = zoneClock(company.zone);
	const day = (instant: string): number => clock.wall(minuteOf(instant)).day;
	const answer = await context.transport.read(calls.accessibility(staff.map(({ id }) => id), dateOf(day(window.from) - 1), dateOf(day(window.to) + 1)));
	return mapOutcome(answer, (calendars) =>
		Object.entries(calendars).flatMap(([staffId, entries]) =>
			entries
				.filter(({ ACCESSIBILITY }) => ACCESSIBILITY !== 'free')
				.map((entry) => {
					const span = entry.DT_SKIP_TIME === true ? wholeDays(entry.DATE_FROM_TS_UTC, entry.DATE_TO_TS_UTC) : null;
					if (span !== null) return { staffId, start: clock.format(clock.boundary(span.first, 0)), end: clock.format(clock.boundary(span.last + 1, 0)) };
					return { staffId, start: new Date(entry.DATE_FROM_TS_UTC * 1000).toISOString(), end: new Date(entry.DATE_TO_TS_UTC * 1000).toISOString() };
				}),
		),
	);
}

/** A whole day is told as midnights in UTC, the last day included: it means days of the salon's own clock. */
function wholeDays(from: number, to: number): { readonly first: number; readonly last: number } {
	return { first: Math.floor(from / DAY_SECONDS), last: Math.floor(to / DAY_SECONDS) };
}
