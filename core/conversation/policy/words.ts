import { parsePhone } from '../../language/phone';
import { cleanPersonName } from '../../language/personname';
import { parseWhen } from '../../language/when';
import type { VisitWords } from '../acts';
import type { SlotValue, Source, VisitDraft, WhenWish } from '../state';
import { EMPTY_VISIT } from '../state';
import { addsServices, resolveServices, resolveStaff } from '../understand/resolve';
import { atWishedTime, mergeWish, onWishedDay, wishOf } from '../wish';
import type { TurnWork } from '../work';

/** Marks a value with where it came from. */
export function slotValue<T>(work: TurnWork, value: T, source: Source): SlotValue<T> {
	return { value, source, turn: work.turn.number };
}

/** Reads a date phrase by the salon's zone and hours; says at once what cannot be booked. Null when nothing is usable. */
export function readWhen(work: TurnWork, text: string, known: WhenWish | null): WhenWish | null {
	const reading = parseWhen(text, { now: work.now, zone: work.zone, workingHours: work.catalogue.company.workingHours });
	if (reading.recurring) work.say('recurring_unsupported', {});
	if (reading.past) {
		work.say('time_past', { date: reading.date ?? null });
		work.set({ question: { kind: 'day' } });
		work.progress = true;
		return null;
	}
	const said = wishOf(reading);
	if (said === null) return shifted(work, reading, known);
	return mergeWish(known, said);
}

/** «пораньше» and «попозже» move the window around what was wished or shown. */
function shifted(work: TurnWork, reading: ReturnType<typeof parseWhen>, known: WhenWish | null): WhenWish | null {
	if (!reading.earlier && !reading.later) return null;
	const shownTimes = work.state.offers.map((offer) => offer.start.slice(11, 16)).sort();
	const edge = reading.earlier ? (known?.time ?? shownTimes[0]) : (known?.time ?? shownTimes[shownTimes.length - 1]);
	if (edge === undefined) return null;
	const { part: _part, timeTo: _timeTo, unclear: _unclear, ...day } = known ?? {};
	return { ...day, time: edge, open: reading.earlier ? 'before' : 'after' };
}

/** Adds the client's words to a visit. Only what depends on a changed value is dropped with it. */
export function absorbVisit(work: TurnWork, visit: VisitDraft | null, words: VisitWords): VisitDraft {
	let draft = visit ?? EMPTY_VISIT;
	if (words.serviceText !== undefined) draft = absorbService(work, draft, words.serviceText);
	if (words.whenText !== undefined) draft = absorbWhen(work, draft, words.whenText);
	if (words.staffText !== undefined) draft = absorbStaff(work, draft, words.staffText);
	if (words.forOther !== undefined) draft = absorbGuest(work, draft, words.forOther);
	absorbContact(work, words);
	return draft;
}

function absorbService(work: TurnWork, draft: VisitDraft, text: string): VisitDraft {
	const resolved = resolveServices(text, work.catalogue);
	if (resolved.kind === 'none') {
		if (draft.services !== null) return draft;
		const options = work.catalogue.services;
		work.say('ask_service', { options, why: 'not_found' });
		work.set({ phase: 'collecting', question: { kind: 'service', options: options.map((service) => service.id) } });
		return draft;
	}
	work.progress = true;
	if (resolved.kind === 'several') {
		const stillFits = draft.services !== null && draft.services.value.every((id) => resolved.ids.includes(id));
		return stillFits ? draft : { ...draft, services: null, serviceCandidates: resolved.ids, offer: null };
	}
	const kept = addsServices(text) ? (draft.services?.value ?? []) : [];
	return withServices(work, draft, [...new Set([...kept, ...resolved.ids])]);
}

/** Sets the services; a different choice drops staff that cannot do them, the picked offer and the pending action. */
export function withServices(work: TurnWork, draft: VisitDraft, ids: readonly string[]): VisitDraft {
	const same = draft.services !== null && sameIds(draft.services.value, ids);
	if (same) return { ...draft, serviceCandidates: null };
	work.dropPending('service changed');
	const staffStays =
		draft.staff === null ||
		draft.staff.value === 'any' ||
		work.catalogue.staff.some(
			(person) => person.id === draft.staff?.value && ids.every((id) => person.services.some((cell) => cell.serviceId === id)),
		);
	return {
		...draft,
		services: slotValue(work, ids, 'client'),
		serviceCandidates: null,
		staff: staffStays ? draft.staff : null,
		offer: null,
	};
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((id) => b.includes(id));
}

