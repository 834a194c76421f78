import type { Answer, Route } from '../../kit';
import { type CompanyCall, companyRoute, userRoute } from '../access';
import { bookableStaff, freeStarts, isFree, lengthFor, slotsOn } from '../availability';
import { Refusal, success } from '../envelope';
import { numbersOf, numberOf } from '../inputs';
import type { Company, Service, Staff } from '../model';
import type { Sim } from '../sim';
import { datesBetween, dateOf, iso, momentAt, naive, plusDays, readDate } from '../time';

/** What a visit without services is taken to last: too short for most, so that a forgotten `[]` shows. */
const NO_SERVICE_SECONDS = 900;
const BACK_OFFICE_STEP_MS = 15 * 60_000;

/** Free days and times, for clients and for the back office. */
export function availabilityRoutes(sim: Sim): readonly Route[] {
	return [
		companyRoute(sim, 'GET', '/book_dates/{c}', (call) => bookDates(sim, call)),
		companyRoute(sim, 'GET', '/book_times/{c}/{staff}/{date}', ({ company, request: { params, query } }) => {
			const date = readDate(params.date);
			if (date === null) throw new Refusal(400, sim.profile.texts.badRequest);
			return success(seances(sim, company, chosen(sim, company, numberOf(params.staff)), date, servicesOf(sim, company, query)));
		}),
		companyRoute(sim, 'GET', '/book_staff_seances/{c}/{staff}', ({ company, request: { params, query } }) => {
			const services = servicesOf(sim, company, query);
			const staff = chosen(sim, company, numberOf(params.staff));
			const from = dateOf(company, sim.clock.now());
			const day = datesBetween(from, plusDays(from, company.horizonDays)).find((date) => seances(sim, company, staff, date, services).length > 0);
			return success({ seance_date: day ?? null, seances: day === undefined ? [] : seances(sim, company, staff, day, services) });
		}),
		userRoute(sim, 'journal', 'GET', '/timetable/seances/{c}/{staff}/{date}', ({ company, request: { params } }) => {
			const staff = sim.state.staff.get(Number(params.staff));
			const date = readDate(params.date);
			if (staff?.companyId !== company.id || date === null) throw new Refusal(404, sim.profile.texts.notFound);
			return success(backOfficeSteps(sim, company, staff, date));
		}),
		userRoute(sim, 'journal', 'GET', '/timetable/dates/{c}/{date}', ({ company, request: { params, query } }) => {
			const month = readDate(params.date)?.slice(0, 7);
			if (month === undefined) throw new Refusal(400, sim.profile.texts.badRequest);
			const staff = chosen(sim, company, numberOf(query.get('staff_id')));
			return success(datesBetween(`${month}-01`, `${month}-31`).filter((date) => readDate(date) !== null && date.startsWith(month) && staff.some((one) => slotsOn(one, date).length > 0)));
		}),
	];
}

/** The services a query names with `service_ids[]`; a service of another branch finds nobody. */
function servicesOf({ state }: Sim, { id: companyId }: Company, query: URLSearchParams): readonly Service[] | null {
	const ids = numbersOf(query, 'service_ids');
	const services = ids.flatMap((id) => state.services.get(id) ?? []).filter((service) => service.companyId === companyId && service.active && service.online);
	return services.length === ids.length ? services : null;
}

function chosen(sim: Sim, company: Company, staffId: number | undefined): readonly Staff[] {
	const staff = bookableStaff(sim, company).filter(({ bookable }) => bookable);
	return staffId === undefined || staffId === 0 ? staff : staff.filter(({ id }) => id === staffId);
}

/** Free starts of the first person free at each; with several people the answer does not say who. */
function seances(sim: Sim, company: Company, staff: readonly Staff[], date: string, services: readonly Service[] | null): readonly unknown[] {
	if (services === null) return [];
	const lengths = new Map<number, number>();
	for (const one of staff) {
		const length = services.length === 0 ? NO_SERVICE_SECONDS : lengthFor(services, one.id);
		if (length === null) continue;
		for (const start of freeStarts(sim, company, one, date, length)) if (!lengths.has(start)) lengths.set(start, length);
	}
	return [...lengths].sort(([a], [b]) => a - b).map(([start, seconds]) => {
		const time = naive(company, start).slice(11, 16);
		return {
			time: sim.switches.timeForm === 'short' ? time.replace(/^0/, '') : time,
			seance_length: seconds,
			sum_length: seconds,
			datetime: iso(sim, company, start, true),
		};
	});
}

function bookDates(sim: Sim, { company, request: { query } }: CompanyCall): Answer {
	const services = servicesOf(sim, company, query);
	const staff = chosen(sim, company, numberOf(query.get('staff_id')));
	const dates = askedDates(sim, company, query);
	const booking = dates.filter((date) => seances(sim, company, staff, date, services).length > 0);
	const working = dates.filter((date) => date >= dateOf(company, sim.clock.now()) && staff.some((one) => slotsOn(one, date).length > 0));
	const written = (date: string): string | number => (sim.switches.bookDates === 'unix' ? momentAt(company, date, '00:00') / 1000 : date);
	return success({ booking_days: byMonth(booking), booking_dates: booking.map(written), working_days: byMonth(working), working_dates: working.map(written) });
}

/** `date_from` and `date_to` win over the month of `date`; without either, all that is open for booking. */
function askedDates({ clock }: Sim, company: Company, query: URLSearchParams): readonly string[] {
	const from = readDate(query.get('date_from'));
	const to = readDate(query.get('date_to'));
	if (from !== null && to !== null) return datesBetween(from, to);
	const month = readDate(query.get('date'))?.slice(0, 7);
	const today = dateOf(company, clock.now());
	return month === undefined ? datesBetween(today, plusDays(today, company.horizonDays)) : datesBetween(`${month}-01`, plusDays(`${month}-01`, 30)).filter((date) => date.startsWith(month));
}

/** Keys are months without a zero, days are strings; an empty object is written as a list. */
function byMonth(dates: readonly string[]): unknown {
	const months: Record<string, string[]> = {};
	for (const date of dates) (months[String(Number(date.slice(5, 7)))] ??= []).push(date.slice(8));
	return dates.length === 0 ? [] : months;
}

/** Steps of 15 minutes; knows nothing of lengths, so a free step can still be refused. */
function backOfficeSteps(sim: Sim, company: Company, staff: Staff, date: string): readonly unknown[] {
	const steps: unknown[] = [];
	for (const slot of slotsOn(staff, date)) {
		for (let start = momentAt(company, date, slot.from); start < momentAt(company, date, slot.to); start += BACK_OFFICE_STEP_MS) {
			steps.push({ time: naive(company, start).slice(11, 16), is_free: isFree(sim, company, staff, start, BACK_OFFICE_STEP_MS / 1000) });
		}
	}
	return steps;
}
