import type { Instant } from '../booking';

/** Rules of what counts as a favourite. */
export interface FavouriteRules {
	/** After so many days a visit weighs half. */
	readonly halfLifeDays: number;
	/** Fewer visits make no favourite. */
	readonly fewestVisits: number;
	/** Least part of all weight. */
	readonly leastShare: number;
}

export const FAVOURITE_RULES: FavouriteRules = { halfLifeDays: 180, fewestVisits: 2, leastShare: 0.25 };

export interface Favourite {
	readonly id: string;
	/** Visits that had it. */
	readonly visits: number;
	/** Part of all visits by weight, 0 to 1: recent ones weigh more. */
	readonly share: number;
}

const DAY_MS = 86_400_000;

/**
 * What the visits have in common, the weightiest first; empty where nothing reaches the threshold. Pure. `visits` are
 * those that took place, each with what it is asked for.
 */
export function favouritesOf(visits: readonly { readonly start: Instant; readonly ids: readonly string[] }[], now: Instant, rules: FavouriteRules = FAVOURITE_RULES): readonly Favourite[] {
	const found = new Map<string, { visits: number; weight: number }>();
	let all = 0;
	for (const { start, ids } of visits) {
		const weight = 0.5 ** (Math.max(0, Date.parse(now) - Date.parse(start)) / DAY_MS / rules.halfLifeDays);
		all += weight;
		for (const id of new Set(ids)) {
			const known = found.get(id) ?? { visits: 0, weight: 0 };
			found.set(id, { visits: known.visits + 1, weight: known.weight + weight });
		}
	}
	return [...found]
		.map(([id, one]) => ({ id, visits: one.visits, share: all === 0 ? 0 : Math.round((one.weight / all) * 1000) / 1000 }))
		.filter(({ visits: count, share }) => count >= rules.fewestVisits && share >= rules.leastShare)
		.sort((a, b) => b.share - a.share || b.visits - a.visits || (a.id < b.id ? -1 : 1));
}
