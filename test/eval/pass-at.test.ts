import { meanPassPower, passPower, percentile } from './pass-at';

describe('pass^k', () => {
	it.each([
		[4, 4, 1, 1], [4, 4, 4, 1], [3, 4, 1, 0.75], [3, 4, 4, 0], [3, 4, 2, 0.5], [2, 4, 2, 1 / 6], [0, 4, 1, 0],
	])('of %i successes in %i trials for k = %i is %d', (successes, trials, k, chance) => {
		expect(passPower(successes, trials, k)).toBeCloseTo(chance, 10);
	});

	it('is a mean over tasks, not over trials', () => {
		expect(meanPassPower([4, 0], 4, 4)).toBe(0.5);
		expect(meanPassPower([2, 2], 4, 4)).toBe(0);
		expect(meanPassPower([], 4, 1)).toBe(0);
	});

	it('refuses more trials than were made', () => {
		expect(() => passPower(1, 2, 3)).toThrow(RangeError);
		expect(() => passPower(3, 2, 1)).toThrow(RangeError);
	});

	it('takes percentiles of what was measured', () => {
		expect(percentile([], 0.95)).toBeNull();
		expect(percentile([5, 1, 3], 0.5)).toBe(3);
		expect(percentile(Array.from({ length: 100 }, (_unused, index) => index), 0.95)).toBe(95);
	});
});
