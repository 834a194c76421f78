import * as v from 'valibot';
import { JID, type OrderSpec, overSocket } from './order';

/** Tells the sender that messages of a chat were read. */
export const markRead: OrderSpec<'markRead'> = {
	schema: v.object({ kind: v.literal('markRead'), chat: JID, ids: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(100))), v.minLength(1), v.maxLength(200)) }),
	run: async (context, { chat, ids }) =>
		await overSocket(context, async (socket) => {
			await socket.readMessages(ids.map((id) => ({ remoteJid: chat, id, fromMe: false })));
			return null;
		}),
};
