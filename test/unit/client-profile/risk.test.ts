import { createRiskCounter, createRiskScore, type Risk } from '../../../core/profile';
import type { PastVisit } from '../../../core/store/copied';
import { ZONE } from './visits';

const START = Date.parse('2025-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const TRAINED_DAYS = 360;
const TESTED_DAYS = 60;
const NOW = new Date(START + TRAINED_DAYS * DAY_MS).toISOString();

/** Mulberry32. */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

interface Drawn extends PastVisit {
	readonly missed: boolean;
}

/**
 * A salon of made-up clients. Each misses visits by a leaning of their own; long notice, a first visit, an early hour and
 * Monday add to it. The score never sees the leanings or the weights.
 */
function salonOf(seed: number): readonly Drawn[] {
	const random = randomOf(seed);
	const leanings = Array.from({ length: 700 }, () => -3.1 + 1.1 * (random() + random() + random() - 1.5) * 2);
	const came = new Set<number>();
	const visits: Drawn[] = [];
	for (let day = 0; day < TRAINED_DAYS + TESTED_DAYS; day++) {
		for (let at = 0; at < 14; at++) {
			const client = Math.floor(random() ** 1.5 * leanings.length);
			const hour = 9 + Math.floor(random() * 11);
			const leadDays = random() < 0.3 ? random() : random() ** 2 * 28;
			const startMs = START + day * DAY_MS + (hour - 3) * 3_600_000;
			const isMonday = new Date(startMs).getUTCDay() === 1;
			const logit = (leanings[client] ?? -3) + Math.min(1.6, leadDays * 0.09) + (came.has(client) ? 0 : 0.7) + (hour < 11 ? 0.5 : 0) + (isMonday ? 0.4 : 0);
			const missed = random() < 1 / (1 + Math.exp(-logit));
			came.add(client);
			visits.push({
				id: `${day}-${at}`, visitId: `${day}-${at}`, clientId: `c${client}`, start: new Date(startMs).toISOString(), end: new Date(startMs + 3_600_000).toISOString(), status: missed ? 'no_show' : 'arrived',
				createdAt: new Date(startMs - leadDays * DAY_MS).toISOString(), changedAt: null, missed,
			});
		}
	}
	return visits.sort((a, b) => (a.start < b.start ? -1 : 1));
}

interface Forecast {
	readonly probability: number;
	readonly missed: boolean;
}

/** Mean squared error of the probabilities. */
function brier(forecasts: readonly Forecast[]): number {
	return forecasts.reduce((sum, { probability, missed }) => sum + (probability - Number(missed)) ** 2, 0) / forecasts.length;
}

/** How often a missed visit is placed above a kept one; ties count half. */
function auc(forecasts: readonly Forecast[]): number {
	const [missed, kept] = [true, false].map((one) => forecasts.filter((forecast) => forecast.missed === one));
	let wins = 0;
	for (const one of missed ?? []) for (const other of kept ?? []) wins += one.probability > other.probability ? 1 : one.probability === other.probability ? 0.5 : 0;
	return wins / ((missed?.length ?? 0) * (kept?.length ?? 0));
}

function trained(visits: readonly PastVisit[], now = NOW): (visit: Pick<PastVisit, 'clientId' | 'start' | 'createdAt'>) => Risk {
	const counter = createRiskCounter(ZONE, now);
	for (const visit of visits) counter.add(visit);
	return createRiskScore(counter.done(), ZONE);
}

describe('the risk of a no-show on made-up salons', () => {
	// Mutants: a factor that says nothing, odds turned round, no smoothing.
	it('beats the base rate and the own rate of the client in Brier score and AUC, on every seed', () => {
		const lines: string[] = [];
		for (const seed of [1, 2, 3, 4, 5]) {
			const visits = salonOf(seed);
			const past = visits.filter(({ start }) => start < NOW);
			const ahead = visits.filter(({ start }) => start >= NOW);
			const base = past.filter(({ missed }) => missed).length / past.length;
			const own = new Map<string | null, { missed: number; visits: number }>();
			for (const { clientId, missed } of past) {
				const known = own.get(clientId) ?? { missed: 0, visits: 0 };
				own.set(clientId, { missed: known.missed + Number(missed), visits: known.visits + 1 });
			}
			const ownRate = (clientId: string | null): number => ((own.get(clientId)?.missed ?? 0) + base * 4) / ((own.get(clientId)?.visits ?? 0) + 4);
			const score = trained(past);
			const byScore = ahead.map((visit) => ({ probability: score(visit).probability, missed: visit.missed }));
			const byBase = ahead.map(({ missed }) => ({ probability: base, missed }));
			const byOwn = ahead.map(({ clientId, missed }) => ({ probability: ownRate(clientId), missed }));
			lines.push(`seed ${seed}: ${ahead.length} visits, base rate ${base.toFixed(3)}; Brier score ${brier(byScore).toFixed(4)} / own rate ${brier(byOwn).toFixed(4)} / base ${brier(byBase).toFixed(4)}; AUC ${auc(byScore).toFixed(3)} / ${auc(byOwn).toFixed(3)} / 0.500`);
			expect(brier(byScore)).toBeLessThan(brier(byOwn));
			expect(brier(byScore)).toBeLessThan(brier(byBase));
			expect(auc(byScore)).toBeGreaterThan(auc(byOwn) + 0.03);
			// what it says is what happens
			const mean = byScore.reduce((sum, { probability }) => sum + probability, 0) / byScore.length;
			expect(Math.abs(mean - byScore.filter(({ missed }) => missed).length / byScore.length)).toBeLessThan(0.03);
		}
		console.info(lines.join('\n'));
	});
});

describe('the score', () => {
	const visit = (clientId: string, start: string, patch: Partial<PastVisit> = {}): PastVisit => ({ id: start, visitId: start, clientId, start, end: start, status: 'arrived', createdAt: null, changedAt: null, ...patch });
	const upcoming = { clientId: 'a', start: '2025-12-30T09:00:00.000Z', createdAt: null };

	it('knows a rate without any past, and says that nothing speaks for or against', () => {
		expect(trained([])(upcoming)).toEqual({ probability: 0.08, level: 'low', salonRate: 0.08, reasons: [] });
	});

	it('tells its reasons with what they are read from, the strongest first', () => {
		const past = Array.from({ length: 200 }, (_, index) => visit(`x${index}`, new Date(START + index * DAY_MS).toISOString()));
		const misses = [300, 310, 320].map((day) => visit('a', new Date(START + day * DAY_MS).toISOString(), { status: 'no_show' }));
		const risk = trained([...past, ...misses])(upcoming);
		expect(risk.reasons[0]).toMatchObject({ factor: 'ownHistory', group: 'missed 3 of 3', missed: 3, visits: 3 });
		expect(risk.reasons[0]?.odds).toBeGreaterThan(5);
		expect(risk.level).not.toBe('low');
	});

	it('reads the record of a visit as it was before it, and leaves out what is ahead, cancelled or unknown', () => {
		const counter = createRiskCounter(ZONE, NOW);
		counter.add(visit('a', '2025-03-01T09:00:00.000Z', { status: 'cancelled', changedAt: '2025-03-01T06:00:00.000Z' }));
		counter.add(visit('a', '2025-04-01T09:00:00.000Z'));
		counter.add(visit('a', '2025-05-01T09:00:00.000Z', { status: 'no_show' }));
		counter.add(visit('a', '2026-05-01T09:00:00.000Z', { status: 'booked' }));
		const { all, groups, records } = counter.done();
		expect(all).toEqual({ visits: 2, missed: 1 });
		expect(groups.firstVisit).toEqual(new Map([['first visit', { visits: 1, missed: 0 }], ['has come before', { visits: 1, missed: 1 }]]));
		expect(groups.lateCancellations).toEqual(new Map([['one before', { visits: 2, missed: 1 }]]));
		expect(groups.leadTime.size).toBe(0);
		expect(records.get('a')).toEqual({ kept: 1, missed: 1, lateCancels: 1 });
	});

	// Mutants: records counted, the last record deciding, a part called off late taken for a late cancellation, one id for two clients.
	it('counts a coming of several records once, by what was kept of it, and each client’s own', () => {
		const counter = createRiskCounter(ZONE, NOW);
		const records = (clientId: string, visitId: string, day: string, ...parts: readonly Partial<PastVisit>[]): void => {
			for (const [index, part] of parts.entries()) counter.add({ ...visit(clientId, `${day}T1${index}:00:00.000Z`), id: `${visitId} ${index}`, visitId, createdAt: `${day}T00:00:00.000Z`, ...part });
		};
		const missed = { status: 'no_show' } as const;
		const off = { status: 'cancelled', changedAt: '2025-03-01T06:00:00.000Z' } as const;
		records('a', 'off', '2025-03-01', off, off);
		records('a', 'missed', '2025-04-01', missed, missed, missed);
		records('b', 'shared', '2025-04-02', {});
		records('a', 'shared', '2025-04-02', missed);
		records('a', 'mixed', '2025-05-01', missed, {}, { ...off, changedAt: '2025-05-01T06:00:00.000Z' });
		const { all, groups, records: known } = counter.done();
		expect(all).toEqual({ visits: 4, missed: 2 });
		expect(known.get('a')).toEqual({ kept: 1, missed: 2, lateCancels: 1 });
		expect(known.get('b')).toEqual({ kept: 1, missed: 0, lateCancels: 0 });
		expect(groups.firstVisit).toEqual(new Map([['first visit', { visits: 2, missed: 1 }], ['has come before', { visits: 2, missed: 1 }]]));
		expect(groups.leadTime).toEqual(new Map([['under a day', { visits: 4, missed: 2 }]]));
	});

	it('does not count a coming of which a part is ahead, nor one called off that was to begin later', () => {
		const counter = createRiskCounter(ZONE, NOW);
		const around = (minutes: number, patch: Partial<PastVisit>): void => {
			const start = new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
			counter.add(visit('a', start, { end: new Date(Date.parse(start) + 3_600_000).toISOString(), changedAt: NOW, ...patch }));
		};
		around(-120, { visitId: 'today', status: 'cancelled' });
		around(-90, { visitId: 'today', status: 'no_show' });
		around(30, { visitId: 'today', status: 'booked' });
		around(60, { status: 'cancelled' });
		around(-30, { visitId: 'going on', status: 'booked' });
		const { all, records } = counter.done();
		expect([all, records.get('a')]).toEqual([{ visits: 0, missed: 0 }, undefined]);
	});
});
