import { type CalendarDate, mapOutcome, ok, type Outcome, type Slot, type SlotQuery, sumOf, unavailable } from '../../../booking';
import { dateOf, datesOf, minuteOf, momentRefusal, zoneClock } from '../../../calendar';
import { inputs } from '../../http';
import { sortedSlots } from '../../reading';
import * as calls from './calls';
import { bookableDays, type Choice, choose, type Days } from '../choice';
import { type Context, lacking } from './context';
import { formatted } from '../times';
import { type Span, spanOf } from './mapping';

/** Free starts, asked of the gateway now. It cannot be asked about a journal without one visit, so that visit stays in the way. */
export async function slots(context: Context, query: SlotQuery): Promise<Outcome<readonly Slot[]>> {
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { serviceIds, staffId, from, to } = parsed.value;
	const missing = lacking(context, 'slots', { serviceIds, staffId });
	if (missing !== null) return missing;
	const choice = await choose(context.facts, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const days = bookableDays(choice.value.company, context.clock(), { from, to });
	if (days === null || choice.value.staff.length === 0) return ok([]);
	const found = await offersOn(context, choice.value, days, staffId);
	if (found.kind !== 'ok') return found;
	const { zone } = choice.value.company;
	const price = sumOf(choice.value.services.map((service) => service.price));
	const all = found.value.map(({ start, end, staffId: id }): Slot => ({ start: formatted(start, zone), end: formatted(end, zone), staffId: id, serviceIds, price }));
	return ok(sortedSlots(all.filter((slot) => momentRefusal(choice.value.company, minuteOf(slot.start), context.clock()) === null)));
}

/** Days with a free start: exact where starts can be asked for, else the gateway's own list. */
export async function availableDates(context: Context, query: SlotQuery): Promise<Outcome<readonly CalendarDate[]>> {
	const { commands } = context.settings;
	if (commands.includes('slots.list') || !commands.includes('dates.list')) return mapOutcome(await slots(context, query), datesOf);
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { serviceIds, staffId } = parsed.value;
	const choice = await choose(context.facts, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const days = bookableDays(choice.value.company, context.clock(), parsed.value);
	if (days === null) return ok([]);
	const answer = await context.transport.read(calls.dates(context, payloadOf(choice.value, days, staffId)));
	return mapOutcome(answer, (dates) => [...new Set(dates.filter((date) => date >= days.from && date <= days.to))].sort());
}

function payloadOf({ services }: Choice, { from, to }: Days, staffId: string | undefined): calls.DaysPayload {
	return { service_ids: services.map(({ id }) => id), ...(staffId === undefined ? {} : { staff_id: staffId }), date_from: from, date_to: to };
}

/** A free start as the gateway offers it. */
export type Offer = Span & { readonly staffId: string };

/** Free starts of whole days; what was not asked for is left out, times that cannot be make it no answer. */
export async function offersOn(context: Context, choice: Choice, days: Days, staffId?: string): Promise<Outcome<readonly Offer[]>> {
	const answer = await context.transport.read(calls.slots(context, payloadOf(choice, days, staffId)));
	if (answer.kind !== 'ok') return answer;
	const { company, staff } = choice;
	const { from, to } = days;
	const able = new Set(staff.map(({ id }) => id));
	const offers: Offer[] = [];
	for (const wire of answer.value) {
		const span = spanOf(wire, company.zone);
		if (span === null) return unavailable('The gateway gave free times that cannot be.');
		const date = dateOf(zoneClock(company.zone).wall(span.start).day);
		if (able.has(wire.staff_id) && date >= from && date <= to) offers.push({ ...span, staffId: wire.staff_id });
	}
	return ok(offers);
}
