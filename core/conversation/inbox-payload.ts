import * as v from 'valibot';
import { Notice } from './notice';
import { MESSAGE_KINDS, type InboundMessage, type Reply } from './message';

const StoredMessage = v.object({
	messageId: v.nullable(v.string()),
	kind: v.picklist(MESSAGE_KINDS),
	text: v.string(),
	buttonId: v.nullable(v.string()),
	contact: v.nullable(v.object({ phone: v.string(), own: v.boolean() })),
	notice: v.optional(Notice),
	sender: v.object({ phone: v.nullable(v.string()), name: v.nullable(v.string()) }),
	receivedAt: v.string(),
});

const StoredReply = v.object({
	text: v.string(),
	parts: v.array(v.string()),
	buttons: v.array(v.object({ id: v.string(), title: v.string() })),
	lang: v.picklist(['ru', 'en']),
});

/** Longest text of one message that is read; the rest is cut, the message is not lost. */
const MAX_TEXT = 4096;

/** Writes a message for the inbox. The arrival time stays out, so that the same message is the same text. */
export function writeMessage(message: InboundMessage): string {
	const { receivedAt: _receivedAt, ...rest } = message;
	return JSON.stringify({ ...rest, text: rest.text.slice(0, MAX_TEXT) });
}

/** Reads a message of the inbox. */
export function readMessage(payload: string, receivedAt: string): InboundMessage {
	const { notice, ...message } = v.parse(StoredMessage, { ...(JSON.parse(payload) as object), receivedAt });
	return notice === undefined ? message : { ...message, notice };
}

/** Reads a reply of the outbox. */
export function readReply(payload: string): Reply {
	return v.parse(StoredReply, JSON.parse(payload));
}
