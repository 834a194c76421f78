import { type CalendarDate, mapOutcome, type Outcome, ok, type Slot, type SlotQuery } from '../../booking';
import { type BusyInterval, dateOf, datesOf, dayOf, freeStarts } from '../../calendar';
import { readCalendars, readResources } from './catalogue';
import { answering, type Context, type Db } from './context';
import { parseInput, SLOT_QUERY } from './inputs';
import { select, visitPrice } from './selection';

/** Days around the question whose visits and exceptions can still reach into it: the longest visit and a night shift. */
const MARGIN_DAYS = 3;

/** Free starts read from the tables, never from a cache. */
export function slots(context: Context, query: SlotQuery): Promise<Outcome<readonly Slot[]>> {
	return answering(async () => {
		const { tenant, store, clock } = context;
		const parsed = parseInput(SLOT_QUERY, query);
		if (parsed.kind === 'refused') return parsed;
		const { serviceIds, staffId, from, to, excludeAppointmentId } = parsed.value;
		const selection = await select(store.db, tenant, serviceIds, staffId);
		if (selection.kind !== 'ok') return selection;
		const { settings, services, staff } = selection.value;
		if (staff.length === 0) return ok([]);
		const margin = { from: dateOf(dayOf(from) - MARGIN_DAYS), to: dateOf(dayOf(to) + MARGIN_DAYS) };
		const resourceIds = [...new Set(services.flatMap((service) => service.resourceIds))];
		const staffIds = staff.map(({ id }) => id);
		const starts = freeStarts({
			zone: settings.zone,
			now: clock(),
			from,
			to,
			noticeMinutes: settings.bookingNoticeMinutes,
			horizonDays: settings.bookingHorizonDays,
			stepMinutes: settings.stepMinutes,
			services,
			staff: await readCalendars(store.db, tenant, staff, margin.from, margin.to),
			resources: await readResources(store.db, tenant, resourceIds),
			busy: [...(await staffBusy(store.db, tenant, staffIds, margin)), ...(await resourceBusy(store.db, tenant, resourceIds, margin))],
			excludeVisitId: excludeAppointmentId,
		});
		const prices = new Map(staff.map((member) => [member.id, visitPrice(member, services, settings.currency)]));
		return ok(starts.map((start) => ({ ...start, serviceIds, price: prices.get(start.staffId) ?? null })));
	});
}

/** Days of the query that have a free start. */
export async function availableDates(context: Context, query: SlotQuery): Promise<Outcome<readonly CalendarDate[]>> {
	return mapOutcome(await slots(context, query), datesOf);
}

interface Days {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
}

async function staffBusy(db: Db, tenant: string, staffIds: readonly string[], days: Days): Promise<BusyInterval[]> {
	const rows = await db
		.selectFrom('crm_appointment')
		.select(['id', 'staff_id', 'busy_from', 'busy_to', 'shared_by'])
		.where('tenant', '=', tenant)
		.where('busy_to', '>', days.from)
		.where('busy_from', '<', days.to)
		.where('status', '<>', 'cancelled')
		.where('staff_id', 'in', staffIds)
		.execute();
	return rows.map((row) => ({ calendar: 'staff', id: row.staff_id, start: row.busy_from, end: row.busy_to, sharedBy: row.shared_by ?? undefined, visitId: row.id }));
}

async function resourceBusy(db: Db, tenant: string, resourceIds: readonly string[], days: Days): Promise<BusyInterval[]> {
	if (resourceIds.length === 0) return [];
	const rows = await db
		.selectFrom('crm_appointment as visit')
		.innerJoin('crm_appointment_resource as held', (join) => join.onRef('held.tenant', '=', 'visit.tenant').onRef('held.appointment_id', '=', 'visit.id'))
		.select(['visit.id', 'held.resource_id', 'visit.busy_from', 'visit.busy_to'])
		.where('visit.tenant', '=', tenant)
		.where('visit.busy_to', '>', days.from)
		.where('visit.busy_from', '<', days.to)
		.where('visit.status', '<>', 'cancelled')
		.where('held.resource_id', 'in', resourceIds)
		.execute();
	return rows.map((row) => ({ calendar: 'resource', id: row.resource_id, start: row.busy_from, end: row.busy_to, visitId: row.id }));
}
