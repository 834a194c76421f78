import { WhatsappError } from './errors';

/** The client as its package exports it. */
export type ClientLibrary = typeof import('@whiskeysockets/baileys');

/**
 * Loads the client, once a process. It is no dependency that everyone has: without it this rejects with
 * {@link WhatsappError} `client_missing`, and nothing but WhatsApp is lost.
 */
export async function loadClientLibrary(): Promise<ClientLibrary> {
	try {
		return await import('@whiskeysockets/baileys');
	} catch (error) {
		if (isMissing(error)) throw new WhatsappError('client_missing', undefined, error);
		throw error;
	}
}

function isMissing(error: unknown): boolean {
	const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
	const absent = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
	// a file that the client itself misses is another fault
	return absent && String(message).includes('@whiskeysockets/baileys');
}
