import * as fc from 'fast-check';
import { covers, includesMinute, intersectRanges, mergeRanges, rangesAbove, subtractRanges, type MinuteRange } from '../../../core/calendar/ranges';
import { checkProperty } from './property';

const ranges = fc.array(
	fc.record({ start: fc.integer({ min: 0, max: 60 }), end: fc.integer({ min: 0, max: 60 }) }),
	{ maxLength: 8 },
);
const MINUTES = Array.from({ length: 60 }, (_, minute) => minute);
const inside = (list: readonly MinuteRange[], minute: number): boolean => list.some((range) => range.start <= minute && minute < range.end);

describe('minute ranges', () => {
	it('merge to the same minutes, disjoint and idempotent', () => {
		checkProperty(
			'merge',
			fc.property(ranges, (list) => {
				const merged = mergeRanges(list);
				expect(mergeRanges(merged)).toEqual(merged);
				merged.slice(1).forEach((range, index) => expect(range.start).toBeGreaterThan(merged[index]?.end ?? Infinity));
				for (const minute of MINUTES) {
					expect(inside(merged, minute)).toBe(inside(list, minute));
					expect(includesMinute(merged, minute)).toBe(inside(list, minute));
				}
			}),
			500,
		);
	});

	it('subtract and intersect minute by minute', () => {
		checkProperty(
			'subtract and intersect',
			fc.property(ranges, ranges, (a, b) => {
				const left = subtractRanges(a, b);
				const both = intersectRanges(a, b);
				for (const minute of MINUTES) {
					expect(inside(left, minute)).toBe(inside(a, minute) && !inside(b, minute));
					expect(inside(both, minute)).toBe(inside(a, minute) && inside(b, minute));
				}
			}),
			500,
		);
	});

	it('count heads minute by minute', () => {
		const loads = fc.array(fc.record({ start: fc.integer({ min: 0, max: 60 }), end: fc.integer({ min: 0, max: 60 }), heads: fc.integer({ min: 1, max: 3 }) }));
		checkProperty(
			'heads',
			fc.property(loads, fc.integer({ min: 0, max: 5 }), (list, limit) => {
				const above = rangesAbove(list, limit);
				for (const minute of MINUTES) {
					const heads = list.filter((load) => load.start <= minute && minute < load.end).reduce((sum, load) => sum + load.heads, 0);
					expect(inside(above, minute)).toBe(heads > limit);
				}
			}),
			500,
		);
	});

	it('cover a range only in one piece', () => {
		const open = mergeRanges([{ start: 0, end: 10 }, { start: 11, end: 20 }]);
		expect(covers(open, { start: 2, end: 10 })).toBe(true);
		expect(covers(open, { start: 2, end: 12 })).toBe(false);
	});
});
