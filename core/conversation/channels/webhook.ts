import * as v from 'valibot';
import type { InboundMessage } from '../message';
import { Id, loose, phoneOrNull, Text } from './fields';
import type { Channel } from './recognised';

const CHANNEL = /^[a-z][a-z0-9_]{0,31}$/;

/** The universal shape: any system that can send JSON can talk to the assistant. */
const UniversalMessage = v.object({
	channel: loose(v.pipe(v.string(), v.regex(CHANNEL))),
	chatId: Id,
	messageId: loose(Id),
	text: loose(Text),
	phone: loose(Id),
	name: loose(Text),
	buttonId: loose(Id),
	/** What was heard in a voice message; empty when nothing could be made out. Stands in for the text. */
	transcript: loose(Text),
	/** Whether the flow vouches that the phone is the writer's; believed only at the top of an item. */
	phoneVerified: loose(v.boolean()),
});
/** A text, a button or a transcript makes an item a message. */
const Body = v.pipe(
	UniversalMessage,
	v.check((body) => body.text !== null || body.buttonId !== null || body.transcript !== null),
);
const InBody = v.object({ body: Body });

/**
 * The universal shape, at the top of an item or in the body of a Webhook node. A raw body is the word of whoever calls:
 * it names neither a channel nor a proven phone. The flow that knows its caller says so with an Edit Fields node.
 */
export const webhook: Channel = {
	name: 'webhook',
	shape: 'Webhook or any node: { chatId, text, messageId?, channel?, phone?, phoneVerified?, name?, buttonId?, transcript? }, also under "body"',
	recognise(item, { now, phoneCountry }) {
		const nested = v.safeParse(InBody, item);
		const parsed = nested.success ? { success: true as const, output: nested.output.body } : v.safeParse(Body, item);
		if (!parsed.success) return null;
		const { chatId, messageId, phone: typed, name, buttonId } = parsed.output;
		const channel = nested.success ? null : parsed.output.channel;
		const proven = !nested.success && parsed.output.phoneVerified === true;
		const phone = phoneOrNull(typed, phoneCountry);
		return [
			{
				channel: channel ?? 'webhook',
				chatId,
				message: {
					messageId,
					...contentOf(parsed.output),
					buttonId,
					contact: phone !== null && !proven ? { phone, own: false } : null,
					sender: { phone: proven ? phone : null, name },
					receivedAt: now,
				},
			},
		];
	},
};

function contentOf({ text, buttonId, transcript }: v.InferOutput<typeof UniversalMessage>): Pick<InboundMessage, 'kind' | 'text'> {
	if (buttonId !== null) return { kind: 'button', text: text ?? '' };
	if (transcript !== null) return { kind: 'voice', text: transcript };
	return { kind: 'text', text: text ?? '' };
}
