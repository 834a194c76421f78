import { daysToBirthday, historyOf, type Segment, SEGMENT_RULES, segmentsOf } from '../../../core/profile';
import type { CopiedVisit } from '../../../core/store/copied';
import { ago, NOW, ZONE } from './visits';

const TODAY = '2026-11-21';
const facts = { spent: null, vipFrom: null, birthday: null, today: TODAY } as const;

function segments(visits: readonly CopiedVisit[]): readonly Segment[] {
	return segmentsOf({ ...facts, history: historyOf(visits, NOW, ZONE) });
}

describe('segments', () => {
	it.each<[string, readonly number[], readonly Segment[]]>([
		['a first visit sixty days ago', [60], ['new']],
		['a first visit longer ago', [61], ['sleeping']],
		['nothing at all', [], []],
		['only a visit ahead', [-3], ['new']],
		['three visits in their rhythm', [10, 40, 70], ['regular']],
		['three visits, twice their interval ago', [60, 90, 120], ['regular']],
		['a day later', [61, 91, 121], ['sleeping']],
		['four intervals ago', [120, 150, 180], ['sleeping']],
		['and a day', [121, 151, 181], ['lost']],
		['two visits long ago, without an interval', [180, 185], ['sleeping']],
		['and a day longer', [181, 190], ['lost']],
		['a weekly guest three weeks away', [21, 28, 35], ['regular']],
		['a weekly guest longer away', [22, 29, 36], ['sleeping']],
		['a visit ahead after a long silence', [-2, 300, 330, 360], []],
	])('%s', (_title, days, expected) => {
		expect(segments(days.map((one) => ago(one, one < 0 ? { status: 'booked' } : {})))).toEqual(expected);
	});

	it('say nothing of visits that are not known, but of money and birthdays', () => {
		expect(segmentsOf({ ...facts, history: null, spent: 100, vipFrom: 100, birthday: '11-25' })).toEqual(['vip', 'birthday']);
		expect(segmentsOf({ ...facts, history: null })).toEqual([]);
	});

	it('may be several at once', () => {
		expect(segmentsOf({ ...facts, history: historyOf([ago(5), ago(35), ago(65)], NOW, ZONE), spent: 900, vipFrom: 500, birthday: '1990-11-21' })).toEqual(['regular', 'vip', 'birthday']);
	});

	it('make nobody a VIP for nothing spent, and anybody above the sum that a salon sets', () => {
		const vip = (spent: number | null, vipFrom: number | null, vipSpent: number | null) => segmentsOf({ ...facts, history: null, spent, vipFrom }, { ...SEGMENT_RULES, vipSpent }).includes('vip');
		expect([vip(0, 0, 0), vip(null, 0, 0), vip(499, 500, null), vip(500, 500, null), vip(499, null, 400)]).toEqual([false, false, false, true, true]);
	});
});

describe('days to a birthday', () => {
	it.each<[string | null, string, number | null]>([
		['1990-11-21', TODAY, 0],
		['11-22', TODAY, 1],
		['1990-11-20', TODAY, 364],
		['01-02', '2026-12-30', 3],
		['2000-02-29', '2027-02-28', 0],
		['2000-02-29', '2028-02-28', 1],
		['02-29', '2028-02-29', 0],
		['02-29', '2027-03-01', 365],
		['02-30', TODAY, null],
		['13-01', TODAY, null],
		['yesterday', TODAY, null],
		[null, TODAY, null],
	])('%s on %s', (birthday, today, days) => {
		expect(daysToBirthday(birthday, today)).toBe(days);
	});
});
