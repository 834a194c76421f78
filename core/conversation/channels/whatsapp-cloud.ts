import * as v from 'valibot';
import type { MessageKind } from '../message';
import { Id, loose, phoneOrNull, Text, unixInstant } from './fields';
import type { Channel, Recognised, RecogniseContext } from './recognised';

const Reply = v.object({ id: Id, title: loose(Text) });
const Message = v.object({
	id: Id,
	from: Id,
	timestamp: loose(v.union([v.pipe(v.string(), v.regex(/^\d{1,11}$/)), v.number()])),
	type: v.string(),
	text: loose(v.object({ body: Text })),
	interactive: loose(v.object({ button_reply: loose(Reply), list_reply: loose(Reply) })),
	button: loose(v.object({ payload: loose(Id), text: loose(Text) })),
	image: loose(v.object({ caption: loose(Text) })),
	video: loose(v.object({ caption: loose(Text) })),
	document: loose(v.object({ caption: loose(Text) })),
});
const Contact = v.object({ wa_id: loose(Id), profile: loose(v.object({ name: loose(Text) })) });
/** One value of a WhatsApp Business webhook, as n8n's WhatsApp Trigger hands it on. */
const Item = v.object({
	messaging_product: v.literal('whatsapp'),
	contacts: loose(v.array(Contact)),
	messages: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(100))),
	statuses: v.optional(v.unknown()),
});

type CloudMessage = v.InferOutput<typeof Message>;

const KINDS: Readonly<Record<string, MessageKind>> = {
	text: 'text',
	interactive: 'button',
	button: 'button',
	audio: 'voice',
	image: 'image',
	sticker: 'image',
	location: 'location',
	contacts: 'contact',
};

/** Items of n8n's WhatsApp Trigger (Cloud API). The sender's number is proven by WhatsApp. */
export const whatsappCloud: Channel = {
	name: 'whatsapp_cloud',
	shape: 'WhatsApp Trigger: { messaging_product: "whatsapp", messages: [{ id, from, type }] }',
	recognise(item, context) {
		const parsed = v.safeParse(Item, item);
		if (!parsed.success) return null;
		const { messages = [], contacts } = parsed.output;
		return messages.flatMap((one) => {
			const message = v.safeParse(Message, one);
			// Reactions and system notices carry nothing to answer.
			return message.success && message.output.type !== 'reaction' && message.output.type !== 'system' ? [recognised(message.output, contacts, context)] : [];
		});
	},
};

function recognised(message: CloudMessage, contacts: v.InferOutput<typeof Item>['contacts'], { now, phoneCountry }: RecogniseContext): Recognised {
	const pressed = message.interactive?.button_reply ?? message.interactive?.list_reply ?? null;
	const contact = contacts?.find((one) => one.wa_id === message.from) ?? (contacts?.length === 1 ? contacts[0] : undefined);
	const kind = KINDS[message.type] ?? 'other';
	return {
		channel: 'whatsapp_cloud',
		chatId: message.from,
		message: {
			messageId: message.id,
			kind,
			text: message.text?.body ?? pressed?.title ?? message.button?.text ?? message.image?.caption ?? message.video?.caption ?? message.document?.caption ?? '',
			buttonId: kind === 'button' ? (pressed?.id ?? message.button?.payload ?? null) : null,
			contact: null,
			sender: { phone: phoneOrNull(`+${message.from}`, phoneCountry), name: contact?.profile?.name ?? null },
			receivedAt: unixInstant(message.timestamp === null ? null : Number(message.timestamp), now),
		},
	};
}
