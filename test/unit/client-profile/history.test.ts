import { favouritesOf, historyOf, usualVisitOf } from '../../../core/profile';
import type { CopiedVisit, RecentVisit } from '../../../core/store/copied';
import { ago, line, NOW, ZONE } from './visits';

const history = (...visits: readonly CopiedVisit[]) => historyOf(visits, NOW, ZONE);

describe('the history of a client', () => {
	it('is known and empty for one who never came', () => {
		expect(history()).toEqual({
			kept: 0, unmarked: 0, noShows: 0, cancellations: 0, lateCancellations: 0, noShowRate: null, cancelRate: null, firstVisitOn: null, lastVisit: null, nextVisit: null, usualInterval: null, favouriteServices: [],
			favouriteStaff: [], latest: [],
		});
	});

	// Mutants: unmarked visits lost, a missed one kept, a visit ahead counted, no-shows measured against cancellations.
	it('counts how visits ended, and rates them by what they could have been', () => {
		const told = history(ago(90), ago(60, { status: 'booked' }), ago(50, { status: 'no_show' }), ago(40, { status: 'cancelled' }), ago(-3, { status: 'confirmed' }), ago(-9, { status: 'booked' }));
		expect(told).toMatchObject({ kept: 2, unmarked: 1, noShows: 1, cancellations: 1, noShowRate: 0.333, cancelRate: 0.25 });
		expect(told.nextVisit?.date).toBe('2026-11-24');
		expect(told.lastVisit?.date).toBe('2026-09-22');
	});

	it('counts records of one coming once, with all its services, people and money', () => {
		const told = history(ago(10, { visitId: 'one' }), ago(10, { visitId: 'one', staffId: 'olga', lines: line('nails'), amount: 50_000 }));
		expect(told.kept).toBe(1);
		expect(told.lastVisit).toMatchObject({ amount: 250_000, staffIds: ['anna', 'olga'], services: [{ id: 'cut' }, { id: 'nails' }] });
	});

	it('leaves what was cancelled out of a coming of which something was kept', () => {
		const told = history(ago(10, { visitId: 'one' }), ago(10, { visitId: 'one', status: 'cancelled', amount: 900_000 }));
		expect(told).toMatchObject({ kept: 1, cancellations: 0, lastVisit: { amount: 200_000 } });
	});

	it('calls a cancellation late within a day of the visit, and not where nobody tells when', () => {
		const [visit] = [ago(10, { status: 'cancelled' })];
		const at = (hours: number): CopiedVisit => ({ ...visit, changedAt: new Date(Date.parse(visit.start) - hours * 3_600_000).toISOString() });
		expect([23, 24, 25].map((hours) => history(at(hours)).lateCancellations)).toEqual([1, 0, 0]);
		expect(history(visit).lateCancellations).toBe(0);
	});

	it('takes the median gap of days, from two gaps on, by the clock of the branch', () => {
		expect(history(ago(10), ago(40)).usualInterval).toBeNull();
		expect(history(ago(10), ago(40), ago(40), ago(60)).usualInterval).toEqual({ days: 25, samples: 2 });
		expect(history(ago(10), ago(40), ago(60), ago(200)).usualInterval).toEqual({ days: 30, samples: 3 });
		const late = ago(0, { start: '2026-11-10T21:30:00.000Z', end: '2026-11-10T22:30:00.000Z' });
		expect(history(late).firstVisitOn).toBe('2026-11-11');
	});
});

describe('favourites', () => {
	const visit = (days: number, ...ids: readonly string[]) => ({ start: new Date(Date.parse(NOW) - days * 86_400_000).toISOString(), ids });

	// Mutants: no weight by age, no threshold.
	it('are what comes back, recent visits weighing more', () => {
		const found = favouritesOf([visit(720, 'old'), visit(700, 'old'), visit(690, 'old'), visit(20, 'new'), visit(10, 'new')], NOW);
		expect(found.map(({ id, visits }) => [id, visits])).toEqual([['new', 2]]);
		expect(found[0]?.share).toBeGreaterThan(0.8);
	});

	it('are none below two visits or a quarter of the weight', () => {
		expect(favouritesOf([visit(5, 'cut')], NOW)).toEqual([]);
		const many = Array.from({ length: 12 }, (_, index) => visit(index, index < 2 ? 'rare' : `other ${index}`));
		expect(favouritesOf(many, NOW)).toEqual([]);
		expect(favouritesOf([], NOW)).toEqual([]);
	});

	it('count a service once a visit', () => {
		expect(favouritesOf([visit(5, 'cut', 'cut'), visit(35, 'cut')], NOW)).toMatchObject([{ id: 'cut', visits: 2, share: 1 }]);
	});
});

describe('the usual visit', () => {
	const visit = (days: number, patch: Partial<RecentVisit> = {}): RecentVisit => {
		const { start, end, staffId, status } = ago(days);
		return { clientId: 'c1', barred: false, cards: 1, serviceIds: ['cut'], start, end, staffId, status, ...patch };
	};
	const usual = (visits: readonly RecentVisit[], chosen = false) => usualVisitOf(visits, { now: '2026-11-21T12:00:00+03:00', chosen });

	it('is what most of the last eight had, with who did it', () => {
		expect(usual([visit(10), visit(40, { serviceIds: ['color'] }), visit(70), visit(100, { staffId: 'olga' })])).toEqual({ clientId: 'c1', serviceIds: ['cut'], staffId: 'anna', visits: 3 });
		const old = Array.from({ length: 9 }, (_, index) => visit(300 + index, { serviceIds: ['color'] }));
		expect(usual([...[10, 40, 70, 100].map((days) => visit(days)), ...old])?.serviceIds).toEqual(['cut']);
	});

	it('names nobody when different people do it', () => {
		expect(usual([visit(10), visit(40, { staffId: 'olga' }), visit(70, { staffId: 'vera' })])?.staffId).toBeNull();
	});

	it.each<[string, readonly RecentVisit[]]>([
		['one visit', [visit(10)]],
		['nothing in common', [visit(10), visit(20, { serviceIds: ['color'] }), visit(30, { serviceIds: ['nails'] })]],
		['visits that were not kept', [visit(10, { status: 'no_show' }), visit(20, { status: 'cancelled' }), visit(30)]],
		['a visit ahead', [visit(-3, { status: 'booked' }), visit(10), visit(40)]],
		['an opt-out', [visit(10, { barred: true }), visit(40, { barred: true })]],
		['a phone of several people', [visit(10, { cards: 2 }), visit(40, { cards: 2 })]],
		['nothing', []],
	])('is none with %s', (_title, visits) => {
		expect(usual(visits)).toBeNull();
	});

	it('is that of the chosen card where several people share a phone', () => {
		expect(usual([visit(10, { cards: 2 }), visit(40, { cards: 2 })], true)?.serviceIds).toEqual(['cut']);
	});
});
