import { beginLinking, type Linking, openSessionAuth, type SessionAuth, type SessionAuthParts } from '../auth';
import { WhatsappError } from '../errors';

/** What a socket logs in or registers with. */
export interface Account {
	readonly auth: SessionAuth;
	readonly linking: Linking;
}

/** The linked account; new keys when a phone is to be linked; null when neither. An attempt that was not finished is discarded. */
export async function openAccount(parts: SessionAuthParts, isPairing: boolean): Promise<Account | null> {
	const auth = await openSessionAuth(parts);
	if (auth !== null) return { auth, linking: 'linked' };
	return isPairing ? { auth: await beginLinking(parts), linking: 'new' } : null;
}

/** Throws {@link WhatsappError} `already_linked`. */
export async function refuseLinked(parts: SessionAuthParts): Promise<void> {
	if ((await openSessionAuth(parts)) !== null) throw new WhatsappError('already_linked');
}
