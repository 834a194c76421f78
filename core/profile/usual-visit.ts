import type { Instant, Phone } from '../booking';
import { endOf, recentVisitsByPhone, type RecentVisit } from '../store/copied';
import type { Store } from '../store';

/** What a client usually comes for. Ids are the CRM's own. */
export interface UsualVisit {
	readonly clientId: string;
	readonly serviceIds: readonly string[];
	/** Null where the client goes to different people for it. */
	readonly staffId: string | null;
	/** Visits it is read from. */
	readonly visits: number;
}

/** Visits a habit is read from, and how many of them must be alike. */
const RECENT = 8;
const FEWEST = 2;
const LEAST_SHARE = 0.5;

/** Whose habits are asked for. */
export interface HabitQuery {
	/** A phone the channel vouches for. */
	readonly phone: Phone;
	/** The card the client is known to be; null while that is open. */
	readonly clientId: string | null;
	/** UTC. */
	readonly now: Instant;
}

/** Habits of the clients of every salon in the store, one read each. Errors of the database are thrown. */
export function createHabits(store: Pick<Store, 'db'>): { usualVisit(tenant: string, query: HabitQuery): Promise<UsualVisit | null> } {
	return {
		usualVisit: async (tenant, { phone, clientId, now }) => usualVisitOf((await recentVisitsByPhone(store, tenant, phone)).filter((visit) => clientId === null || visit.clientId === clientId), { now, chosen: clientId !== null }),
	};
}

/**
 * The services that most of the last eight visits had, and who did them. Null for a client who is barred or asked for no
 * messages, while several people share the phone, with a visit ahead, and without a habit. `visits` newest first. Pure.
 */
export function usualVisitOf(visits: readonly RecentVisit[], { now, chosen }: { readonly now: Instant; readonly chosen: boolean }): UsualVisit | null {
	const at = new Date(now).toISOString();
	const [first] = visits;
	if (first === undefined || visits.some(({ barred }) => barred) || (!chosen && first.cards > 1)) return null;
	if (visits.some((visit) => endOf(visit, at) === 'ahead')) return null;
	const kept = visits.filter((visit) => endOf(visit, at) === 'kept' && visit.serviceIds.length > 0).slice(0, RECENT);
	const services = commonest(kept.map(keyOf));
	if (services === null) return null;
	const alike = kept.filter((visit) => keyOf(visit) === services);
	return { clientId: first.clientId, serviceIds: alike[0]?.serviceIds ?? [], staffId: commonest(alike.map(({ staffId }) => staffId)), visits: alike.length };
}

function keyOf({ serviceIds }: RecentVisit): string {
	return JSON.stringify([...new Set(serviceIds)].sort());
}

/** The value at least half of these share, from two on; of two as common the one that came first, which is the newer. */
function commonest<T extends string | null>(values: readonly T[]): T | null {
	const counts = new Map<T, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	const [[value, count] = [null, 0]] = [...counts].sort(([, a], [, b]) => b - a);
	return count >= FEWEST && count >= values.length * LEAST_SHARE ? value : null;
}
