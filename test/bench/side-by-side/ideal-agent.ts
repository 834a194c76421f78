/**
 * The model n8n's AI Agent would like to have: it makes the fewest calls of tools with which the wish can be granted, one
 * after another because each needs what the one before found, remembers what is still in its context, and never errs.
 */
import type { Saying, WireMessage, WireRequest } from '../../e2e/support/openai-server/wire';
import { textOf } from '../../e2e/support/openai-server/wire';
import type { Wish } from './scenarios';

type Result = Readonly<Record<string, unknown>>;

interface Named {
	readonly serviceId: string;
	readonly title: string;
	readonly price: string;
}

interface Visit {
	readonly appointmentId: string;
	readonly services: readonly string[];
}

interface Slot {
	readonly slotId: string;
	readonly start: string;
	readonly staffName: string;
}

const OFFERS = 3;
const NO_VISIT: Saying = { say: 'У вас нет предстоящих записей.' };

/** What the client does with this message: begins something, picks a time, tells the name, or says yes. */
export type Said = { readonly kind: 'wish' } | { readonly kind: 'name' } | { readonly kind: 'pick'; readonly number: number } | { readonly kind: 'yes' };

/** The next move for a wish of which the client now says `said`. */
export function idealMove(request: WireRequest, wish: Wish, said: Said): Saying {
	const seen = resultsIn(request.messages);
	const fresh = resultsIn(sinceUser(request.messages));
	const failed = fresh.find(({ status }) => status !== 'ok' && status !== 'needs_confirmation');
	if (failed !== undefined) return { say: `Не получилось: ${String(failed['reason'] ?? failed['status'])}` };
	if (said.kind === 'yes') return confirm(seen, fresh);
	if (said.kind === 'pick') return prepare(seen, fresh, wish, said.number);
	return MOVES[wish.kind]({ seen, fresh, wish });
}

interface Situation {
	readonly seen: readonly Result[];
	readonly fresh: readonly Result[];
	readonly wish: Wish;
}

const MOVES: Readonly<Record<Wish['kind'], (situation: Situation) => Saying>> = {
	address: () => ({ say: 'Мы находимся по адресу: Москва, ул. Садовая, 12.' }),
	price: ({ seen, wish }) => {
		const services = lastOf<Named>(seen, 'services');
		if (services === null) return { tool: 'get_services', args: {} };
		const service = services.find(({ title }) => 'service' in wish && title === wish.service);
		return { say: `${service?.title ?? ''}: ${(service?.price ?? '').replace(',', ' ')}. Хотите записаться?` };
	},
	book: (situation) => slotsOrOffer(situation),
	move: (situation) => {
		const visits = lastOf<Visit>(situation.fresh, 'appointments');
		if (visits === null) return { tool: 'get_client_appointments', args: {} };
		return visits.length === 0 ? NO_VISIT : slotsOrOffer(situation);
	},
	cancel: ({ fresh }) => {
		const summary = summaryIn(fresh);
		if (summary !== null) return { say: summary };
		const visits = lastOf<Visit>(fresh, 'appointments');
		if (visits === null) return { tool: 'get_client_appointments', args: {} };
		const [visit] = visits;
		return visit === undefined ? NO_VISIT : { tool: 'cancel_appointment', args: { appointmentId: visit.appointmentId } };
	},
};

/** Free times of the day asked for, as a numbered list; looked up first, with the ids they need. */
function slotsOrOffer({ seen, fresh, wish }: Situation): Saying {
	const slots = lastOf<Slot>(fresh, 'slots');
	if (slots !== null) return { say: listed(slots) };
	const services = lastOf<Named>(seen, 'services');
	if (services === null) return { tool: 'get_services', args: {} };
	return { tool: 'get_available_slots', args: slotQuery(seen, services, wish) };
}

function slotQuery(seen: readonly Result[], services: readonly Named[], wish: Wish): Record<string, unknown> {
	const visit = lastOf<Visit>(seen, 'appointments')?.[0];
	const title = wish.kind === 'book' ? wish.service : visit?.services[0];
	const day = 'day' in wish ? wish.day : '';
	const serviceIds = services.filter((service) => service.title === title).map(({ serviceId }) => serviceId);
	return { serviceIds, from: day, to: day, ...(wish.kind === 'move' ? { appointmentId: visit?.appointmentId } : {}) };
}

function prepare(seen: readonly Result[], fresh: readonly Result[], wish: Wish, number: number): Saying {
	const summary = summaryIn(fresh);
	if (summary !== null) return { say: summary };
	const slots = lastOf<Slot>(seen, 'slots');
	// the memory's window may have lost what was looked up: then it is looked up again
	if (slots === null) return slotsOrOffer({ seen, fresh, wish });
	const slotId = offered(slots)[number - 1]?.slotId;
	if (wish.kind !== 'move') return { tool: 'create_appointment', args: { slotId, clientName: 'Ольга' } };
	const visit = lastOf<Visit>(seen, 'appointments')?.[0];
	return visit === undefined ? { tool: 'get_client_appointments', args: {} } : { tool: 'reschedule_appointment', args: { appointmentId: visit.appointmentId, slotId } };
}

const DONE: Readonly<Record<string, string>> = { booked: 'Вы записаны. Ждём вас!', rescheduled: 'Запись перенесена. Ждём вас!', cancelled: 'Запись отменена.' };

function confirm(seen: readonly Result[], fresh: readonly Result[]): Saying {
	const done = fresh.at(-1)?.['result'];
	if (typeof done === 'string') return { say: DONE[done] ?? done };
	return { tool: 'confirm_action', args: { pendingId: seen.map(({ pendingId }) => pendingId).filter((id) => typeof id === 'string').at(-1) } };
}

function summaryIn(fresh: readonly Result[]): string | null {
	const summary = fresh.at(-1)?.['summary'];
	return typeof summary === 'string' ? summary : null;
}

function listed(slots: readonly Slot[]): string {
	if (slots.length === 0) return 'В этот день всё занято. Подойдёт другой день?';
	const lines = offered(slots).map(({ start, staffName }, index) => `${index + 1}. ${start.slice(8, 10)}.${start.slice(5, 7)} ${start.slice(11, 16)}, ${staffName}`);
	return ['Есть такие варианты:', ...lines, 'Какой вам подходит?'].join('\n');
}

/** Three times apart from each other. */
function offered(slots: readonly Slot[]): readonly Slot[] {
	const step = Math.max(1, Math.floor(slots.length / OFFERS));
	return slots.filter((_slot, index) => index % step === 0).slice(0, OFFERS);
}

function lastOf<T>(results: readonly Result[], key: string): readonly T[] | null {
	const found = results.map((result) => result[key]).filter((value) => Array.isArray(value)).at(-1);
	return found === undefined ? null : (found as readonly T[]);
}

function sinceUser(messages: readonly WireMessage[]): readonly WireMessage[] {
	return messages.slice(messages.map(({ role }) => role).lastIndexOf('user'));
}

function resultsIn(messages: readonly WireMessage[]): readonly Result[] {
	return messages.filter(({ role }) => role === 'tool').map(({ content }) => parsed(textOf(content)));
}

/** n8n gives a tool's answer as JSON text, sometimes as a list of items. */
function parsed(text: string): Result {
	const value: unknown = JSON.parse(text);
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'string' ? parsed(one) : ((one ?? {}) as Result);
}
