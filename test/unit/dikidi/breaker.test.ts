import { Breaker } from '../../../core/crm/dikidi';
import { createClock } from '../../contract/simulators/kit';

const HOUR = 3_600_000;

describe('the breaker of the page', () => {
	const clock = createClock('2026-11-20T09:00:00Z');
	let breaker: Breaker;
	beforeEach(() => {
		breaker = new Breaker(clock.now);
	});
	const record = (...ends: readonly ('fine' | 'failed' | 'blocked')[]): void => ends.forEach((end) => breaker.record(end));

	it('opens after three failures in a row, or one page for people', () => {
		record('failed', 'failed', 'fine', 'failed', 'failed');
		expect(breaker.state()).toEqual({ kind: 'closed', failures: 2 });
		record('failed');
		expect(breaker.state()).toEqual({ kind: 'open', cause: 'failures', until: clock.now() + HOUR });
		expect(breaker.admit()).toBe(false);
		breaker = new Breaker(clock.now);
		record('blocked');
		expect(breaker.state()).toMatchObject({ kind: 'open', cause: 'blocked' });
	});

	it('lets one probe through after the pause, whose end decides', () => {
		record('blocked');
		clock.advance(HOUR - 1);
		expect(breaker.admit()).toBe(false);
		clock.advance(1);
		expect(breaker.state().kind).toBe('half-open');
		expect([breaker.admit(), breaker.admit()]).toEqual([true, false]);
		record('failed');
		expect(breaker.state()).toEqual({ kind: 'open', cause: 'failures', until: clock.now() + HOUR });
		clock.advance(HOUR);
		expect(breaker.admit()).toBe(true);
		record('fine');
		expect(breaker.state()).toEqual({ kind: 'closed', failures: 0 });
		expect(breaker.admit()).toBe(true);
	});

	it('takes a probe that never ended for none', () => {
		record('blocked');
		clock.advance(HOUR);
		expect(breaker.admit()).toBe(true);
		clock.advance(59_999);
		expect(breaker.admit()).toBe(false);
		clock.advance(1);
		expect(breaker.admit()).toBe(true);
	});

	it('is not closed by an answer to a question asked before it opened', () => {
		record('blocked', 'fine');
		expect(breaker.state().kind).toBe('open');
	});
});
