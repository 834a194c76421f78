import { type Answer, fieldsOf, type Route } from '../../kit';
import { userRoute, type UserCall } from '../access';
import { endOf, recordsOf, slotsOn } from '../availability';
import { Refusal, success } from '../envelope';
import { bodyOf, demand, listOf, numberOf, numbersOf, textOf, textsOf } from '../inputs';
import type { Company, Staff, WallSlot } from '../model';
import type { Sim } from '../sim';
import { datesBetween, dateOf, naive, readDate } from '../time';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
/** The meaning of the vendor's codes is not known; this one stands for any. */
const OFF_DAY_TYPE = 3;

/** Working hours by person and day. */
export function scheduleRoutes(sim: Sim): readonly Route[] {
	return [
		userRoute(sim, 'schedule', 'GET', '/company/{c}/staff/schedule', (call) => newList(sim, call)),
		userRoute(sim, 'schedule', 'PUT', '/company/{c}/staff/schedule', (call) => write(sim, call)),
		userRoute(sim, 'schedule', 'GET', '/schedule/{c}/{staff}/{from}/{to}', (call) => oldList(sim, call)),
	];
}

function newList(sim: Sim, { company, request: { query } }: UserCall): Answer {
	const { profile: { texts }, switches } = sim;
	if (switches.newSchedule === '404') throw new Refusal(404, texts.notFound);
	const [from, to] = [readDate(query.get('start_date')), readDate(query.get('end_date'))];
	demand(sim, { ...(from === null ? { start_date: texts.required } : {}), ...(to === null ? { end_date: texts.required } : {}) });
	if (from === null || to === null) throw new Refusal(422, texts.invalid);
	const asked = numbersOf(query, 'staff_ids');
	const include = textsOf(query, 'include');
	const entries = staffOf(sim, company).filter(({ id }) => asked.length === 0 || asked.includes(id)).flatMap((staff) => {
		const busy = include.includes('busy_intervals') ? busyOf(sim, company, staff) : null;
		return datesBetween(from, to).flatMap((date) => {
			const slots = slotsOn(staff, date);
			if (slots.length === 0 && switches.scheduleDaysOff === 'missing') return [];
			return [{
				staff_id: staff.id, date, slots,
				...(busy === null ? {} : { busy_intervals: busy.get(date) ?? [] }),
				...(include.includes('off_day_type') ? { off_day_type: slots.length === 0 ? OFF_DAY_TYPE : null } : {}),
			}];
		});
	});
	return success(entries, { count: entries.length });
}

function oldList(sim: Sim, { company, request: { params } }: UserCall): Answer {
	const { texts } = sim.profile;
	const staff = sim.state.staff.get(Number(params.staff));
	if (staff?.companyId !== company.id) throw new Refusal(404, texts.notFound);
	// The older route also takes dates without dashes.
	const read = (text: string | undefined): string | null => readDate(text?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'));
	const [from, to] = [read(params.from), read(params.to)];
	if (from === null || to === null) throw new Refusal(400, texts.badRequest);
	return success(datesBetween(from, to).map((date) => {
		const slots = slotsOn(staff, date);
		return { date, is_working: slots.length > 0 ? 1 : 0, slots };
	}));
}

/** Taken time of a person by day. */
function busyOf(sim: Sim, company: Company, staff: Staff): ReadonlyMap<string, readonly unknown[]> {
	const busy = new Map<string, unknown[]>();
	for (const record of [...recordsOf(sim, staff.id)].sort((a, b) => a.start - b.start)) {
		const date = dateOf(company, record.start);
		const to = naive(company, endOf(record)).slice(11, 16);
		const interval = { entity_type: record.activityId === 0 ? 'record' : 'activity', entity_id: record.id, from: naive(company, record.start).slice(11, 16), to: to === '00:00' ? '24:00' : to };
		busy.set(date, [...(busy.get(date) ?? []), interval]);
	}
	return busy;
}

/** Sets and deletes days. YCLIENTS names the person `staff_id`, the tool of Altegio `team_member_id`; either is read. */
function write(sim: Sim, { company, request }: UserCall): Answer {
	const body = bodyOf(sim, request);
	const changes = [
		...listOf(body.schedules_to_set).map((element) => ({ element: fieldsOf(element), set: true })),
		...listOf(body.schedules_to_delete).map((element) => ({ element: fieldsOf(element), set: false })),
	].map(({ element, set }) => {
		const staff = sim.state.staff.get(numberOf(element.staff_id ?? element.team_member_id) ?? 0);
		const dates = listOf(element.dates).map(readDate);
		const slots = set ? listOf(element.slots).map(slotOf) : [];
		if (staff?.companyId !== company.id || dates.includes(null) || slots.includes(null)) throw new Refusal(422, sim.profile.texts.invalid, { errors: { schedules_to_set: [sim.profile.texts.invalid] } });
		return { staff, dates, slots };
	});
	for (const { staff, dates, slots } of changes) {
		for (const date of dates) if (date !== null) staff.days.set(date, slots.filter((slot): slot is WallSlot => slot !== null));
		sim.state.changed(company.id, 'master', staff.id, 'update');
	}
	return success(changes.flatMap(({ staff, dates, slots }) => dates.map((date) => ({ staff_id: staff.id, date, slots }))), { count: changes.length });
}

function slotOf(value: unknown): WallSlot | null {
	const { from, to } = fieldsOf(value);
	const [first, last] = [textOf(from) ?? '', textOf(to) ?? ''];
	return TIME.test(first) && TIME.test(last) && first < last ? { from: first, to: last } : null;
}

function staffOf({ state }: Sim, company: Company): readonly Staff[] {
	return [...state.staff.values()].filter(({ companyId, fired }) => companyId === company.id && !fired);
}
