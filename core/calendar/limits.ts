import { type Company, type Instant, type Refused, refused } from '../booking';
import { minuteOf, zoneClock } from './wall-clock';

/** How near and how far a visit may be booked. */
export type BookingLimits = Pick<Company, 'zone' | 'bookingNoticeMinutes' | 'bookingHorizonDays'>;

/** The rule a start (minutes since the epoch) breaks, or null: past, notice and horizon, the last two inclusive. */
export function momentRefusal({ zone, bookingNoticeMinutes: notice, bookingHorizonDays: horizon }: BookingLimits, start: number, now: Instant): Refused | null {
	const earliest = minuteOf(now, 'up');
	if (start < earliest) return refused('slot_in_past', 'The time has passed; ask for free slots again.');
	if (start < earliest + notice) return refused('too_soon', `A visit is booked at least ${notice} minutes ahead; choose a later time.`);
	const clock = zoneClock(zone);
	if (clock.wall(start).day > clock.wall(minuteOf(now)).day + horizon) return refused('too_far', `A visit is booked at most ${horizon} days ahead; choose an earlier day.`);
	return null;
}

/** The rule a change of a visit breaks, or null: how long before its start the client may still change it. */
export function changeRefusal({ changeNoticeMinutes: notice }: Pick<Company, 'changeNoticeMinutes'>, start: Instant, now: Instant): Refused | null {
	if (minuteOf(start) >= minuteOf(now, 'up') + notice) return null;
	return refused('too_late_to_change', `A visit is changed at least ${notice} minutes ahead; a person has to decide.`);
}
