import { serviceById, staffById, staffFor } from '../catalogue';
import type { CreatePayload } from '../payload';
import { readOffer } from '../payload';
import type { ShownOffer, VisitDraft } from '../state';
import { hasDay } from '../wish';
import { rankOptions } from '../profile/ranking';
import type { TurnWork } from '../work';
import { knowClient } from './client';
import { findOffers, sayNothing, showOffers } from './offering';
import { askUsual } from './usual';
import { offerView, titlesOf } from './views';
import { slotValue } from './words';

const MAX_OPTIONS = 10;

/** Takes the visit one step on: the next question, an offer, or the summary that asks for a yes. */
export async function advanceVisit(work: TurnWork, options: { taken?: string } = {}): Promise<void> {
	const visit = work.state.visit;
	if (visit === null) return;
	if (alreadyAsks(work)) return;
	if (visit.services === null) return askService(work, visit);
	const unclear = visit.when?.value.unclear;
	if (unclear?.kind === 'am_pm') {
		work.say('ask_am_pm', { times: unclear.times, date: visit.when?.value.dates?.[0] ?? null });
		return ask(work, { kind: 'am_pm', times: unclear.times });
	}
	if (unclear?.kind === 'which_week') {
		work.say('ask_which_week', { dates: unclear.dates });
		return ask(work, { kind: 'which_week', dates: unclear.dates });
	}
	if (visit.offer !== null && options.taken === undefined) return confirmVisit(work, visit, visit.offer);
	if (!hasDay(visit.when?.value ?? null)) {
		work.say('ask_day', { serviceTitles: titlesOf(visit.services.value, work.catalogue) });
		return ask(work, { kind: 'day' });
	}
	if (!(await staffCanDo(work, visit))) return;
	return offerVisit(work, visit, options.taken);
}

/** A handler of this turn has already put a question: one question a message. */
function alreadyAsks(work: TurnWork): boolean {
	return work.utterances.some((utterance) => utterance.intent.startsWith('ask_') || utterance.intent === 'time_past');
}

function ask(work: TurnWork, question: NonNullable<TurnWork['state']['question']>): void {
	work.set({ phase: question.kind === 'confirm' ? 'confirming' : question.kind === 'offer' ? 'offering' : 'collecting', question });
}

async function askService(work: TurnWork, visit: VisitDraft): Promise<void> {
	const { askedAbout } = work.state;
	const [only, ...more] = visit.serviceCandidates === null ? askedAbout.filter((id) => serviceById(work.catalogue, id) !== undefined) : [];
	if (only !== undefined && more.length === 0) {
		// the summary names it before anything is written
		work.log('asked_taken', {});
		work.set({ visit: { ...visit, services: slotValue(work, [only], 'inferred') }, askedAbout: [] });
		return advanceVisit(work);
	}
	if (only === undefined && (await askUsual(work))) return;
	const candidates = only === undefined ? visit.serviceCandidates : [only, ...more];
	const listed =
		candidates === null
			? work.catalogue.services
			: work.catalogue.services.filter((service) => candidates.includes(service.id));
	const options = rankOptions(listed, (await work.profile())?.favouriteServiceIds ?? []);
	const shown = options.slice(0, MAX_OPTIONS);
	work.say('ask_service', { options: candidates === null ? options : shown, why: candidates === null ? 'missing' : 'ambiguous' });
	ask(work, { kind: 'service', options: shown.map((service) => service.id) });
}

/** A named person who does not do the service is told at once, with those who do. */
async function staffCanDo(work: TurnWork, visit: VisitDraft): Promise<boolean> {
	if (visit.staff === null || visit.staff.value === 'any' || visit.services === null) return true;
	const doing = staffFor(work.catalogue, visit.services.value);
	if (doing.some((person) => person.id === visit.staff?.value)) return true;
	const able = rankOptions(doing, (await work.profile())?.favouriteStaffIds ?? []);
	work.say('ask_staff', { options: able, why: 'unqualified' });
	work.set({ visit: { ...visit, staff: null } });
	ask(work, { kind: 'staff', options: able.map((person) => person.id) });
	return false;
}

