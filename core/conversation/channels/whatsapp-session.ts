import * as v from 'valibot';
import type { InboundMessage, MessageKind } from '../message';
import { Id, loose, phoneOrNull, Text } from './fields';
import type { Channel } from './recognised';

/** An item of WhatsApp Session Trigger: everything a person wrote until they fell silent. */
const Item = v.object({
	session: Id,
	chatId: v.pipe(v.string(), v.regex(/^[\w.-]{1,64}@(?:lid|s\.whatsapp\.net)$/)),
	messageIds: v.pipe(v.array(Id), v.minLength(1)),
	type: v.string(),
	/** Names the turn: a repeat of it is answered once. */
	turnId: loose(Id),
	/** Known only from WhatsApp's own addresses, never from what somebody wrote. */
	phone: loose(v.pipe(v.string(), v.regex(/^\+?\d{5,20}$/))),
	pushName: loose(Text),
	text: loose(Text),
	choiceId: loose(Id),
	contacts: loose(v.array(v.object({ phones: loose(v.array(Text)) }))),
	/** What the flow heard in a voice message. */
	transcript: loose(Text),
	receivedAt: loose(v.pipe(v.string(), v.isoTimestamp())),
});
type SessionItem = v.InferOutput<typeof Item>;

const KINDS: Readonly<Record<string, MessageKind>> = {
	text: 'text',
	choice: 'text',
	voice: 'voice',
	audio: 'voice',
	image: 'image',
	video: 'image',
	sticker: 'image',
	location: 'location',
	contact: 'contact',
};

/** Items of WhatsApp Session Trigger. A phone in them comes from WhatsApp's addresses and is the sender's own; a LID without one gives none. */
export const whatsappSession: Channel = {
	name: 'whatsapp',
	shape: 'WhatsApp Session Trigger: { session, chatId, messageIds, type, text }',
	recognise(item, { now, phoneCountry }) {
		const parsed = v.safeParse(Item, item);
		if (!parsed.success) return null;
		const { chatId, phone, pushName, turnId, messageIds, receivedAt, contacts } = parsed.output;
		// a person of the salon wrote: there is nothing to answer
		if (parsed.output.type === 'operator') return [];
		const [shared = null] = (contacts ?? []).flatMap((one) => (one.phones ?? []).map((digits) => phoneOrNull(`+${digits.replace(/^\+/, '')}`, phoneCountry)));
		return [
			{
				channel: 'whatsapp',
				chatId,
				message: {
					messageId: turnId ?? messageIds.at(-1) ?? null,
					...contentOf(parsed.output),
					contact: shared === null ? null : { phone: shared, own: false },
					sender: { phone: phone === null ? null : phoneOrNull(phone.startsWith('+') ? phone : `+${phone}`, phoneCountry), name: pushName },
					receivedAt: receivedAt ?? now,
				},
			},
		];
	},
};

/** A choice brings its words; they are what the client said. Words heard or written count before what else was sent with them. */
function contentOf({ type, text, choiceId, transcript }: SessionItem): Pick<InboundMessage, 'kind' | 'text' | 'buttonId'> {
	if (choiceId !== null) return { kind: 'button', text: text ?? '', buttonId: choiceId };
	if (transcript !== null && transcript.trim() !== '') return { kind: 'voice', text: [text ?? '', transcript].filter((part) => part !== '').join('\n'), buttonId: null };
	// a vote in a poll is its words
	if (type === 'poll' && (text ?? '') !== '') return { kind: 'text', text: text ?? '', buttonId: null };
	return { kind: KINDS[type] ?? 'other', text: text ?? '', buttonId: null };
}
