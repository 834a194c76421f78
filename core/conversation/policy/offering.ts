import type { Slot, SlotQuery } from '../../booking';
import { alternatives } from '../../calendar';
import { boundsOf, staffFor } from '../catalogue';
import type { OfferSituation, OfferView } from '../compose/utterance';
import { addDays, dateOf, weekdayOf } from '../local-time';
import type { OfferPayload } from '../payload';
import { preferenceOf, rankSlots, type Preference } from '../profile/ranking';
import type { ShownOffer, SlotValue, WhenWish } from '../state';
import { atWishedTime, daysToRead, isExact, onWishedDay, timeWindow } from '../wish';
import type { TurnWork } from '../work';
import { offerView } from './views';

/** Days the ladder may look past the wish, and most days one turn may read. */
const LADDER_DAYS = 8;
const MAX_DAYS = 31;
const MAX_OFFERS = 5;

/** What is wanted of the calendar. */
export interface Wanted {
	readonly serviceIds: readonly string[];
	readonly wish: WhenWish | null;
	/** A staff id, `any`, or null when the client did not say. */
	readonly staff: SlotValue<string> | null;
	readonly purpose: 'create' | 'reschedule';
	readonly excludeAppointmentId?: string;
	/** A start that has just been refused as taken: it is never offered again in this turn. */
	readonly taken?: string;
	/** The start a moved visit has now, as `start|staffId`: moving a visit to where it stands is no move. */
	readonly current?: string;
}

/** What the calendar has for it. */
export type Found =
	| { readonly kind: 'one'; readonly slot: Slot }
	| { readonly kind: 'several'; readonly slots: readonly Slot[]; readonly situation: OfferSituation }
	| { readonly kind: 'nothing' }
	/** All wished days lie past the horizon. */
	| { readonly kind: 'too_far' }
	| { readonly kind: 'unavailable' };

/** Reads live free starts and chooses what to show: the wish itself when it is free, else the ladder. */
export async function findOffers(work: TurnWork, wanted: Wanted): Promise<Found> {
	const staffId = wanted.staff === null || wanted.staff.value === 'any' ? null : wanted.staff.value;
	const days = daysToRead(wanted.wish, work.now, work.zone, MAX_DAYS);
	if (days.from > boundsOf(work.catalogue, work.now).lastDay) return { kind: 'too_far' };
	const listed = await read(work, wanted, staffId, days);
	if (listed === null) return { kind: 'unavailable' };
	const preference = await habitsOf(work, wanted, listed);
	const wished = rankSlots(listed, preference);
	const fitting = wished.filter((slot) => onWishedDay(slot, wanted.wish) && atWishedTime(slot, wanted.wish));

	if (isExact(wanted.wish) && fitting.length > 0) {
		const byStart = fitting.filter((slot) => slot.start === fitting[0]?.start);
		const [first] = byStart;
		if (first !== undefined && new Set(fitting.map((slot) => slot.start)).size === 1) {
			if (byStart.length === 1 || wanted.staff?.value === 'any') return { kind: 'one', slot: first };
			return { kind: 'several', slots: byStart.slice(0, MAX_OFFERS), situation: 'exact' };
		}
	}
	if (fitting.length > 0) {
		const situation = wanted.wish?.soonest === true ? 'soonest' : 'free_that_day';
		const slots = wanted.wish?.soonest === true ? soonest(fitting) : spread(fitting);
		return { kind: 'several', slots, situation: wanted.taken === undefined ? situation : 'taken' };
	}
	return climb(work, wanted, staffId, days, { wished, preference });
}

/** Habits order what is otherwise equal; they are read only where somebody has to be put first. */
async function habitsOf(work: TurnWork, { staff, wish }: Wanted, slots: readonly Slot[]): Promise<Preference> {
	const named = staff?.source === 'client' && staff.value !== 'any';
	const several = slots.some((slot) => slot.staffId !== slots[0]?.staffId);
	const timed = wish?.time !== undefined || wish?.part !== undefined;
	return preferenceOf(several && !named ? await work.profile() : null, { staff: named, time: timed }, work.zone);
}

async function climb(
	work: TurnWork,
	wanted: Wanted,
	staffId: string | null,
	days: { from: string; to: string },
	{ wished, preference }: { readonly wished: readonly Slot[]; readonly preference: Preference },
): Promise<Found> {
	const until = addDays(days.from, LADDER_DAYS - 1);
	const wider = await read(work, wanted, null, { from: days.from, to: until > days.to ? until : days.to });
	if (wider === null) return { kind: 'unavailable' };
	const date = wanted.wish?.dates?.[0] ?? wanted.wish?.range?.from;
	const [from, to] = timeWindow(wanted.wish);
	const chosen = alternatives({
		slots: wider,
		zone: work.zone,
		preference,
		wish: {
			...(date === undefined ? {} : { date }),
			...(wanted.wish?.time === undefined ? { from, to } : { time: wanted.wish.time }),
			...(staffId === null ? {} : { staffId }),
			staffConfirmed: wanted.staff?.source === 'client' && staffId !== null,
		},
		max: MAX_OFFERS,
	});
	const slots = chosen.length > 0 ? chosen.map((choice) => choice.slot).sort(inOrder) : spread(wider);
	if (slots.length === 0) return { kind: 'nothing' };
	return { kind: 'several', slots, situation: situationOf(work, wanted, staffId, date ?? null, wished, wider) };
}

/** The ladder chooses by nearness; a list is read by the clock. */
function inOrder(left: Slot, right: Slot): number {
	return Date.parse(left.start) - Date.parse(right.start);
}

