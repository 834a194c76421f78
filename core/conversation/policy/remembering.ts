import type { RememberedFact } from '../context';
import { acceptProposed, factsAfterBooking } from '../memory';
import type { TurnWork } from '../work';

const MOST_PROPOSALS = 4;

/** Keeps what a model proposed until a visit is booked: a client who only asked is not remembered. */
export function propose(work: TurnWork, facts: readonly RememberedFact[]): void {
	if (facts.length > 0) work.set({ proposals: [...work.state.proposals, ...facts].slice(-MOST_PROPOSALS) });
}

/** After a visit is booked: what it tells of the client, and those proposals that pass. A database that fails costs the memory only. */
export async function rememberBooked(work: TurnWork): Promise<void> {
	const { booked, state, tools, catalogue, now } = work;
	if (booked === null) return;
	const { settings, lore } = tools;
	const { lang } = state;
	const derived = factsAfterBooking({ ...booked, guestText: null, catalogue, lang, now });
	const proposed = acceptProposed(state.proposals, { allowHealth: lore.allowHealth, catalogue, lang, phoneCountry: settings.phoneCountry, now });
	const facts = [...derived, ...proposed.facts];
	work.set({ proposals: [] });
	if (facts.length + proposed.rejected.length === 0) return;
	try {
		await lore.remember(state.client, work.turn.chat, facts, now);
		work.log('remembered', { keys: facts.map(({ key }) => key), rejected: proposed.rejected.map(({ why }) => why) });
	} catch {
		work.log('memory_unwritten');
	}
}
