import type { CalendarDate, Company, WallRange } from '../../booking';
import { weekdayOf } from '../local-time';

/** Working hours of the weekday of a date in the branch's zone; empty when the branch is closed. */
export function rangesOn(company: Company, date: CalendarDate): readonly WallRange[] {
	return company.workingHours[weekdayOf(date)] ?? [];
}

/** Whether the branch works on the weekday of a date. */
export function isOpenOn(company: Company, date: CalendarDate): boolean {
	return rangesOn(company, date).length > 0;
}

/** Whether any working hours are known: a CRM that gives none does not say that the branch never opens. */
export function hasHours(company: Company): boolean {
	return Object.values(company.workingHours).some((ranges) => ranges.length > 0);
}
