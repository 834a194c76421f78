import type { AnyMessageContent, BinaryNode, WAMessageKey } from '@whiskeysockets/baileys';
import type * as v from 'valibot';

/** What a kind of content may ask for while it is made. */
export interface ComposeParts {
	/** JID of the chat. */
	readonly chat: string;
	/** Largest file in bytes. */
	readonly mediaLimitBytes: number;
	/** Bytes of a stored file. */
	readBlob(id: string): Promise<Buffer>;
}

/** One kind of message: what an order of it holds, and what the client makes of it. */
export interface ContentKind<Schema extends v.GenericSchema> {
	readonly schema: Schema;
	/** Throws `Refused` for what cannot be sent. */
	compose(content: v.InferOutput<Schema>, parts: ComposeParts): AnyMessageContent | Promise<AnyMessageContent>;
	/** Attributes of the stanza. */
	readonly attributes?: Readonly<Record<string, string>>;
	/** Further nodes of the stanza. */
	readonly nodes?: readonly BinaryNode[];
	/** What the other person sees while it is made: characters typed, or a recording. */
	preparing?(content: v.InferOutput<Schema>): { readonly shown: 'composing' | 'recording'; readonly characters: number };
}

/** The key of a message of the chat. */
export const keyOf = (chat: string, id: string, fromMe: boolean): WAMessageKey => ({ remoteJid: chat, id, fromMe });
