import { type CalendarDate, mapOutcome, ok, type Outcome, type Slot, type SlotQuery, type StaffMember, sumOf, unavailable, type Zone } from '../../booking';
import { dateOf, datesOf, dayOf, minuteOf, momentRefusal, zoneClock } from '../../calendar';
import { inputs } from '../http';
import { sortedSlots } from '../reading';
import { readRecord } from './appointments';
import * as calls from './calls';
import { type Choice, choose, secondsFor } from './choice';
import { type Context, isWireId } from './context';
import { readWhole } from './facts';
import { formatted, type Offer, offerOf, secondsToMinutes, startOf } from './mapping';
import { overlaps, readWorkDays, type Span, startsIn } from './openings';
import type { RecordWire } from './wire';

interface Days {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

type Question = Days & { readonly serviceIds: readonly string[]; readonly staffId?: string; readonly excludeAppointmentId?: string };

/** Asking day by day is one call a day; asking first which days are worth it pays from the third. */
const FEW_DAYS = 2;

/** Free starts, asked of the vendor now; in the journal computed from schedules. */
export async function slots(context: Context, query: SlotQuery): Promise<Outcome<readonly Slot[]>> {
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	return parsed.kind === 'ok' ? freeSlots(context, parsed.value) : parsed;
}

async function freeSlots(context: Context, question: Question): Promise<Outcome<readonly Slot[]>> {
	const choice = await choose(context, question.serviceIds, question.staffId);
	if (choice.kind !== 'ok') return choice;
	const days = bookableDays(context, choice.value, question);
	if (days === null || choice.value.staff.length === 0) return ok([]);
	const excluded = await excludedRecord(context, question.excludeAppointmentId);
	if (excluded.kind !== 'ok') return excluded;
	const found = context.settings.route === 'online' ? await offered(context, choice.value, days, excluded.value) : await computed(context, choice.value, days, excluded.value);
	if (found.kind !== 'ok') return found;
	const { zone } = choice.value.branch.locale;
	const price = sumOf(choice.value.services.map((service) => service.price));
	const all = found.value.map(({ staffId, start, end }): Slot => ({ start: formatted(start, zone), end: formatted(end, zone), staffId, serviceIds: question.serviceIds, price }));
	return ok(sortedSlots(all.filter((slot) => momentRefusal(choice.value.branch.company, minuteOf(slot.start), context.clock()) === null)));
}

/** Days with a free start. Days near the notice are looked at start by start; of later ones the vendor's own list is enough. */
export async function availableDates(context: Context, query: SlotQuery): Promise<Outcome<readonly CalendarDate[]>> {
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const question = parsed.value;
	const { settings, clock } = context;
	const choice = await choose(context, question.serviceIds, question.staffId);
	if (choice.kind !== 'ok') return choice;
	const days = bookableDays(context, choice.value, question);
	if (days === null) return ok([]);
	const { zone } = choice.value.branch.locale;
	const noticeDay = dateOf(zoneClock(zone).wall(minuteOf(clock(), 'up') + settings.bookingNoticeMinutes).day);
	const isExact = settings.route === 'journal' || question.excludeAppointmentId !== undefined || days.to <= noticeDay;
	if (isExact) return mapOutcome(await freeSlots(context, question), datesOf);
	const later = { from: days.from > noticeDay ? days.from : dateOf(dayOf(noticeDay) + 1), to: days.to };
	const listed = await mapAll(choice.value.staff, (member) => bookingDates(context, choice.value, member, later));
	if (listed.kind !== 'ok') return listed;
	const near = days.from > noticeDay ? ok<readonly Slot[]>([]) : await freeSlots(context, { ...question, from: days.from, to: noticeDay });
	return mapOutcome(near, (found) => [...new Set([...datesOf(found), ...listed.value.flat()])].sort());
}

/** The days of a question on which anything may be booked at all. */
function bookableDays({ clock }: Context, { branch }: Choice, { from, to }: Days): Days | null {
	const today = zoneClock(branch.locale.zone).wall(minuteOf(clock())).day;
	const first = from > dateOf(today) ? from : dateOf(today);
	const horizon = dateOf(today + branch.company.bookingHorizonDays);
	const last = to < horizon ? to : horizon;
	return first <= last ? { from: first, to: last } : null;
}

type Found = Span & { readonly staffId: string };

async function offered(context: Context, choice: Choice, days: Days, excluded: RecordWire | null): Promise<Outcome<readonly Found[]>> {
	const byPerson = await mapAll(choice.staff, async (member): Promise<Outcome<readonly Found[]>> => {
		const dates = await bookingDates(context, choice, member, days);
		if (dates.kind !== 'ok') return dates;
		const found = await mapAll(dates.value, (date) => offersOn(context, choice, member.id, date));
		return mapOutcome(found, (lists) => lists.flat().map(({ start, end }) => ({ staffId: member.id, start, end })));
	});
	if (byPerson.kind !== 'ok') return byPerson;
	const freed = await freedBy(context, choice, days, excluded);
	return mapOutcome(freed, (more) => [...byPerson.value.flat(), ...more]);
}

/** Days worth asking about, month by month: an account that knows no range answers the month of its first day. */
async function bookingDates({ transport, companyId }: Context, { services, branch }: Choice, member: StaffMember, { from, to }: Days): Promise<Outcome<readonly CalendarDate[]>> {
	const first = dayOf(from);
	const all = Array.from({ length: dayOf(to) - first + 1 }, (_, index) => dateOf(first + index));
	if (all.length <= FEW_DAYS) return ok(all);
	const months = [...new Set(all.map((date) => date.slice(0, 7)))].map((month) => all.filter((date) => date.startsWith(month)));
	const serviceIds = services.map(({ id }) => id);
	const answers = await mapAll(months, (dates) => transport.read(calls.bookDates(companyId, member.id, serviceIds, dates[0] ?? from, dates.at(-1) ?? to)));
	return mapOutcome(answers, (lists) => {
		const named = new Set(lists.flatMap((list) => list.booking_dates.map((date) => dateIn(date, branch.locale.zone))));
		return all.filter((date) => named.has(date));
	});
}

/** A day the vendor named, by its date or by the seconds of its midnight, there or at Greenwich. */
function dateIn(date: CalendarDate | number, zone: Zone): CalendarDate {
	if (typeof date === 'string') return date;
	return dateOf(date % 86_400 === 0 ? date / 86_400 : zoneClock(zone).wall(Math.floor(date / 60)).day);
}

/** Free starts of a person on a day, as the vendor offers them. */
export async function offersOn(context: Context, { services, branch }: Choice, staffId: string, date: CalendarDate): Promise<Outcome<readonly Offer[]>> {
	const answer = await readWhole(context, calls.bookTimes(context.companyId, staffId, date, services.map(({ id }) => id)));
	if (answer.kind !== 'ok') return answer;
	const offers = answer.value.map((wire) => offerOf(wire, date, branch.locale.zone));
	if (offers.includes('contradiction')) return unavailable(`${context.brand.vendor} gave free times that contradict themselves.`);
	return ok(offers.filter((offer): offer is Offer => offer !== null && offer !== 'contradiction'));
}

/** Starts that become free when the excluded visit is moved: the vendor cannot be asked about a journal without it. */
async function freedBy(context: Context, choice: Choice, days: Days, excluded: RecordWire | null): Promise<Outcome<readonly Found[]>> {
	if (excluded === null || !choice.staff.some(({ id }) => id === excluded.staff_id)) return ok([]);
	const start = startOf(excluded, choice.branch.locale.zone);
	const visit = { start, end: start + secondsToMinutes(excluded.seance_length) };
	const date = dateOf(zoneClock(choice.branch.locale.zone).wall(start).day);
	if (date < days.from || date > days.to) return ok([]);
	const onlyHim = { ...choice, staff: choice.staff.filter(({ id }) => id === excluded.staff_id) };
	const found = await computed(context, onlyHim, { from: date, to: date }, excluded);
	if (found.kind === 'refused') return ok([]);
	return mapOutcome(found, (starts) => starts.filter((one) => overlaps(one, visit)));
}

async function computed(context: Context, choice: Choice, { from, to }: Days, excluded: RecordWire | null): Promise<Outcome<readonly Found[]>> {
	const serviceIds = choice.services.map(({ id }) => id);
	const days = await readWorkDays(context, choice.branch.locale.zone, choice.staff.map(({ id }) => id), from, to);
	return mapOutcome(days, (list) =>
		list.flatMap((day) => {
			const minutes = secondsToMinutes(secondsFor(choice.catalogue, serviceIds, day.staffId));
			return startsIn(day, minutes, context.settings.stepMinutes, excluded?.id).map((span) => ({ ...span, staffId: day.staffId }));
		}),
	);
}

async function excludedRecord(context: Context, id: string | undefined): Promise<Outcome<RecordWire | null>> {
	if (id === undefined || !isWireId(id)) return ok(null);
	const record = await readRecord(context, id);
	if (record.kind === 'refused' && record.reason === 'not_found') return ok(null);
	return mapOutcome(record, (wire) => (wire.deleted ? null : wire));
}

/** All answers, or the first that is none: a part of the truth is not the truth. */
async function mapAll<T, U>(items: readonly T[], ask: (item: T) => Promise<Outcome<U>>): Promise<Outcome<readonly U[]>> {
	const values: U[] = [];
	for (const outcome of await Promise.all(items.map(ask))) {
		if (outcome.kind !== 'ok') return outcome;
		values.push(outcome.value);
	}
	return ok(values);
}
