import { createRandom } from '../../../contract/simulators/kit';
import { Bucket, type Pace } from '../../../../core/whatsapp/outbound/buckets';
import { typingMs } from '../../../../core/whatsapp/outbound/typing';

const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);
const ROUNDS = 300;

describe(`a token bucket in virtual time (TEST_SEED=${SEED})`, () => {
	const random = createRandom(SEED);

	/** Instants at which messages left that came at random instants, each as soon as the bucket let it. */
	function departures(pace: Pace, arrivals: readonly number[]): readonly number[] {
		const bucket = new Bucket();
		let now = 0;
		return arrivals.map((arrival) => {
			now = Math.max(now, arrival);
			now += bucket.wait(pace, now);
			bucket.take(pace, now);
			return now;
		});
	}

	it('never lets through more than its burst and its rate, in any window, and loses nothing', () => {
		for (let round = 0; round < ROUNDS; round += 1) {
			const pace: Pace = { everyMs: random.integer(1, 3000), burst: random.integer(1, 8) };
			let at = random.integer(0, 1_700_000_000_000);
			const arrivals = Array.from({ length: 40 }, () => (at += random.integer(0, 2 * pace.everyMs)));
			const left = departures(pace, arrivals);
			expect(left).toHaveLength(arrivals.length);
			const tooMany = left.flatMap((end, to) => left.slice(0, to).filter((begin, from) => end - begin < (to - from + 1 - pace.burst) * pace.everyMs));
			expect(tooMany).toEqual([]);
		}
	});

	it('holds nobody longer than needed', () => {
		for (let round = 0; round < ROUNDS; round += 1) {
			const pace: Pace = { everyMs: random.integer(1, 3000), burst: random.integer(1, 8) };
			const left = departures(pace, Array.from({ length: 30 }, () => 5000));
			expect(left.slice(0, pace.burst)).toEqual(Array.from({ length: pace.burst }, () => 5000));
			expect(left.at(-1)).toBe(5000 + (30 - pace.burst) * pace.everyMs);
		}
	});

	it('is not blocked by a clock that was put back, nor by another pace', () => {
		const bucket = new Bucket();
		for (let taken = 0; taken < 3; taken += 1) bucket.take({ everyMs: 1000, burst: 3 }, 10_000_000);
		expect(bucket.wait({ everyMs: 1000, burst: 3 }, 5_000)).toBeLessThanOrEqual(1000);
		expect(bucket.wait({ everyMs: 0, burst: 1 }, 10_000_000)).toBe(0);
		expect(bucket.isFull(10_003_000)).toBe(true);
		expect(bucket.isFull(10_002_999)).toBe(false);
	});

	it('counts what was sent before a restart', () => {
		const pace: Pace = { everyMs: 3000, burst: 5 };
		const bucket = new Bucket();
		for (const sentAt of [1000, 1100, 1200, 1300, 1400]) bucket.take(pace, sentAt);
		expect(bucket.wait(pace, 2000)).toBe(2000);
		expect(bucket.wait(pace, 60_000)).toBe(0);
	});
});

describe('how long somebody types', () => {
	it('grows with the text, between one and six seconds, and is never the same', () => {
		const random = createRandom(SEED);
		for (let round = 0; round < ROUNDS; round += 1) {
			const characters = random.integer(0, 1000);
			const ms = typingMs(characters, () => random.integer(0, 999) / 1000);
			expect(ms).toBeGreaterThanOrEqual(Math.min(6000, Math.max(1000, characters * 30)));
			expect(ms).toBeLessThanOrEqual(Math.max(1000, Math.min(6000, characters * 60)));
		}
		expect(typingMs(80, () => 0)).toBe(2400);
		expect(typingMs(80, () => 0.5)).toBe(3600);
	});
});
