import * as v from 'valibot';
import { ParameterError } from '../../shared/errors';
import { defineOperation } from '../../shared/operation';
import type { SessionContext } from '../context';
import { replyOptions, toField } from './fields';
import { requestKey, send, type SentItem } from './send';

/** A reply as Booking Agent puts it out. */
const ReplyItem = v.object({
	parts: v.array(v.pipe(v.string(), v.nonEmpty())),
	salonId: v.string(),
	channel: v.string(),
	chatId: v.string(),
	messageId: v.nullable(v.string()),
	/** False for a message that the salon begins. */
	isAnswer: v.optional(v.boolean(), true),
});

const STATES_IN_ORDER = ['failed', 'unknown', 'queued', 'sending', 'acked', 'delivered', 'read'];

export const sendBookingReply = defineOperation<SessionContext>({
	value: 'sendBookingReply',
	name: 'Send Booking Reply',
	action: 'Send booking reply',
	description: 'Send all parts of a reply of Booking Agent in order, each once, however often the message is answered',
	fields: [toField, replyOptions],
	async run(context, i) {
		const parsed = v.safeParse(ReplyItem, context.functions.getInputData()[i]?.json);
		if (!parsed.success) throw new ParameterError('The item is not a reply of Booking Agent', 'Connect the output Reply of Booking Agent to this node, or use Send Text.');
		const { parts, salonId, channel, chatId, messageId, isAnswer } = parsed.output;
		const request = messageId === null ? requestKey(context, i, parts) : `reply:${salonId}:${channel}:${chatId}:${messageId}`;
		const sent: SentItem[] = [];
		for (const [part, text] of parts.entries()) {
			const one = await send(context, i, { isAnswer, key: `${request}:${part}`, content: { kind: 'text', text } });
			sent.push(one);
			// what comes after a part that did not go would make no sense alone
			if (one.state === 'failed') break;
		}
		return summaryOf(sent);
	},
});

/** The worst state of all parts, and each of them. */
function summaryOf(sent: readonly SentItem[]): object {
	const state = STATES_IN_ORDER.find((one) => sent.some((item) => item.state === one)) ?? 'acked';
	const failed = sent.find((item) => item.error !== null);
	return { state, error: failed?.error ?? null, problem: failed?.problem ?? null, parts: sent };
}
