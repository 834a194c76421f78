import * as fc from 'fast-check';
import type { Slot } from '../../../core/booking';
import { alternatives, type OfferChoice } from '../../../core/calendar';
import type { ClientProfile } from '../../../core/conversation/context';
import { preferenceOf, rankOffers, rankOptions, rankSlots } from '../../../core/conversation/profile';

const ZONE = 'Europe/Moscow';
const FREE = { staff: false, time: false };

function profileOf(patch: Partial<ClientProfile> = {}): ClientProfile {
	return { visits: 8, lastVisitOn: '2026-11-01', usualIntervalDays: 30, favouriteServiceIds: ['color'], favouriteStaffIds: ['maria'], usualPart: 'evening', ...patch };
}

function slot(hour: number, staffId: string): Slot {
	const at = String(hour).padStart(2, '0');
	return { start: `2026-11-24T${at}:00:00+03:00`, end: `2026-11-24T${at}:45:00+03:00`, staffId, serviceIds: ['cut'], price: null };
}

const anySlots = fc.array(fc.tuple(fc.integer({ min: 9, max: 20 }), fc.constantFrom('anna', 'maria', 'olga')), { maxLength: 12 }).map((list) => list.map(([hour, staffId]) => slot(hour, staffId)).sort((a, b) => Date.parse(a.start) - Date.parse(b.start)));
const anyProfile = fc.record({ favouriteStaffIds: fc.subarray(['maria', 'anna', 'olga', 'gone']), usualPart: fc.constantFrom('morning', 'day', 'evening', null) }).map((patch) => profileOf(patch as Partial<ClientProfile>));
const anyChoice = fc.record({ staff: fc.boolean(), time: fc.boolean() });

function sameItems<T>(left: readonly T[], right: readonly T[]): void {
	expect(left).toHaveLength(right.length);
	expect(new Set(left)).toEqual(new Set(right));
}

describe('rankSlots', () => {
	it('puts the favourite person first among equal starts, and never a later start before an earlier one', () => {
		const ranked = rankSlots([slot(10, 'anna'), slot(10, 'maria'), slot(18, 'anna'), slot(18, 'maria')], preferenceOf(profileOf(), FREE, ZONE));
		expect(ranked.map(({ start, staffId }) => `${start.slice(11, 13)} ${staffId}`)).toEqual(['10 maria', '10 anna', '18 maria', '18 anna']);
	});
	it('leaves the order alone when the client named the person, or is not known', () => {
		const slots = [slot(10, 'anna'), slot(10, 'maria')];
		expect(rankSlots(slots, preferenceOf(profileOf(), { staff: true, time: false }, ZONE))).toEqual(slots);
		expect(rankSlots(slots, preferenceOf(null, FREE, ZONE))).toEqual(slots);
	});
	// Mutants: a filter in place of a sort, a sort across starts.
	it('is a permutation that keeps the clock', () => {
		fc.assert(
			fc.property(anySlots, anyProfile, anyChoice, (slots, profile, chosen) => {
				const ranked = rankSlots(slots, preferenceOf(profile, chosen, ZONE));
				sameItems(ranked, slots);
				expect(ranked.map(({ start }) => start)).toEqual(slots.map(({ start }) => start));
			}),
		);
	});
});

describe('rankOffers', () => {
	const choice = (one: Slot, score: number, rung: OfferChoice['rung'] = 4): OfferChoice => ({ slot: one, score, rung });
	it('orders offers of equal score by person, then by part of the day', () => {
		const offers = [choice(slot(10, 'anna'), 5), choice(slot(18, 'anna'), 5), choice(slot(10, 'maria'), 5), choice(slot(18, 'maria'), 5)];
		const ranked = rankOffers(offers, preferenceOf(profileOf(), FREE, ZONE));
		expect(ranked.map(({ slot: { start, staffId } }) => `${staffId} ${start.slice(11, 13)}`)).toEqual(['maria 18', 'maria 10', 'anna 18', 'anna 10']);
	});
	it('never lifts an offer over one of another score or rung', () => {
		const offers = [choice(slot(10, 'anna'), 1), choice(slot(18, 'maria'), 2), choice(slot(18, 'anna'), 2, 3), choice(slot(19, 'maria'), 2)];
		expect(rankOffers(offers, preferenceOf(profileOf(), FREE, ZONE))).toEqual(offers);
	});
	it('keeps to the time the client named', () => {
		const offers = [choice(slot(10, 'anna'), 5), choice(slot(18, 'anna'), 5)];
		expect(rankOffers(offers, preferenceOf(profileOf(), { staff: false, time: true }, ZONE))).toEqual(offers);
	});
	it('is a permutation of what the ladder chose, with its scores in place', () => {
		fc.assert(
			fc.property(anySlots, anyProfile, anyChoice, (slots, profile, chosen) => {
				const offers = alternatives({ slots, zone: ZONE, wish: { date: '2026-11-24', staffConfirmed: false } });
				const ranked = rankOffers(offers, preferenceOf(profile, chosen, ZONE));
				sameItems(ranked, offers);
				expect(ranked.map(({ rung, score }) => [rung, score])).toEqual(offers.map(({ rung, score }) => [rung, score]));
				if (chosen.staff && chosen.time) expect(ranked).toEqual(offers);
			}),
		);
	});
});

describe('rankOptions', () => {
	const options = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
	it('puts favourites first in their order and leaves the rest', () => {
		expect(rankOptions(options, ['d', 'x', 'b']).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
	});
	it('keeps what the client named before every habit', () => {
		expect(rankOptions(options, ['d'], ['c', 'b']).map(({ id }) => id)).toEqual(['b', 'c', 'd', 'a']);
	});
	it('is a permutation', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.string({ maxLength: 2 })), fc.array(fc.string({ maxLength: 2 })), fc.array(fc.string({ maxLength: 2 })), (ids, favourites, chosen) => {
				const list = ids.map((id) => ({ id }));
				sameItems(rankOptions(list, favourites, chosen), list);
			}),
		);
	});
});
