/** What a message is, as a workflow tells them apart. `operator` is a person of the salon who began to answer on the phone. */
export const ITEM_TYPES = ['text', 'image', 'video', 'audio', 'voice', 'document', 'sticker', 'location', 'contact', 'choice', 'poll', 'unsupported', 'operator'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

export const MEDIA_KINDS = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** Why a file is not there. `switched_off`: the session does not take this kind. `too_many`: the turn has as many files, or the person as many bytes, as are kept. */
export type MediaMissing = 'switched_off' | 'too_large' | 'too_many' | 'gone' | 'damaged' | 'unavailable';

/** A file of a message. */
export interface ItemMedia {
	readonly kind: MediaKind;
	/** As the sender said it, checked for its form only. */
	readonly mimetype: string;
	/** A name that is safe in a file system. */
	readonly name: string;
	/** Length of a recording or video; null where there is none. */
	readonly seconds: number | null;
	/** Bytes as the sender said them; once the file is here, as they are. */
	readonly size: number | null;
	/** Where the bytes are kept; null until they are here, and when they never come. */
	readonly blobId: string | null;
	readonly missing: MediaMissing | null;
}

export interface ItemLocation {
	readonly latitude: number;
	readonly longitude: number;
	readonly name: string | null;
	readonly address: string | null;
}

export interface ItemContact {
	readonly name: string;
	/** Digits. */
	readonly phones: readonly string[];
}

/** What one message says. */
export interface Said {
	readonly type: ItemType;
	/** What was written, the caption of a file or the words on a button; empty when there are none. */
	readonly text: string;
	/** Id of the chosen button, row or option; null for anything that is no choice. */
	readonly choiceId: string | null;
	readonly media: readonly ItemMedia[];
	readonly location: ItemLocation | null;
	readonly contacts: readonly ItemContact[];
	/** Id of the message that this one answers. */
	readonly quotedId: string | null;
	/** The chat was opened from an advertisement. */
	readonly fromAd: boolean;
}

export const NOTHING_SAID: Said = { type: 'unsupported', text: '', choiceId: null, media: [], location: null, contacts: [], quotedId: null, fromAd: false };

/** One message of a turn. Moments are milliseconds since the epoch. */
export interface MessageItem extends Said {
	readonly id: string;
	/** The message this one puts right, when that was handed on before. */
	readonly editedId: string | null;
	/** Where an answer goes: the address it came from. */
	readonly jid: string;
	readonly pushName: string | null;
	/** When the server got it, to the second. */
	readonly timestamp: number;
	readonly receivedAt: number;
	/** False when it was written while the session was not connected. */
	readonly live: boolean;
	/** Of a person of the salon who answers already: the pause is longer by it, and no news. */
	readonly goesOn?: true;
	/** The message as the protocol has it; only where the session keeps it. */
	readonly raw?: unknown;
}

/** A turn as a workflow gets it: everything one person wrote until they fell silent. */
export interface TurnItem extends Said {
	/** The same however often the turn is given: what is done for it is done once by it. */
	readonly turnId: string;
	readonly session: string;
	/** The person's conversation: one, under whichever address they write. */
	readonly chatId: string;
	/** Where an answer goes. */
	readonly jid: string;
	/** Digits; null while nobody knows them. */
	readonly phone: string | null;
	readonly lid: string | null;
	readonly pushName: string | null;
	readonly messageIds: readonly string[];
	/** In the order in which they came. */
	readonly messages: readonly MessageItem[];
	/** Of the last message, as it was sent and as it came. */
	readonly timestamp: number;
	readonly receivedAt: number;
	readonly live: boolean;
	/** Until when a person of the salon answers this chat; null when nobody does. */
	readonly pausedUntil: number | null;
	/** How often it was given before. */
	readonly tries: number;
	readonly raw?: readonly unknown[];
}
