import type { Markup } from './markup';

export interface Chat {
	readonly id: number;
	readonly type: 'private' | 'group' | 'supergroup' | 'channel';
}

/** A message the bot sent, as the reader sees it. */
export interface Sent {
	readonly messageId: number;
	readonly chatId: number;
	readonly text: string;
	markup: Markup | null;
}

export interface StoredFile {
	readonly path: string;
	readonly bytes: Buffer;
	/** What Telegram says the size is. */
	readonly size: number;
}

/** A file the bot sent. */
export interface SentDocument {
	readonly chatId: number;
	readonly name: string;
	readonly bytes: Buffer;
	readonly caption: string;
}

export interface Webhook {
	readonly url: string;
	readonly secret: string;
	/** Kinds of updates that are delivered; all when empty. */
	readonly allowed: readonly string[];
}

/** One call of the bot. */
export interface Call {
	readonly method: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly status: number;
	readonly at: number;
}

/** Everything the simulated Telegram knows. */
export class World {
	readonly chats = new Map<number, Chat>();
	readonly blocked = new Set<number>();
	/** Until when a chat takes no message, milliseconds. */
	readonly limitedUntil = new Map<number, number>();
	/** Answers the next calls of a method with these statuses instead of doing them; 0 does the call. */
	readonly failNext = new Map<string, number[]>();
	readonly sent: Sent[] = [];
	readonly documents: SentDocument[] = [];
	readonly files = new Map<string, StoredFile>();
	readonly calls: Call[] = [];
	/** Pressed buttons that wait for an answer, and those that got one. */
	readonly waitingQueries = new Set<string>();
	readonly answeredQueries: string[] = [];
	/** The keyboard under each chat's input field. */
	readonly keyboards = new Map<number, Markup>();
	webhook: Webhook | null = null;
	private ids = 0;

	nextId(): number {
		return ++this.ids;
	}
}
