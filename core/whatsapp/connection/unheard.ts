import type { WASocket } from '@whiskeysockets/baileys';

type Listener = (...parts: unknown[]) => unknown;

/**
 * The client answers some stanzas without hearing whether that worked: over a link that has just gone it does not, and one such promise would end the
 * whole process, with every session and workflow in it. To be called before anybody else listens to a new socket.
 */
export function hearFailures({ ws }: Pick<WASocket, 'ws'>, failed: (error: unknown) => void): void {
	for (const name of ws.eventNames()) {
		// the others are taken off again by their own identity
		if (typeof name !== 'string' || !name.startsWith('CB:')) continue;
		const listeners = ws.listeners(name) as Listener[];
		ws.removeAllListeners(name);
		for (const listener of listeners) {
			ws.on(name, (...parts: unknown[]) => {
				const done = listener(...parts);
				Promise.resolve(done).catch(failed);
				return done;
			});
		}
	}
}