async function offerVisit(work: TurnWork, visit: VisitDraft, taken: string | undefined): Promise<void> {
	if (visit.services === null) return;
	const found = await findOffers(work, {
		serviceIds: visit.services.value,
		wish: visit.when?.value ?? null,
		staff: visit.staff,
		purpose: 'create',
		...(taken === undefined ? {} : { taken }),
	});
	if (found.kind === 'unavailable') return work.say('crm_unavailable', {});
	if (found.kind === 'nothing' || found.kind === 'too_far') {
		sayNothing(work, found.kind, visit.when);
		return work.set({ visit: { ...visit, when: null, offer: null }, phase: 'collecting' });
	}
	if (found.kind === 'one' && taken === undefined) {
		const [view] = showOffers(work, [found.slot], 'create');
		const [shown] = work.state.offers;
		if (view !== undefined && shown !== undefined) {
			const picked = { ...visit, offer: shown };
			work.set({ visit: picked });
			return confirmVisit(work, picked, shown);
		}
	}
	const slots = found.kind === 'one' ? [found.slot] : found.slots;
	const offers = showOffers(work, slots, 'create');
	const situation = found.kind === 'one' ? 'taken' : found.situation;
	work.say('offer', { offers, situation, purpose: 'create' });
	work.set({ visit: { ...visit, offer: null } });
	ask(work, { kind: 'offer' });
}

/** Client known -> summary and pending action; else asks for what is missing. */
async function confirmVisit(work: TurnWork, visit: VisitDraft, offer: ShownOffer): Promise<void> {
	const known = await knowClient(work);
	if (known === 'asked' || known === 'unavailable') return;
	const stored = await loadOffer(work, offer.id);
	if (stored === null || visit.services === null) {
		work.set({ visit: { ...visit, offer: null } });
		return offerVisit(work, { ...visit, offer: null }, undefined);
	}
	const payload: CreatePayload = {
		kind: 'create',
		slot: { offerId: offer.id, start: stored.start, staffId: stored.staffId, serviceIds: [...stored.serviceIds] },
		client: {
			id: work.state.client.clientId,
			name: work.state.client.name?.value ?? null,
			phone: work.state.client.phone,
			verified: work.state.client.phoneVerified,
		},
		guestName: visit.guest?.value ?? null,
	};
	const pending = work.freeze('create', payload);
	work.say('confirm_create', {
		offer: offerView(offer.ref, offer.id, stored, work.catalogue),
		clientName: payload.client.name,
		guestName: payload.guestName,
		company: work.catalogue.company,
		pendingId: pending.id,
	});
	ask(work, { kind: 'confirm' });
}

/** An offer of this chat: made in this turn or stored by an earlier one. */
export async function loadOffer(work: TurnWork, id: string): Promise<ReturnType<typeof readOffer> | null> {
	const fresh = work.offers.find((offer) => offer.id === id);
	const row = fresh ?? (await work.tools.store.offer(work.turn.chat, id));
	return row === null ? null : readOffer(row.payload);
}

/** Picks one of the offers shown last. */
export function pickOffer(work: TurnWork, offer: ShownOffer): void {
	work.progress = true;
	const { manage, visit } = work.state;
	if (manage !== null) work.set({ manage: { ...manage, offer } });
	else if (visit !== null) work.set({ visit: { ...visit, offer } });
}

/** Names of staff and services of a visit exist in the catalogue still; what vanished is asked anew. */
export function dropVanished(work: TurnWork, visit: VisitDraft): VisitDraft {
	const services = visit.services?.value.every((id) => serviceById(work.catalogue, id) !== undefined) === false ? null : visit.services;
	const gone = visit.staff !== null && visit.staff.value !== 'any' && staffById(work.catalogue, visit.staff.value) === undefined;
	return { ...visit, services, staff: gone ? null : visit.staff };
}
