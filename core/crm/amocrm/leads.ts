import { type AppointmentQuery, type Instant, type Outcome, ok, refused, unavailable } from '../../booking';
import type { HeldVisit, InstantWindow, Salon, Taken, TakenTime } from '../computed';
import type { Query } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { clientIdOf, heldOf, isOver, type Lens, spanOf, staffOf } from './mapping';
import { readPages } from './pages';
import { isWireId } from './settings';
import type { LeadWire } from './wire';

/** The longest visit: one that begins so long before a window can still reach into it. */
const LONGEST_S = 86_400;
/** Without filters: how long before its day a visit may have been touched last, beyond the horizon of bookings. */
const EARLY_DAYS = 60;
const DAY_S = 86_400;
const ID_CHUNK = 50;

const NO_VISIT = refused('not_found', 'There is no visit with this id; read the visits again.');

/** How rows are read just now. */
async function lensOf(context: Context): Promise<Outcome<Lens>> {
	const salon = await context.facts.salon(context);
	return salon.kind === 'ok' ? ok(lensWith(context, salon.value)) : salon;
}

function lensWith({ settings, brand, count }: Context, salon: Salon): Lens {
	return { salon, settings, brand, count };
}

/** Everything live that touches a window: visits, and the time of leads that have no person or no client. */
export async function taken(context: Context, { from, to }: InstantWindow): Promise<Outcome<Taken>> {
	const lens = await lensOf(context);
	if (lens.kind !== 'ok') return lens;
	const leads = await bookingLeads(context, lens.value, { from: new Date(Date.parse(from) - LONGEST_S * 1000).toISOString(), to });
	if (leads.kind !== 'ok') return leads;
	const live = leads.value.filter((lead) => !isOver(lead, context.settings));
	const visits: HeldVisit[] = [];
	const other: TakenTime[] = [];
	for (const lead of live) {
		const held = heldOf(lead, lens.value);
		if (held !== null) visits.push(held);
		else other.push(...nobodysTime(lead, lens.value));
	}
	return ok({ visits: visits.filter(({ appointment }) => Date.parse(appointment.end) > Date.parse(from)), other });
}

/** The time of a lead that is no visit to us, but one to the people of the salon. */
function nobodysTime(lead: LeadWire, lens: Lens): readonly TakenTime[] {
	const span = lead.pipeline_id === lens.settings.pipelineId && !lead.is_deleted ? spanOf(lead, lens) : null;
	if (span === null) return [];
	const time = { start: instantOf(span.start), end: instantOf(span.end) };
	const staffId = staffOf(lead, lens.settings);
	if (staffId !== null) return [{ staffId, ...time }];
	return lens.settings.withoutSpecialist === 'everybody' ? [{ staffId: null, ...time }] : [];
}

/** Leads of the booking pipeline that begin in a window. */
async function bookingLeads(context: Context, lens: Lens, { from, to }: InstantWindow): Promise<Outcome<readonly LeadWire[]>> {
	const account = await context.facts.account(context);
	if (account.kind !== 'ok') return account;
	const { pipelineId, fields } = context.settings;
	const [first, last] = [Math.floor(Date.parse(from) / 1000), Math.ceil(Date.parse(to) / 1000)];
	const isInside = (lead: LeadWire): boolean => {
		const start = (lead.pipeline_id === pipelineId ? spanOf(lead, lens)?.start : undefined) ?? Number.NaN;
		return start * 60 >= first - 60 && start * 60 <= last;
	};
	const filter = { 'filter[pipeline_id][]': [pipelineId], [`filter[custom_fields_values][${fields.start}][from]`]: first, [`filter[custom_fields_values][${fields.start}][to]`]: last, 'order[id]': 'asc' };
	if (account.value.filters) {
		let isFiltered = true;
		const leads = await readPages(context, (page) => calls.leads({ ...filter, page }), (items) => {
			// a filter that is passed over gives everything, silently
			isFiltered &&= items.every(isInside);
			return !isFiltered;
		});
		if (leads.kind !== 'ok' || isFiltered) return leads;
	}
	const horizon = lens.salon.company.bookingHorizonDays + EARLY_DAYS;
	return latestLeads(context, first - horizon * DAY_S, isInside);
}

/** Leads that were touched since a moment, where lists know no filter: the latest first, up to the first older one. */
async function latestLeads(context: Context, sinceS: number, isAsked: (lead: LeadWire) => boolean): Promise<Outcome<readonly LeadWire[]>> {
	const leads = await readPages(context, (page) => calls.leads({ 'order[updated_at]': 'desc', page }), (items) => items.some((lead) => lead.updated_at < sinceS));
	return leads.kind === 'ok' ? ok(leads.value.filter(isAsked)) : leads;
}

