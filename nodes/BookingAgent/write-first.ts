import * as v from 'valibot';
import type { Recognised } from '../../core/conversation/channels';
import { Notice } from '../../core/conversation/notice';
import { ParameterError } from '../shared/errors';
import { now } from '../shared/salon';

/** An item of Client Outreach, or of a flow that makes one like it. */
const Item = v.object({
	channel: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,31}$/)),
	chatId: v.pipe(v.string(), v.nonEmpty(), v.maxLength(200)),
	/** Whose chat it is: the flow vouches for it. */
	phone: v.pipe(v.string(), v.regex(/^\+\d{7,15}$/)),
	name: v.optional(v.nullable(v.string()), null),
	notice: Notice,
});

/** The message that the salon begins with. Throws {@link ParameterError} for an item that names none. */
export function noticeIn(item: unknown): Recognised {
	const parsed = v.safeParse(Item, item);
	if (!parsed.success) {
		const field = v.getDotPath(parsed.issues[0]) ?? 'item';
		throw new ParameterError(`Nothing to begin with: "${field}" is missing or not valid`, 'Put Client Outreach before this node, or give channel, chatId, phone (+ and digits) and notice { id, kind }.');
	}
	const { channel, chatId, phone, name, notice } = parsed.output;
	return { channel, chatId, message: { messageId: notice.id, kind: 'notice', text: '', buttonId: null, contact: null, notice, sender: { phone, name }, receivedAt: now() } };
}
