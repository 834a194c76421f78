import { type CalendarDate, mapOutcome, type Outcome, ok, type Refused, type Slot, type SlotQuery, unavailable } from '../../../booking';
import { dateOf, datesOf, dayOf, minuteOf, momentRefusal } from '../../../calendar';
import { sortedSlots } from '../../reading';
import { bookableDays, type Choice, choose, type Days } from '../choice';
import { pageFor, unsupported } from '../handoff';
import { inputs } from '../../http';
import { priceOf } from '../money';
import { minuteIn } from '../parts';
import { formatted } from '../times';
import * as calls from './calls';
import type { Context } from './context';
import type { PagedService } from './facts';
import type { TimesWire } from './wire';

/** Free times go stale within a minute; the page is not asked more often. */
const TIMES_MS = 60_000;
/** Asking day by day is one call a day; asking first which days are worth it pays from the third. */
const FEW_DAYS = 2;

/** A parsed question about one service. */
interface Question {
	readonly choice: Choice;
	readonly service: PagedService;
	/** What the page takes for the service in questions about time. */
	readonly wireId: string;
	readonly days: Days | null;
	readonly staffId?: string;
}

/** Free starts as the page shows them: approximate, since the final choice is made on the page. */
export async function slots(context: Context, query: SlotQuery): Promise<Outcome<readonly Slot[]>> {
	const question = await questionOf(context, query);
	if (question.kind !== 'ok') return question;
	const { choice, days } = question.value;
	if (days === null || choice.staff.length === 0) return ok([]);
	const dates = await freeDates(context, question.value, days);
	if (dates.kind !== 'ok') return dates;
	const found: Slot[] = [];
	for (const date of dates.value) {
		const starts = await startsOn(context, question.value, date);
		if (starts.kind !== 'ok') return starts;
		found.push(...starts.value);
	}
	return ok(sortedSlots(found.filter((slot) => momentRefusal(choice.company, minuteOf(slot.start), context.clock()) === null)));
}

/** Days with a free start. */
export async function availableDates(context: Context, query: SlotQuery): Promise<Outcome<readonly CalendarDate[]>> {
	return mapOutcome(await slots(context, query), datesOf);
}

async function questionOf(context: Context, query: SlotQuery): Promise<Outcome<Question>> {
	const parsed = inputs.parseInput(inputs.SLOT_QUERY, query);
	if (parsed.kind !== 'ok') return parsed;
	const { serviceIds, staffId, from, to } = parsed.value;
	if (serviceIds.length > 1) return several(context, query);
	const choice = await choose(context.facts, serviceIds, staffId);
	if (choice.kind !== 'ok') return choice;
	const [service] = choice.value.services as readonly PagedService[];
	const wireId = context.settings.slotServiceId === 'id' ? service?.id : service?.companyServiceId;
	if (service === undefined || wireId === null || wireId === undefined) return unavailable('The DIKIDI booking page gave no second id for the service; set the id of services to "id".');
	return ok({ choice: choice.value, service, wireId, days: bookableDays(choice.value.company, context.clock(), { from, to }), staffId });
}

function several({ settings }: Context, query: SlotQuery): Refused {
	return unsupported('The experimental reading asks for one service at a time.', pageFor(settings, query));
}

async function freeDates({ reader, companyId }: Context, { wireId, staffId }: Question, { from, to }: Days): Promise<Outcome<readonly CalendarDate[]>> {
	const first = dayOf(from);
	const all = Array.from({ length: dayOf(to) - first + 1 }, (_, index) => dateOf(first + index));
	if (all.length <= FEW_DAYS) return ok(all);
	const answer = await reader.ask(calls.dates(companyId, wireId, staffId, from, to), `dates ${wireId} ${staffId ?? ''} ${from} ${to}`, TIMES_MS);
	return mapOutcome(answer, ({ dates_true: listed }) => all.filter((date) => listed.includes(date)));
}

async function startsOn(context: Context, question: Question, date: CalendarDate): Promise<Outcome<readonly Slot[]>> {
	const { reader, companyId } = context;
	const { wireId, staffId } = question;
	const answer = await reader.ask(calls.times(companyId, wireId, staffId, date), `times ${wireId} ${staffId ?? ''} ${date}`, TIMES_MS);
	if (answer.kind !== 'ok') return answer;
	const contradiction = contradictionIn(answer.value, question, date);
	if (contradiction !== null) return unavailable(`The DIKIDI booking page ${contradiction}; send the client the booking link.`);
	return ok(slotsIn(context, question, answer.value));
}

/** A page that says two things at once is no answer: neither an empty day nor one to offer. */
function contradictionIn({ times, masters, dates_true: dates, currency }: TimesWire, { service, choice }: Question, date: CalendarDate): string | null {
	const listed = Object.entries(times);
	if (listed.length === 0 && dates.includes(date)) return 'names a free day without a free time';
	if (listed.some(([, starts]) => starts.some((start) => !start.startsWith(date)))) return 'answered about another day';
	if (listed.some(([id]) => masters[id] === undefined)) return 'gave times of a person it does not name';
	const named = Object.values(masters).map(({ service_name: name }) => name.trim());
	if (named.some((name) => name !== '' && name !== service.title.trim())) return 'answered about another service: set the id of services in the credential to the other one';
	const iso = currency?.iso ?? '';
	return iso !== '' && iso !== choice.company.currency ? 'gives prices in another currency than the credential' : null;
}

function slotsIn({ settings }: Context, { choice, service, staffId }: Question, { times, masters }: TimesWire): readonly Slot[] {
	const { zone } = choice.company;
	const able = new Set(choice.staff.map(({ id }) => id));
	return Object.entries(times).flatMap(([id, starts]) => {
		const master = masters[id];
		if (master === undefined || !able.has(id) || (staffId !== undefined && staffId !== id)) return [];
		const price = service.price === null ? null : (priceOf(master.price ?? master.cost, master.cost ?? master.price, settings.currency) ?? service.price);
		return starts.flatMap((text): Slot[] => {
			const start = minuteIn(text, zone);
			return start === null ? [] : [{ start: formatted(start, zone), end: formatted(start + master.time, zone), staffId: id, serviceIds: [service.id], price }];
		});
	});
}
