import { momentOf } from '../kit';
import { journalOf } from './journal';
import type { BookingRecord, Company, Service, Staff, WallSlot } from './model';
import type { Sim } from './sim';
import { dateOf, momentAt, plusDays } from './time';

const MINUTE_MS = 60_000;

/** Working hours of a day; empty on a day off. */
export function slotsOn(staff: Staff, date: string): readonly WallSlot[] {
	return date > staff.scheduleTill ? [] : (staff.days.get(date) ?? staff.everyDay ?? []);
}

/** Records that hold a person's time. */
export function recordsOf(sim: Sim, staffId: number): readonly BookingRecord[] {
	return (journalOf(sim).byStaff.get(staffId) ?? []).filter(({ deleted }) => !deleted);
}

/** When a record ends, breaks included. */
export function endOf(record: Pick<BookingRecord, 'start' | 'seanceLength' | 'breakSeconds'>): number {
	return record.start + (record.seanceLength + record.breakSeconds) * 1000;
}

/** Whether a person works the whole time and nothing else holds it; `except` is a record being moved. */
export function isFree(sim: Sim, company: Company, staff: Staff, start: number, seconds: number, except?: number): boolean {
	const end = start + seconds * 1000;
	const works = slotsOn(staff, dateOf(company, start)).some((slot) => {
		const date = dateOf(company, start);
		return start >= momentAt(company, date, slot.from) && end <= momentAt(company, date, slot.to);
	});
	return works && !recordsOf(sim, staff.id).some((record) => record.id !== except && record.start < end && endOf(record) > start);
}

/** Whether online booking is open for a start: notice and horizon. */
export function isOpenOnline({ clock }: Sim, company: Company, start: number): boolean {
	const today = dateOf(company, clock.now());
	return company.onlineBooking && start >= clock.now() + company.noticeMinutes * MINUTE_MS && dateOf(company, start) <= plusDays(today, company.horizonDays);
}

/** Starts on a day at which a visit of this length fits, by the branch's step. */
export function freeStarts(sim: Sim, company: Company, staff: Staff, date: string, seconds: number): readonly number[] {
	const starts: number[] = [];
	for (const slot of slotsOn(staff, date)) {
		for (let minute = wallMinute(slot.from); minute < wallMinute(slot.to); minute += company.stepMinutes) {
			const start = momentOf(`${date}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`, company.zone);
			if (start !== null && isOpenOnline(sim, company, start) && isFree(sim, company, staff, start, seconds)) starts.push(start);
		}
	}
	return starts;
}

/** Seconds the person needs for these services; null when one of them is not done by the person. */
export function lengthFor(services: readonly Service[], staffId: number): number | null {
	let seconds = 0;
	for (const service of services) {
		const length = service.staff.get(staffId);
		if (length === undefined) return null;
		seconds += length;
	}
	return seconds;
}

/** People of a branch that clients can choose. */
export function bookableStaff({ state }: Sim, company: Company): readonly Staff[] {
	return [...state.staff.values()].filter(({ companyId, fired, hidden }) => companyId === company.id && !fired && !hidden);
}

/** Services that clients can choose: switched on and with a person who has a schedule. */
export function bookableServices(sim: Sim, company: Company): readonly Service[] {
	const today = dateOf(company, sim.clock.now());
	const working = new Set(bookableStaff(sim, company).filter((staff) => staff.bookable && staff.scheduleTill >= today && (staff.everyDay !== null || staff.days.size > 0)).map(({ id }) => id));
	return [...sim.state.services.values()].filter(
		(service) => service.companyId === company.id && service.active && service.online && [...service.staff.keys()].some((id) => working.has(id)),
	);
}

function wallMinute(time: string): number {
	return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
