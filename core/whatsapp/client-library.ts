import { guardConsole } from './console-guard';
import { WhatsappError } from './errors';

/** The client as its package exports it. */
export type ClientLibrary = typeof import('@whiskeysockets/baileys');

/**
 * Loads the client, once a process. It is no dependency that everyone has: without it this rejects with
 * {@link WhatsappError} `client_missing`, and nothing but WhatsApp is lost. From then on its keys cannot reach the console.
 */
export async function loadClientLibrary(): Promise<ClientLibrary> {
	guardConsole();
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
	// what the client itself misses is another fault, and that message names the client's files too
	return absent && /^Cannot find (?:module|package) '@whiskeysockets\/baileys'/.test(String(message));
}