/** A lead by its id; thrown away ones and ones of another pipeline too. */
export async function readLead(context: Context, id: string): Promise<Outcome<LeadWire>> {
	if (!isWireId(id)) return NO_VISIT;
	const answer = await context.transport.read(calls.lead(id));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_VISIT;
	if (answer.kind !== 'ok') return answer;
	if (answer.value === null) return NO_VISIT;
	return answer.value.id === id ? ok(answer.value) : unavailable(`${context.brand.vendor} answered about another lead.`);
}

/** A visit by its id. */
export async function readVisit(context: Context, id: string): Promise<Outcome<HeldVisit>> {
	const lens = await lensOf(context);
	if (lens.kind !== 'ok') return lens;
	const lead = await readLead(context, id);
	if (lead.kind !== 'ok') return lead;
	const held = heldOf(lead.value, lens.value);
	return held === null ? NO_VISIT : ok(held);
}

/** The visit with a tag. Where the filter is passed over, the search over all fields finds it too. */
export async function findByTag(context: Context, tag: string): Promise<Outcome<HeldVisit | null>> {
	const lens = await lensOf(context);
	if (lens.kind !== 'ok') return lens;
	const account = await context.facts.account(context);
	if (account.kind !== 'ok') return account;
	const isTagged = (lead: LeadWire): boolean => heldOf(lead, lens.value)?.tag === tag;
	const queries: readonly Query[] = [...(account.value.filters ? [{ [`filter[custom_fields_values][${context.settings.fields.operation}][]`]: [tag] }] : []), { query: tag }];
	for (const query of queries) {
		const leads = await readPages(context, (page) => calls.leads({ ...query, 'order[id]': 'asc', page }), (items) => items.some((lead) => !isTagged(lead)) || items.some(isTagged));
		if (leads.kind !== 'ok') return leads;
		const found = leads.value.filter(isTagged).map((lead) => heldOf(lead, lens.value)).find((held) => held !== null);
		if (found !== undefined) return ok(found);
		// nothing at all is the answer of a filter that works
		if (leads.value.length === 0) return ok(null);
	}
	return ok(null);
}

/** Visits that may answer a query. */
export async function list(context: Context, query: AppointmentQuery, salon: Salon): Promise<Outcome<readonly HeldVisit[]>> {
	const lens = lensWith(context, salon);
	const leads = query.clientId === undefined ? await bookingLeads(context, lens, query) : await clientLeads(context, query.clientId);
	if (leads.kind !== 'ok') return leads;
	return ok(leads.value.map((lead) => heldOf(lead, lens)).filter((held) => held !== null));
}

/** All leads of a client: the card names them, no list filters by it. */
export async function clientLeads(context: Context, clientId: string): Promise<Outcome<readonly LeadWire[]>> {
	if (!isWireId(clientId)) return ok([]);
	const contact = await context.transport.read(calls.contact(clientId));
	if (contact.kind === 'refused' && contact.reason === 'not_found') return ok([]);
	if (contact.kind !== 'ok') return contact;
	if (contact.value === null) return ok([]);
	if (contact.value.id !== clientId) return unavailable(`${context.brand.vendor} answered about another contact.`);
	const named = contact.value._embedded?.leads;
	if (named === undefined) return unavailable(`${context.brand.vendor} did not say which leads a contact has.`);
	return leadsByIds(context, [...new Set(named.map(({ id }) => id))]);
}

async function leadsByIds(context: Context, ids: readonly string[]): Promise<Outcome<readonly LeadWire[]>> {
	const account = await context.facts.account(context);
	if (account.kind !== 'ok') return account;
	const found = new Map<string, LeadWire>();
	const wanted = new Set(ids);
	const chunks = account.value.filters ? Array.from({ length: Math.ceil(ids.length / ID_CHUNK) }, (_, index) => ids.slice(index * ID_CHUNK, (index + 1) * ID_CHUNK)) : [];
	for (const chunk of chunks) {
		const leads = await readPages(context, (page) => calls.leads({ 'filter[id][]': chunk, 'order[id]': 'asc', page }), (items) => items.some(({ id }) => !wanted.has(id)));
		if (leads.kind !== 'ok') return leads;
		for (const lead of leads.value) if (wanted.has(lead.id)) found.set(lead.id, lead);
	}
	// a list may lag behind a write, or not be filtered at all
	for (const id of ids) {
		if (found.has(id)) continue;
		const lead = await readLead(context, id);
		if (lead.kind === 'ok') found.set(id, lead.value);
		else if (lead.kind !== 'refused' || lead.reason !== 'not_found') return lead;
	}
	return ok([...found.values()].filter((lead) => clientIdOf(lead) !== null));
}

function instantOf(minute: number): Instant {
	return new Date(minute * 60_000).toISOString();
}
