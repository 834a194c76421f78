import * as v from 'valibot';
import { JID, type OrderSpec, overSocket } from './order';

/** Shows that somebody types, or no longer does. */
export const typing: OrderSpec<'typing'> = {
	schema: v.object({ kind: v.literal('typing'), chat: JID, on: v.boolean() }),
	run: async (context, { chat, on }) =>
		await overSocket(context, async (socket) => {
			await socket.sendPresenceUpdate(on ? 'composing' : 'paused', chat);
			return null;
		}),
};