function situationOf(
	work: TurnWork,
	wanted: Wanted,
	staffId: string | null,
	date: string | null,
	wished: readonly Slot[],
	wider: readonly Slot[],
): OfferSituation {
	if (wanted.taken !== undefined) return 'taken';
	const hours = date === null ? undefined : work.catalogue.company.workingHours[weekdayOf(date)];
	if (date !== null && (hours === undefined || hours.length === 0)) return 'closed_day';
	const time = wanted.wish?.time;
	const open = hours?.some((range) => range.to <= range.from || (time !== undefined && time >= range.from && time < range.to));
	if (time !== undefined && hours !== undefined && open !== true) return 'outside_hours';
	const thatDay = (slot: Slot): boolean => onWishedDay(slot, wanted.wish);
	if (staffId !== null && !wished.some(thatDay) && wider.some(thatDay)) return 'staff_not_that_day';
	if (!wider.some(thatDay)) return 'nothing_that_day';
	return 'nearest';
}

/** Says that nothing can be offered, and why; the day is asked for anew. */
export function sayNothing(work: TurnWork, found: 'nothing' | 'too_far', wish: SlotValue<WhenWish> | null): void {
	if (found === 'nothing' && work.tools.lore.handoff.onNoSlots) {
		work.say('handoff', { cause: 'no_slots' });
		return work.handOver('no_slots');
	}
	if (found === 'nothing') work.say('no_offers', { wish });
	else {
		work.say('too_far', { days: work.catalogue.company.bookingHorizonDays });
		work.say('ask_day', { serviceTitles: [] });
	}
	work.set({ offers: [], question: { kind: 'day' } });
}

/** Live free starts, never before now; null when the CRM could not be asked. A refusal is no free start. */
async function read(
	work: TurnWork,
	wanted: Wanted,
	staffId: string | null,
	days: { from: string; to: string },
): Promise<readonly Slot[] | null> {
	const { notBefore, lastDay } = boundsOf(work.catalogue, work.now);
	const query: SlotQuery = {
		serviceIds: wanted.serviceIds,
		from: days.from,
		to: days.to > lastDay ? lastDay : days.to,
		...(staffId === null ? {} : { staffId }),
		...(wanted.excludeAppointmentId === undefined ? {} : { excludeAppointmentId: wanted.excludeAppointmentId }),
	};
	const outcome = await work.tools.crm.slots(query);
	work.log('crm_read', { read: 'slots', days: days.from === days.to ? 1 : 2, outcome: outcome.kind });
	if (outcome.kind === 'refused') return [];
	if (outcome.kind !== 'ok') return null;
	const able = new Set(staffFor(work.catalogue, wanted.serviceIds).map((person) => person.id));
	return outcome.value.filter((slot) => {
		const key = `${slot.start}|${slot.staffId}`;
		return key !== wanted.taken && key !== wanted.current && able.has(slot.staffId) && Date.parse(slot.start) >= Date.parse(notBefore) && dateOf(slot.start) <= lastDay;
	});
}

/** The first starts, one a half-hour, so that the list is not five starts of one quarter of an hour. */
function soonest(slots: readonly Slot[]): readonly Slot[] {
	const chosen: Slot[] = [];
	for (const slot of slots) {
		if (chosen.length === MAX_OFFERS) break;
		const near = chosen.some((other) => Math.abs(Date.parse(other.start) - Date.parse(slot.start)) < 30 * 60_000);
		if (!near) chosen.push(slot);
	}
	return chosen;
}

/** Up to five starts spread over the days and hours of the list; never two within 30 minutes. */
function spread(slots: readonly Slot[]): readonly Slot[] {
	const apart: Slot[] = [];
	for (const slot of slots) {
		const last = apart[apart.length - 1];
		if (last === undefined || Date.parse(slot.start) - Date.parse(last.start) >= 30 * 60_000) apart.push(slot);
	}
	if (apart.length <= MAX_OFFERS) return apart;
	const days = new Set(apart.map((slot) => dateOf(slot.start)));
	if (days.size > 1) return perDay(apart, days);
	return Array.from({ length: MAX_OFFERS }, (_unused, index) => {
		const at = Math.round((index * (apart.length - 1)) / (MAX_OFFERS - 1));
		return apart[at];
	}).filter((slot): slot is Slot => slot !== undefined);
}

function perDay(apart: readonly Slot[], days: ReadonlySet<string>): readonly Slot[] {
	const share = Math.max(1, Math.floor(MAX_OFFERS / days.size));
	const chosen: Slot[] = [];
	for (const day of days) {
		const ofDay = apart.filter((slot) => dateOf(slot.start) === day);
		const step = Math.max(1, Math.floor(ofDay.length / share));
		for (let at = 0, taken = 0; at < ofDay.length && taken < share; at += step, taken++) {
			const slot = ofDay[at];
			if (slot !== undefined) chosen.push(slot);
		}
	}
	return chosen.slice(0, MAX_OFFERS);
}

/** Stores slots as offers of this chat and gives them refs `o1`..; only stored offers can be committed. */
export function showOffers(work: TurnWork, slots: readonly Slot[], purpose: OfferPayload['purpose']): readonly OfferView[] {
	const shown: ShownOffer[] = [];
	const views = slots.map((slot, index) => {
		const id = work.tools.newId();
		const payload: OfferPayload = {
			start: slot.start,
			end: slot.end,
			staffId: slot.staffId,
			serviceIds: [...slot.serviceIds],
			price: slot.price,
			purpose,
		};
		work.offers.push({ id, payload: JSON.stringify(payload), fetchedAt: work.now });
		const ref = `o${index + 1}`;
		shown.push({ ref, id, start: slot.start, staffId: slot.staffId });
		return offerView(ref, id, slot, work.catalogue);
	});
	work.set({ offers: shown });
	work.log('offered', { offers: shown.map((offer) => offer.id), purpose });
	return views;
}
