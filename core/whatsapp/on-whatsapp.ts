import type { WASocket } from '@whiskeysockets/baileys';

/** Whether a phone (digits with the country) uses WhatsApp; one that the server leaves out of its answer does not. Rejects when there was no answer. */
export async function isOnWhatsapp(socket: Pick<WASocket, 'onWhatsApp'>, digits: string): Promise<boolean> {
	const found = await socket.onWhatsApp(digits);
	if (found === undefined) throw new Error('no answer about the number');
	return found.some(({ exists }) => exists);
}
