import type { Delivered } from './delivery';
import type { TelegramApi } from './server';
import type { Chat, Sent } from './world';

export interface PersonOptions {
	readonly id: number;
	readonly firstName?: string;
	readonly language?: string;
	/** As Telegram writes it: digits without a plus. */
	readonly phone?: string;
	/** Where they write; their own private chat when absent. */
	readonly chat?: Chat;
}

/** Somebody who writes to the bot from a Telegram app. Every call resolves when the bot has taken the update. */
export class Person {
	readonly chat: Chat;
	private last: { kind: string; update: object } | null = null;

	constructor(
		private readonly api: TelegramApi,
		private readonly options: PersonOptions,
	) {
		this.chat = options.chat ?? { id: options.id, type: 'private' };
		api.world.chats.set(this.chat.id, this.chat);
	}

	/** What the bot has sent to this chat. */
	get inbox(): readonly Sent[] {
		return this.api.world.sent.filter(({ chatId }) => chatId === this.chat.id);
	}

	get keyboard(): Sent['markup'] {
		return this.api.world.keyboards.get(this.chat.id) ?? null;
	}

	say(text: string): Promise<Delivered> {
		return this.write({ text });
	}

	/** Answers a message of the bot by swiping it, as people do in groups. */
	reply(message: Sent, text: string): Promise<Delivered> {
		const answered = { message_id: message.messageId, date: now(), chat: this.chat, from: { id: 1, is_bot: true, first_name: 'Salon' }, text: message.text };
		return this.write({ text, reply_to_message: answered });
	}

	/** Presses the button of the keyboard under the input field that shares the own contact. */
	shareContact(): Promise<Delivered> {
		if (this.keyboard?.keyboard?.flat().some((button) => button.request_contact === true) !== true) throw new Error('There is no contact button');
		return this.write({ contact: { phone_number: this.options.phone, first_name: this.from.first_name, user_id: this.options.id } });
	}

	/** Attaches the card of another Telegram user, or of somebody without Telegram. */
	attachContact(phone: string, userId?: number): Promise<Delivered> {
		return this.write({ contact: { phone_number: phone, first_name: 'Someone', ...(userId === undefined ? {} : { user_id: userId }) } });
	}

	photo(): Promise<Delivered> {
		return this.write({ photo: [{ file_id: 'p1', file_unique_id: 'p1', width: 90, height: 90, file_size: 1200 }] });
	}

	location(): Promise<Delivered> {
		return this.write({ location: { latitude: 55.75, longitude: 37.61 } });
	}

	/** A voice message; Telegram stores it under a name that ends in `.oga`. */
	voice(bytes: Buffer, duration: number): Promise<Delivered> {
		const id = `voice-${this.api.world.nextId()}`;
		this.api.world.files.set(id, { path: `voice/${id}.oga`, bytes, size: bytes.length });
		return this.write({ voice: { file_id: id, file_unique_id: id, duration, mime_type: 'audio/ogg', file_size: bytes.length } });
	}

	/** Presses the newest button with this title. */
	press(title: string): Promise<Delivered> {
		const message = this.inbox.findLast(({ markup }) => markup?.inline_keyboard?.flat().some(({ text }) => text === title) === true);
		if (message === undefined) throw new Error(`There is no button "${title}"`);
		return this.pressIn(message, title);
	}

	/** Presses a button of a message, however old. */
	async pressIn(message: Sent, title: string): Promise<Delivered> {
		const data = message.markup?.inline_keyboard?.flat().find(({ text }) => text === title)?.callback_data;
		const id = `query-${this.api.world.nextId()}`;
		this.api.world.waitingQueries.add(id);
		const stood = { message_id: message.messageId, date: now(), chat: this.chat, from: { id: 1, is_bot: true, first_name: 'Salon' }, text: message.text, reply_markup: message.markup };
		return this.send('callback_query', { id, from: this.from, chat_instance: 'i', data, message: stood });
	}

	/** The last update comes once more, as when its answer got lost. */
	redeliver(): Promise<Delivered> {
		if (this.last === null) throw new Error('Nothing was sent yet');
		return this.api.delivery.deliver(this.last.kind, this.last.update);
	}

	/** Sends an update of another kind, for example an edit. */
	async send(kind: string, content: object): Promise<Delivered> {
		const { update, ...delivered } = await this.api.delivery.send(kind, content);
		this.last = { kind, update };
		return delivered;
	}

	private write(content: object): Promise<Delivered> {
		return this.send('message', { message_id: this.api.world.nextId(), date: now(), chat: this.chat, from: this.from, ...content });
	}

	private get from(): { id: number; is_bot: boolean; first_name: string; language_code?: string } {
		const { id, firstName = 'Анна', language } = this.options;
		return { id, is_bot: false, first_name: firstName, ...(language === undefined ? {} : { language_code: language }) };
	}
}

function now(): number {
	return Math.floor(Date.now() / 1000);
}
