import type { Client } from '../../booking';
import { cleanPersonName } from '../../language/personname';
import { ownCards } from '../own-visits';
import type { TurnWork } from '../work';
import { slotValue } from './words';

/**
 * Makes sure a visit has its client: the phone the channel vouches for, or name and phone given for this visit. The
 * card of a phone nobody vouches for is never shown.
 */
export async function knowClient(work: TurnWork): Promise<'known' | 'asked' | 'unavailable'> {
	if (work.state.client.phoneVerified) return knowVerified(work);
	const { name, phone } = work.state.client;
	if (phone !== null && name !== null) return 'known';
	if (phone === null && name === null) {
		work.say('ask_name_phone', {});
		work.set({ phase: 'collecting', question: { kind: 'name_phone' } });
	} else if (phone === null) {
		work.say('ask_phone', { why: 'missing' });
		work.set({ phase: 'collecting', question: { kind: 'phone' } });
	} else askName(work);
	return 'asked';
}

function askName(work: TurnWork): void {
	work.say('ask_name', {});
	work.set({ phase: 'collecting', question: { kind: 'name' } });
}

async function knowVerified(work: TurnWork): Promise<'known' | 'asked' | 'unavailable'> {
	const { client } = work.state;
	if (client.clientId !== null) return 'known';
	const cards = await ownCards(work.own);
	if (cards === null) {
		work.say('crm_unavailable', {});
		return 'unavailable';
	}
	const open = cards.filter((card) => !card.blocked);
	const [only] = open;
	if (open.length > 1) {
		const named = client.name === null ? undefined : open.find((card) => sameName(card.name, client.name?.value));
		if (named !== undefined) {
			takeCard(work, named);
			return 'known';
		}
		work.say('ask_client_choice', { names: open.map((card) => cleanPersonName(card.name ?? '') ?? '').filter((name) => name !== '') });
		work.set({ phase: 'collecting', question: { kind: 'client_choice', options: open.map((card) => card.id) } });
		return 'asked';
	}
	if (only !== undefined) {
		takeCard(work, only);
		return 'known';
	}
	if (client.name !== null) return 'known';
	askName(work);
	return 'asked';
}

function sameName(card: string | null, said: string | undefined): boolean {
	return card !== null && said !== undefined && card.toLowerCase().startsWith(said.toLowerCase());
}

/** Uses a card of the verified phone for this client. */
function takeCard(work: TurnWork, card: Client): void {
	const cardName = card.name === null ? null : cleanPersonName(card.name);
	const name = work.state.client.name ?? (cardName === null ? null : slotValue(work, cardName, 'crm'));
	work.set({ client: { ...work.state.client, clientId: card.id, name } });
}
