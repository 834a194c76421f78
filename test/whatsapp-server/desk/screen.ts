import { getContentType, normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import { Watch } from '../wire/watch';
import type { Device } from './device';

/** One message as a person sees it on their phone. */
export interface ShownMessage {
	readonly id: string;
	/** Number of the other person of the chat. */
	readonly chat: string;
	/** Sent by this person: from the phone or a linked device. */
	readonly fromMe: boolean;
	/** The address the chat was written to, for receipts. */
	readonly address: string;
	/** Linked device that sent it, null for a phone. */
	readonly device: Device | null;
	content: proto.IMessage;
	/** Times it arrived; a person sees it once. */
	copies: number;
	edited: boolean;
	revoked: boolean;
	/** Emoji by the number of who reacted. */
	readonly reactions: Map<string, string>;
}

/** Text or caption of a message, empty when it has none. */
export function textOf(message: proto.IMessage | null | undefined): string {
	const content = normalizeMessageContent(message ?? undefined);
	if (content === undefined) return '';
	return (
		content.conversation ||
		content.extendedTextMessage?.text ||
		content.imageMessage?.caption ||
		content.videoMessage?.caption ||
		content.documentMessage?.caption ||
		''
	);
}

export type Arrival = Pick<ShownMessage, 'id' | 'chat' | 'fromMe' | 'address' | 'device'> & { readonly content: proto.IMessage };

/** What a phone shows: each message once, edits, deletions and reactions applied. */
export class Screen {
	readonly #messages: ShownMessage[] = [];
	readonly #watch = new Watch();

	get messages(): readonly ShownMessage[] {
		return this.#messages;
	}

	/** Texts in the order they were shown. */
	get texts(): readonly string[] {
		return this.#messages.filter(({ fromMe }) => !fromMe).map(({ content }) => textOf(content));
	}

	find(id: string): ShownMessage | undefined {
		return this.#messages.find((message) => message.id === id);
	}

	/** Waits for a message that someone else sent. */
	async until(wanted: (message: ShownMessage) => boolean, what = 'a message'): Promise<ShownMessage> {
		return await this.#watch.until(() => this.#messages.find((message) => !message.fromMe && wanted(message)), what);
	}

	/** Waits for the message with this text. */
	async text(text: string): Promise<ShownMessage> {
		return await this.until(({ content }) => textOf(content) === text, `the text "${text}"`);
	}

	/** Waits until a message has become as wanted: edited, revoked, reacted to. */
	async becomes(id: string, wanted: (message: ShownMessage) => boolean): Promise<ShownMessage> {
		return await this.#watch.until(() => this.#messages.find((message) => message.id === id && wanted(message)), `a change of ${id}`);
	}

	/** Takes in what arrived; `author` is the number of who wrote it. */
	take(arrival: Arrival, author: string): void {
		this.#apply(arrival, author);
		this.#watch.notify();
	}

	#apply(arrival: Arrival, author: string): void {
		const content = normalizeMessageContent(arrival.content);
		const protocol = content?.protocolMessage;
		const target = protocol?.key?.id ?? content?.reactionMessage?.key?.id;
		const touched = target === undefined || target === null ? undefined : this.find(target);
		if (content?.reactionMessage) {
			touched?.reactions.set(author, content.reactionMessage.text ?? '');
			return;
		}
		if (protocol?.editedMessage && touched !== undefined) {
			touched.content = protocol.editedMessage;
			touched.edited = true;
			return;
		}
		if (protocol && touched !== undefined) {
			touched.revoked = true;
			return;
		}
		const type = getContentType(content);
		if (type === undefined || type === 'protocolMessage') return;
		const known = this.find(arrival.id);
		if (known !== undefined) known.copies += 1;
		else this.#messages.push({ ...arrival, copies: 1, edited: false, revoked: false, reactions: new Map() });
	}
}
