import { type FamilyOptions, type FamilySimulator, startFamily } from '../amocrm/family';
import { KOMMO } from '../amocrm/brand';
import { type ChatSender, createChatSender } from './chats';

export { FAMILY_SWITCHES as KOMMO_SWITCHES } from '../amocrm/switches';

/** A running Kommo account with its chats. */
export interface KommoSimulator extends FamilySimulator {
	readonly chats: ChatSender;
}

/** Starts a Kommo account: English words, dollars, New York time, incoming stage, bots. */
export async function startKommo(options: FamilyOptions = {}): Promise<KommoSimulator> {
	const family = await startFamily(KOMMO, { zone: 'America/New_York', country: 'US', currency: 'USD' }, options);
	return { ...family, chats: createChatSender(family.state) };
}
