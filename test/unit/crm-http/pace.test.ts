import * as fc from 'fast-check';
import { FRESH_PACE, type Pace, type PaceLane, refuse, take } from '../../../core/store/limiter/pace';

const WINDOWS = [{ requests: 5, perMs: 1000 }, { requests: 200, perMs: 60_000 }];
const NOW = 1_000_000;

/** Takes as often as it may at these moments; the moments that were granted. */
function grants(lane: PaceLane, moments: readonly number[], from: Pace = FRESH_PACE): { readonly pace: Pace; readonly at: readonly number[] } {
	let pace = from;
	const at: number[] = [];
	for (const now of moments) {
		const taken = take(pace, WINDOWS, lane, now);
		pace = taken.pace;
		if (taken.grant.kind === 'granted') at.push(now);
	}
	return { pace, at };
}

const every = (ms: number, count: number, from = NOW): number[] => Array.from({ length: count }, (_, index) => from + index * ms);

/** A dialogue asked at this moment. */
const talking = (askedAt: number): Pace => ({ ...FRESH_PACE, askedAt });

describe('the pace of a limit', () => {
	it('keeps to four fifths of each window', () => {
		expect(grants('dialogue', every(0, 20)).at).toHaveLength(4);
		expect(grants('dialogue', every(100, 600)).at).toHaveLength(160);
	});

	it('never lets a window hold more than its share, whatever the moments', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 400 }), fc.array(fc.constantFrom<PaceLane>('dialogue', 'full', 'backfill'), { minLength: 1, maxLength: 5 }), (gaps, lanes) => {
				let [pace, now] = [FRESH_PACE, NOW];
				const granted: number[] = [];
				gaps.forEach((gap, index) => {
					now += gap;
					const taken = take(pace, WINDOWS, lanes[index % lanes.length] ?? 'full', now);
					pace = taken.pace;
					if (taken.grant.kind === 'granted') granted.push(now);
					else expect(taken.grant.ms).toBeGreaterThan(0);
				});
				for (const at of granted) {
					expect(granted.filter((other) => other > at - 1000 && other <= at).length).toBeLessThanOrEqual(4);
					expect(granted.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(160);
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('names a wait after which there is room', () => {
		const full = grants('dialogue', every(10, 4)).pace;
		const refused = take(full, WINDOWS, 'dialogue', NOW + 40).grant;
		if (refused.kind !== 'wait') throw new Error('granted');
		expect(take(full, WINDOWS, 'dialogue', NOW + 40 + refused.ms - 1).grant.kind).toBe('wait');
		expect(take(full, WINDOWS, 'dialogue', NOW + 40 + refused.ms).grant.kind).toBe('granted');
	});

	it('keeps a reserve for dialogues that the other lanes cannot touch', () => {
		const busy = grants('full', every(100, 600), talking(NOW));
		expect(busy.at).toHaveLength(96);
		const end = NOW + 59_950;
		expect(take({ ...busy.pace, askedAt: end - 1000 }, WINDOWS, 'full', end).grant.kind).toBe('wait');
		expect(grants('dialogue', every(250, 40, NOW + 50_000), busy.pace).at.length).toBeGreaterThan(20);
		expect(grants('backfill', every(100, 600), talking(NOW)).at).toHaveLength(80);
	});

	it('lends most of the reserve while no dialogue asks, evenly, and never all of it', () => {
		const lent = grants('full', every(50, 1200));
		expect(lent.at).toHaveLength(144);
		for (const at of lent.at) expect(lent.at.filter((other) => other > at - 1000 && other <= at).length).toBeLessThanOrEqual(4);
		// in the middle of what is left of the minute a dialogue finds what is never lent
		expect(grants('dialogue', every(250, 60, NOW + 42_000), lent.pace).at).toHaveLength(16);
		expect(grants('backfill', every(50, 1200)).at).toHaveLength(80);
	});

	it('gives the reserve back to the first dialogue that asks, and lends it again after a minute', () => {
		const lent = grants('full', every(50, 1200));
		const asked = grants('dialogue', [NOW + 61_000], lent.pace).pace;
		// a hundred and more of the last minute are the background's: it has none left until they are below its usual share
		const left = asked.background.filter((at) => at > NOW + 1500).length;
		expect(left).toBeGreaterThan(96);
		expect(take(asked, WINDOWS, 'full', NOW + 61_500).grant.kind).toBe('wait');
		expect(grants('full', every(50, 1100, NOW + 62_000), asked).at.length).toBeLessThanOrEqual(96);
		expect(grants('full', every(50, 1200, NOW + 121_000), asked).at).toHaveLength(144);
	});

	it('lets a dialogue that was told to wait come before everybody else', () => {
		const crowded = { ...FRESH_PACE, background: every(200, 4), askedAt: NOW };
		const told = take(crowded, WINDOWS, 'dialogue', NOW + 700);
		expect(told.grant).toEqual({ kind: 'wait', ms: 300 });
		expect(take(told.pace, WINDOWS, 'full', NOW + 1000).grant.kind).toBe('wait');
		expect(take(told.pace, WINDOWS, 'dialogue', NOW + 1000).grant.kind).toBe('granted');
		// one who never came back holds nobody up for long
		expect(take(told.pace, WINDOWS, 'full', NOW + 2000).grant.kind).toBe('granted');
	});

	it('is not held up by a dialogue of a clock that runs ahead', () => {
		expect(take({ ...FRESH_PACE, askedAt: NOW + 3_600_000 }, WINDOWS, 'full', NOW).grant.kind).toBe('granted');
	});

	it('keeps to what is published when requests come up to a quarter of a second late', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 250 }), fc.constantFrom<PaceLane>('dialogue', 'full', 'incremental')), { minLength: 50, maxLength: 500 }), (asked) => {
				let [pace, now] = [FRESH_PACE, NOW];
				const came: number[] = [];
				for (const [gap, late, lane] of asked) {
					now += gap;
					const taken = take(pace, WINDOWS, lane, now);
					pace = taken.pace;
					if (taken.grant.kind === 'granted') came.push(now + late);
				}
				for (const { requests, perMs } of WINDOWS) for (const at of came) expect(came.filter((other) => other > at - perMs && other <= at).length).toBeLessThanOrEqual(requests);
			}),
			{ numRuns: 60 },
		);
	});

	it('halves with a refusal, waits, and recovers a twentieth a minute', () => {
		const slow = refuse(FRESH_PACE, NOW - 10, null, NOW);
		expect(slow.permille).toBe(500);
		expect(take(slow, WINDOWS, 'dialogue', NOW + 999).grant).toEqual({ kind: 'wait', ms: 1 });
		expect(grants('dialogue', every(0, 9, NOW + 1000), slow).at).toHaveLength(2);
		expect(grants('dialogue', every(0, 9, NOW + 5 * 60_000), slow).at).toHaveLength(3);
		expect(grants('dialogue', every(0, 9, NOW + 10 * 60_000), slow).at).toHaveLength(4);
	});

	it('waits longer with every refusal in a row, up to half a minute, and as long as the vendor says', () => {
		let [pace, now] = [FRESH_PACE, NOW];
		const pauses: number[] = [];
		for (let index = 0; index < 7; index += 1) {
			now = Math.max(now + 1, pace.closedUntil);
			pace = refuse(pace, now, null, now);
			pauses.push(pace.closedUntil - now);
		}
		expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
		expect(pace.permille).toBeGreaterThanOrEqual(50);
		expect(refuse(FRESH_PACE, NOW, 7000, NOW).closedUntil).toBe(NOW + 7000);
		expect(take(grants('dialogue', [NOW + 60_000], pace).pace, WINDOWS, 'dialogue', now + 600_000).grant.kind).toBe('granted');
	});

	it('counts the refusals of one storm once', () => {
		const first = refuse(FRESH_PACE, NOW - 50, null, NOW);
		const same = refuse(first, NOW - 20, null, NOW + 30);
		expect({ permille: same.permille, refusals: same.refusals }).toEqual({ permille: 500, refusals: 1 });
		expect(refuse(same, NOW + 2000, null, NOW + 2100)).toMatchObject({ permille: 250, refusals: 2 });
	});

	it('counts a request of a clock that runs ahead as one of now', () => {
		const ahead: Pace = { ...FRESH_PACE, dialogue: every(0, 4, NOW + 30_000) };
		const { grant } = take(ahead, WINDOWS, 'dialogue', NOW);
		expect(grant).toEqual({ kind: 'wait', ms: 1000 });
	});
});
