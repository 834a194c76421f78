import * as fc from 'fast-check';
import type { Appointment } from '../../../core/booking';
import { clientProfile } from '../../../core/conversation/profile';

const NOW = '2026-11-21T12:00:00+03:00';
const ZONE = 'Europe/Moscow';
let ids = 0;

function visit(start: string, patch: Partial<Appointment> = {}): Appointment {
	return {
		id: `v${++ids}`,
		clientId: 'c1',
		serviceIds: ['cut'],
		staffId: 'anna',
		start,
		end: new Date(Date.parse(start) + 3_600_000).toISOString(),
		status: 'arrived',
		price: null,
		comment: null,
		guestName: null,
		version: '1',
		...patch,
	};
}

/** A visit `days` before now, at an hour of Moscow's clock. */
function ago(days: number, hour = 12, patch: Partial<Appointment> = {}): Appointment {
	const day = new Date(Date.parse('2026-11-21T00:00:00Z') - days * 86_400_000).toISOString().slice(0, 10);
	return visit(`${day}T${String(hour).padStart(2, '0')}:00:00+03:00`, patch);
}

describe('clientProfile', () => {
	it('is empty for a client without past visits', () => {
		expect(clientProfile([], NOW, ZONE)).toEqual({ visits: 0, lastVisitOn: null, usualIntervalDays: null, favouriteServiceIds: [], favouriteStaffIds: [], usualPart: null });
	});

	// Mutants: a status forgotten, the future or the far past counted, a guest's visit taken for the client's.
	it.each<[string, Appointment]>([
		['cancelled', ago(10, 12, { status: 'cancelled' })],
		['missed', ago(10, 12, { status: 'no_show' })],
		['ahead', ago(-3, 12, { status: 'booked' })],
		['going on', visit('2026-11-21T11:30:00+03:00')],
		['made for somebody else', ago(10, 12, { guestName: 'Маша' })],
		['older than a year', ago(366)],
		['unreadable', visit(NOW, { start: 'soon', end: 'later' })],
	])('does not count a visit that is %s', (_, one) => {
		expect(clientProfile([one], NOW, ZONE).visits).toBe(0);
	});

	it.each(['booked', 'confirmed', 'arrived'] as const)('counts a past visit left as %s', (status) => {
		expect(clientProfile([ago(10, 12, { status })], NOW, ZONE).visits).toBe(1);
	});

	it('counts a visit listed twice once', () => {
		const one = ago(10);
		expect(clientProfile([one, one], NOW, ZONE).visits).toBe(1);
	});

	it('tells the last visit by the clock of the branch', () => {
		const late = visit('2026-11-10T22:30:00Z');
		expect(clientProfile([ago(30), late, ago(60)], NOW, ZONE).lastVisitOn).toBe('2026-11-11');
	});

	// Mutants: mean for median, gaps of visits for gaps of days, a habit read from two visits.
	it('takes the median of days between comings, from three on', () => {
		expect(clientProfile([ago(10), ago(30)], NOW, ZONE).usualIntervalDays).toBeNull();
		expect(clientProfile([ago(10), ago(30), ago(30, 14)], NOW, ZONE).usualIntervalDays).toBeNull();
		expect(clientProfile([ago(10), ago(40), ago(60)], NOW, ZONE).usualIntervalDays).toBe(25);
		expect(clientProfile([ago(200), ago(10), ago(40), ago(60)], NOW, ZONE).usualIntervalDays).toBe(30);
	});

	it('orders favourites by how often, then how recent, within the last eight', () => {
		const old = Array.from({ length: 5 }, (_, index) => ago(200 + index, 12, { staffId: 'old', serviceIds: ['old'] }));
		const recent = [
			ago(1, 12, { staffId: 'olga', serviceIds: ['nails'] }),
			ago(2, 12, { staffId: 'maria', serviceIds: ['cut', 'color'] }),
			...[3, 4, 5].map((day) => ago(day, 12, { staffId: 'anna', serviceIds: ['cut'] })),
			ago(6, 12, { staffId: 'maria', serviceIds: ['color'] }),
			ago(7, 12, { staffId: 'anna', serviceIds: ['cut'] }),
			ago(8, 12, { staffId: 'olga', serviceIds: ['nails', 'nails'] }),
		];
		const profile = clientProfile([...old, ...recent], NOW, ZONE);
		expect(profile.favouriteStaffIds).toEqual(['anna', 'olga', 'maria']);
		expect(profile.favouriteServiceIds).toEqual(['cut', 'nails', 'color']);
		expect(profile.visits).toBe(13);
	});

	it('names a usual part from sixty per cent of the last eight', () => {
		const evenings = [1, 2, 3].map((day) => ago(day, 18));
		expect(clientProfile([...evenings, ago(4, 10), ago(5, 13)], NOW, ZONE).usualPart).toBe('evening');
		expect(clientProfile([...evenings, ago(4, 10), ago(5, 13), ago(6, 10)], NOW, ZONE).usualPart).toBeNull();
		expect(clientProfile(evenings.slice(1), NOW, ZONE).usualPart).toBeNull();
		const mornings = Array.from({ length: 20 }, (_, index) => ago(20 + index, 10));
		expect(clientProfile([...evenings, ...[4, 5, 6, 7, 8].map((day) => ago(day, 19)), ...mornings], NOW, ZONE).usualPart).toBe('evening');
	});

	it('does not depend on the order of the list', () => {
		const list = fc.array(fc.record({ days: fc.integer({ min: -5, max: 400 }), hour: fc.integer({ min: 0, max: 23 }), staffId: fc.constantFrom('a', 'b', 'c') }), { maxLength: 15 });
		fc.assert(
			fc.property(list, fc.integer(), (drawn, seed) => {
				const visits = drawn.map(({ days, hour, staffId }) => ago(days, hour, { staffId }));
				const shuffled = [...visits].sort((a, b) => ((Number(a.id.slice(1)) * 7919 + seed) % 97) - ((Number(b.id.slice(1)) * 7919 + seed) % 97));
				expect(clientProfile(shuffled, NOW, ZONE)).toEqual(clientProfile(visits, NOW, ZONE));
			}),
		);
	});
});
