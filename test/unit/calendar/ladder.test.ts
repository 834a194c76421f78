import * as fc from 'fast-check';
import type { Slot } from '../../../core/booking';
import { alternatives, type LadderInput } from '../../../core/calendar';
import { checkProperty } from './property';

const ZONE = 'Europe/Moscow';
const slot = (date: string, time: string, staffId: string, minutes = 60): Slot => {
	const start = Date.parse(`${date}T${time}:00+03:00`);
	const text = (ms: number): string => `${new Date(ms + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`;
	return { start: text(start), end: text(start + minutes * 60_000), staffId, serviceIds: ['cut'], price: null };
};
const brief = (input: LadderInput): string[] => alternatives(input).map(({ slot: { start, staffId }, rung }) => `${rung} ${start.slice(8, 16)} ${staffId}`);

describe('alternatives ladder', () => {
	const slots = [
		slot('2026-11-24', '13:30', 'anna'),
		slot('2026-11-24', '14:00', 'anna'),
		slot('2026-11-24', '16:30', 'anna'),
		slot('2026-11-24', '15:00', 'boris'),
		slot('2026-11-24', '15:00', 'vera'),
		slot('2026-11-24', '15:15', 'vera'),
		slot('2026-11-25', '15:00', 'anna'),
		slot('2026-11-26', '09:00', 'anna'),
		slot('2026-11-27', '14:00', 'anna'),
		slot('2026-11-29', '15:00', 'anna'),
	];
	const wish = { start: '2026-11-24T15:00:00+03:00', staffId: 'anna', staffConfirmed: false };

	it('climbs the rungs in order, two offers a rung', () => {
		expect(brief({ slots, wish, zone: ZONE })).toEqual(['1 24T14:00 anna', '1 24T16:30 anna', '2 24T15:00 boris', '2 24T15:00 vera', '3 25T15:00 anna']);
	});

	it('does not name another person at the same time when the client chose the person', () => {
		const offers = brief({ slots, wish: { ...wish, staffConfirmed: true }, zone: ZONE });
		expect(offers.slice(0, 4)).toEqual(['1 24T14:00 anna', '1 24T16:30 anna', '3 25T15:00 anna', '3 27T14:00 anna']);
		expect(offers.some((offer) => offer.startsWith('2'))).toBe(false);
	});

	it('looks at three working days for the person, not at the fourth', () => {
		const only = slots.filter((one) => one.staffId === 'anna' && one.start > '2026-11-25');
		expect(brief({ slots: only, wish, zone: ZONE })).toEqual(['3 25T15:00 anna', '3 27T14:00 anna', '4 26T09:00 anna', '4 29T15:00 anna']);
	});

	it('keeps to the part of the day that was wished', () => {
		const evening = { date: '2026-11-24', window: { from: 17 * 60, to: 24 * 60 }, staffConfirmed: false };
		const day = [slot('2026-11-24', '09:00', 'anna'), slot('2026-11-24', '18:00', 'boris'), slot('2026-11-25', '19:00', 'anna'), slot('2026-11-25', '10:00', 'anna')];
		expect(brief({ slots: day, wish: evening, zone: ZONE })).toEqual(['1 24T18:00 boris', '3 25T19:00 anna', '4 24T09:00 anna', '4 25T10:00 anna']);
	});

	it('breaks ties by the start that leaves no gap shorter than the shortest service', () => {
		// Free 14:00-16:15: a start at 14:15 would leave 15 minutes before, one at 15:15 leaves 75.
		const free = ['14:00', '14:15', '15:15'].map((time) => slot('2026-11-24', time, 'anna'));
		const asked = { start: '2026-11-24T14:45:00+03:00', staffConfirmed: false };
		expect(brief({ slots: free.slice(1), wish: asked, zone: ZONE })[0]).toBe('1 24T14:15 anna');
		expect(brief({ slots: free, wish: asked, zone: ZONE, gapMinutes: 30 })[0]).toBe('1 24T15:15 anna');
	});

	it('answers a wish for anything soon, and nothing with nothing', () => {
		expect(brief({ slots, wish: { staffConfirmed: false }, zone: ZONE })[0]).toBe('1 24T13:30 anna');
		expect(alternatives({ slots: [], wish, zone: ZONE })).toEqual([]);
		expect(alternatives({ slots, wish, zone: ZONE, max: 1 })).toHaveLength(1);
	});

	it('holds its rules for any slots', () => {
		const anySlot = fc
			.record({ day: fc.integer({ min: 20, max: 30 }), half: fc.integer({ min: 18, max: 42 }), staffId: fc.constantFrom('anna', 'boris', 'vera') })
			.map(({ day, half, staffId }) => slot(`2026-11-${day}`, `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`, staffId));
		const anyWish = fc.record(
			{
				start: fc.constantFrom('2026-11-23T15:00:00+03:00', '2026-11-24T09:30:00+03:00'),
				date: fc.constantFrom('2026-11-22', '2026-11-25'),
				window: fc.constantFrom({ from: 0, to: 720 }, { from: 1020, to: 1440 }),
				staffId: fc.constantFrom('anna', 'boris'),
				staffConfirmed: fc.boolean(),
			},
			{ requiredKeys: ['staffConfirmed'] },
		);
		checkProperty(
			'ladder',
			fc.property(fc.array(anySlot, { maxLength: 60 }), anyWish, fc.integer({ min: 1, max: 7 }), (slots, wish, max) => {
				const offers = alternatives({ slots, wish, zone: ZONE, max, gapMinutes: 30 });
				expect(alternatives({ slots: [...slots].reverse(), wish, zone: ZONE, max, gapMinutes: 30 })).toEqual(offers);
				expect(offers.length).toBeLessThanOrEqual(Math.min(max, 5));
				expect(offers.map(({ rung }) => rung)).toEqual(offers.map(({ rung }) => rung).sort());
				for (const rung of [1, 2, 3, 4]) expect(offers.filter((offer) => offer.rung === rung).length).toBeLessThanOrEqual(2);
				offers.forEach((offer, index) => {
					expect(slots).toContainEqual(offer.slot);
					if (offer.rung === 2) expect(wish.staffConfirmed).toBe(false);
					for (const other of offers.slice(index + 1)) {
						const distance = Math.abs(Date.parse(offer.slot.start) - Date.parse(other.slot.start)) / 60_000;
						if (distance > 30) continue;
						expect([offer.rung, other.rung]).toContain(2);
						expect(distance).toBe(0);
						expect(offer.slot.staffId).not.toBe(other.slot.staffId);
					}
				});
			}),
			500,
		);
	});
});
