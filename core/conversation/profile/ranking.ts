import type { Slot, Zone } from '../../booking';
import type { OfferChoice } from '../../calendar';
import { partOf } from '../../language/when';
import type { ClientProfile } from '../context';
import { localIso, wallTimeOf } from '../local-time';

/** What the client has chosen in words: habits then say nothing on it. */
export interface ExplicitChoice {
	readonly staff: boolean;
	readonly time: boolean;
}

/** How little a slot fits the client's habits, 0 the best. Compares only slots that are otherwise equal. */
export type Preference = (slot: Pick<Slot, 'staffId' | 'start'>) => number;

const NO_PREFERENCE: Preference = () => 0;

/**
 * The client's habits as an order of slots: the favourite person first, then the usual part of the day (wall time in
 * `zone`). What the client has chosen is left out; without a profile all slots are equal. Pure.
 */
export function preferenceOf(profile: ClientProfile | null, chosen: ExplicitChoice, zone: Zone): Preference {
	if (profile === null) return NO_PREFERENCE;
	const { favouriteStaffIds, usualPart } = profile;
	const staffRank = (id: string): number => (chosen.staff ? 0 : rankIn(favouriteStaffIds, id));
	const partRank = (start: string): number => (chosen.time || usualPart === null || partOf(wallTimeOf(localIso(start, zone))) === usualPart ? 0 : 1);
	return ({ staffId, start }) => 2 * staffRank(staffId) + partRank(start);
}

/** Offers of the ladder with those of equal rung and score in the client's order. The same offers, none added or lost. */
export function rankOffers(offers: readonly OfferChoice[], preference: Preference): readonly OfferChoice[] {
	return rankedWithin(offers, (offer) => `${offer.rung} ${offer.score}`, ({ slot }) => preference(slot));
}

/** Slots with those of equal start in the client's order: the clock still decides between different starts. */
export function rankSlots(slots: readonly Slot[], preference: Preference): readonly Slot[] {
	return rankedWithin(slots, ({ start }) => String(Date.parse(start)), preference);
}

/**
 * Options of a question with the client's favourites first and the rest in their order. `chosenIds` are options that the
 * client named: they stay before everything, in the order given. The same options, none added or lost.
 */
export function rankOptions<T extends { readonly id: string }>(
	options: readonly T[],
	favouriteIds: readonly string[],
	chosenIds: readonly string[] = [],
): readonly T[] {
	const rank = ({ id }: T): number => (chosenIds.includes(id) ? -1 : rankIn(favouriteIds, id));
	return [...options].sort((a, b) => rank(a) - rank(b));
}

function rankIn(ids: readonly string[], id: string): number {
	const at = ids.indexOf(id);
	return at < 0 ? ids.length : at;
}

/** Sorts only inside runs of neighbours with one key, so that no item passes another that is not its equal. */
function rankedWithin<T>(items: readonly T[], keyOf: (item: T) => string, rankOf: (item: T) => number): readonly T[] {
	const runs: { key: string; items: T[] }[] = [];
	for (const item of items) {
		const key = keyOf(item);
		const last = runs.at(-1);
		if (last?.key === key) last.items.push(item);
		else runs.push({ key, items: [item] });
	}
	return runs.flatMap((run) => run.items.sort((a, b) => rankOf(a) - rankOf(b)));
}