function absorbWhen(work: TurnWork, draft: VisitDraft, text: string): VisitDraft {
	const wish = readWhen(work, text, draft.when?.value ?? null);
	if (wish === null) return draft;
	work.progress = true;
	// The same wish said again changes nothing while the picked time meets it: the summary stands.
	const same = JSON.stringify(wish) === JSON.stringify(draft.when?.value);
	if (draft.offer !== null && same && onWishedDay(draft.offer, wish) && atWishedTime(draft.offer, wish)) return draft;
	work.dropPending('time changed');
	return { ...draft, when: slotValue(work, wish, 'client'), offer: null };
}

function absorbStaff(work: TurnWork, draft: VisitDraft, text: string): VisitDraft {
	const resolved = resolveStaff(text, work.catalogue);
	if (resolved.kind === 'none') {
		const options = work.catalogue.staff;
		work.say('ask_staff', { options, why: 'not_found' });
		work.set({ question: { kind: 'staff', options: options.map((person) => person.id) } });
		return draft;
	}
	work.progress = true;
	const [first] = resolved.ids;
	if (resolved.kind === 'several' || (resolved.kind === 'one' && first === undefined)) {
		const options = work.catalogue.staff.filter((person) => resolved.ids.includes(person.id));
		work.say('ask_staff', { options, why: 'ambiguous' });
		work.set({ question: { kind: 'staff', options: options.map((person) => person.id) } });
		return draft;
	}
	const value = resolved.kind === 'any' ? 'any' : (first ?? 'any');
	return withStaff(work, draft, value);
}

/** Sets the person; a different one drops the picked offer and the pending action. */
export function withStaff(work: TurnWork, draft: VisitDraft, value: string): VisitDraft {
	if (draft.staff?.value === value) return draft;
	if (draft.offer !== null && draft.offer.staffId === value) return { ...draft, staff: slotValue(work, value, 'client') };
	work.dropPending('staff changed');
	return { ...draft, staff: slotValue(work, value, 'client'), offer: null };
}

/** «другую услугу», «другое время», «к другому мастеру»: the value is taken back and asked for anew. */
export function takeBack(work: TurnWork, draft: VisitDraft, field: 'service' | 'when' | 'staff'): VisitDraft {
	work.progress = true;
	work.dropPending(`${field} taken back`);
	work.set({ offers: [] });
	if (field === 'service') return { ...draft, services: null, serviceCandidates: null, offer: null };
	if (field === 'when') return { ...draft, when: null, offer: null };
	const others = work.catalogue.staff.filter(
		(person) =>
			person.id !== (draft.offer?.staffId ?? draft.staff?.value) &&
			(draft.services?.value ?? []).every((id) => person.services.some((cell) => cell.serviceId === id)),
	);
	if (others.length > 0) {
		work.say('ask_staff', { options: others, why: 'missing' });
		work.set({ phase: 'collecting', question: { kind: 'staff', options: others.map((person) => person.id) } });
	}
	return { ...draft, staff: null, offer: null };
}

function absorbGuest(work: TurnWork, draft: VisitDraft, text: string): VisitDraft {
	const guest = cleanPersonName(text) ?? null;
	if (guest === null || guest === draft.guest?.value) return draft;
	work.progress = true;
	work.dropPending('guest changed');
	return { ...draft, guest: slotValue(work, guest, 'client') };
}

/** Name and phone from the text. A phone in a text never becomes an identity: only the contact of a new visit. */
export function absorbContact(work: TurnWork, words: Pick<VisitWords, 'nameText' | 'phoneText'>): void {
	if (words.phoneText !== undefined) absorbPhone(work, words.phoneText);
	if (words.nameText === undefined) return;
	const name = cleanPersonName(words.nameText);
	if (name === null || work.catalogue.services.some((service) => service.title.toLowerCase() === name.toLowerCase())) return;
	work.progress = true;
	if (name !== work.state.client.name?.value) work.dropPending('name changed');
	work.set({ client: { ...work.state.client, name: slotValue(work, name, 'client') } });
}

function absorbPhone(work: TurnWork, text: string): void {
	if (work.state.client.phoneVerified) return;
	const parsed = parsePhone(text, work.tools.settings.phoneCountry);
	if (parsed === null) {
		work.say('ask_phone', { why: 'invalid' });
		work.set({ question: { kind: 'phone' } });
		work.progress = true;
		return;
	}
	work.progress = true;
	if (parsed.phone !== work.state.client.phone) work.dropPending('phone changed');
	work.set({ client: { ...work.state.client, phone: parsed.phone, clientId: null } });
}
