import type { Instant, Phone } from '../booking';
import type { Notice } from './notice';

/** What a channel can show and carry. Measured limits: reference section 10 of the agent notes. */
export interface ChannelProfile {
	/** Stable name used in keys: `web`, `telegram`, `whatsapp_cloud`, `whatsapp`, `webhook`. */
	readonly name: string;
	/** Hard limit of one text, characters. */
	readonly textLimit: number;
	/** Most buttons under one message; 0 when the channel has none. */
	readonly maxButtons: number;
	/** Longest button title, characters. */
	readonly buttonTitleLimit: number;
	/** `reply`: the caller waits for the answer of this very request. `push`: the answer is sent by another call. */
	readonly delivery: 'reply' | 'push';
	/** Whether a reply may be given out again for a repeated message, because the channel's sender sends it once by its key. */
	readonly resends?: true;
}

export const MESSAGE_KINDS = ['text', 'button', 'voice', 'image', 'location', 'contact', 'other', 'notice'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** One message of a client, already parsed from the channel's item. */
export interface InboundMessage {
	/** The provider's id, or null when the channel gives none. */
	readonly messageId: string | null;
	readonly kind: MessageKind;
	/** Text, transcript or button title; empty when there is none. */
	readonly text: string;
	/** Set for `button`. */
	readonly buttonId: string | null;
	/** Set for `contact`: a shared contact card; `own` only when the channel proves that it is the sender's. */
	readonly contact: { readonly phone: string; readonly own: boolean } | null;
	/** Set for `notice`: what the salon's own flow begins to say. No channel gives it. */
	readonly notice?: Notice;
	readonly sender: Sender;
	readonly receivedAt: Instant;
}

/** Who wrote, as the envelope says. Text never changes this. */
export interface Sender {
	/** A phone the channel vouches for; null where the channel has none. */
	readonly phone: Phone | null;
	/** Profile name: untrusted text. */
	readonly name: string | null;
}

/** A button under a reply. */
export interface Button {
	readonly id: string;
	readonly title: string;
}

/** What goes back to the client. `text` is all parts joined by a blank line. */
export interface Reply {
	readonly text: string;
	readonly parts: readonly string[];
	readonly buttons: readonly Button[];
	readonly lang: Lang;
}

/** Languages the assistant speaks. */
export type Lang = 'ru' | 'en';
