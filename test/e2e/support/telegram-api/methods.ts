import { badRequest, done, refused, tooMany, type ApiAnswer } from './answer';
import { parseText } from './entities';
import { markupMistake, type Markup } from './markup';
import type { Chat, World } from './world';

type Parameters = Readonly<Record<string, unknown>>;
export type Method = (world: World, parameters: Parameters) => ApiAnswer;

const TEXT_LIMIT = 4096;
const CAPTION_LIMIT = 1024;
const DOWNLOAD_LIMIT = 20 * 1024 * 1024;
const SECRET = /^[A-Za-z0-9_-]{1,256}$/;
const ACTIONS = new Set(['typing', 'upload_photo', 'record_voice', 'upload_voice', 'upload_document', 'find_location']);

/** The methods of the Bot API that bots of this project use. */
export const METHODS: Readonly<Record<string, Method>> = {
	getMe: () => done({ id: 1, is_bot: true, first_name: 'Salon', username: 'salon_bot' }),
	setWebhook(world, { url, secret_token: secret, allowed_updates: allowed }) {
		const address = typeof url === 'string' ? url : '';
		if (address === '') return dropWebhook(world);
		// Telegram itself takes HTTPS only; here the caller is on the same machine.
		if (!/^(https:\/\/|http:\/\/127\.0\.0\.1:)/.test(address)) return badRequest('bad webhook: An HTTPS URL must be provided for webhook');
		if (secret !== undefined && !SECRET.test(String(secret))) return badRequest('secret token contains unallowed characters');
		world.webhook = { url: address, secret: String(secret ?? ''), allowed: Array.isArray(allowed) ? allowed.map(String) : [] };
		return done(true);
	},
	deleteWebhook: dropWebhook,
	getWebhookInfo: ({ webhook }) => done({ url: webhook?.url ?? '', has_custom_certificate: false, pending_update_count: 0, allowed_updates: webhook?.allowed ?? [] }),
	sendMessage(world, parameters) {
		const chat = reachable(world, parameters);
		if (!('type' in chat)) return chat;
		const { text, parse_mode: mode, reply_markup: markup } = parameters;
		if (typeof text !== 'string' || text.trim() === '') return badRequest('message text is empty');
		const parsed = parseText(text, mode);
		if (parsed.kind === 'refused') return badRequest(parsed.why);
		if (parsed.text.length > TEXT_LIMIT) return badRequest('message is too long');
		const mistake = markupMistake(markup, chat.type === 'private');
		if (mistake !== null) return badRequest(mistake);
		return done(message(world, chat, parsed.text, (markup ?? null) as Markup | null));
	},
	sendDocument(world, parameters) {
		const chat = reachable(world, parameters);
		if (!('type' in chat)) return chat;
		const { document, caption = '', parse_mode: mode } = parameters;
		if (typeof document !== 'object' || document === null || !('bytes' in document) || !('name' in document)) return badRequest('there is no document in the request');
		const parsed = parseText(String(caption), mode);
		if (parsed.kind === 'refused') return badRequest(parsed.why);
		if (parsed.text.length > CAPTION_LIMIT) return badRequest('message caption is too long');
		world.documents.push({ chatId: chat.id, name: String(document.name), bytes: document.bytes as Buffer, caption: parsed.text });
		return done({ message_id: world.nextId(), date: Math.floor(Date.now() / 1000), chat });
	},
	editMessageReplyMarkup(world, { chat_id: chatId, message_id: id, reply_markup: markup }) {
		const found = world.sent.find((one) => one.chatId === Number(chatId) && one.messageId === Number(id));
		if (found === undefined) return badRequest('message to edit not found');
		const mistake = markupMistake(markup, true);
		if (mistake !== null) return badRequest(mistake);
		if (JSON.stringify(found.markup) === JSON.stringify(markup ?? null)) return badRequest('message is not modified');
		found.markup = (markup ?? null) as Markup | null;
		return done({ message_id: found.messageId, chat: world.chats.get(found.chatId) });
	},
	answerCallbackQuery(world, { callback_query_id: id }) {
		if (!world.waitingQueries.delete(String(id))) return badRequest('query is too old and response timeout expired or query ID is invalid');
		world.answeredQueries.push(String(id));
		return done(true);
	},
	sendChatAction(world, parameters) {
		const chat = reachable(world, parameters);
		if (!('type' in chat)) return chat;
		return ACTIONS.has(String(parameters['action'])) ? done(true) : badRequest('wrong parameter action in request');
	},
	getFile(world, { file_id: id }) {
		const file = world.files.get(String(id));
		if (file === undefined) return badRequest('invalid file_id');
		if (file.size > DOWNLOAD_LIMIT) return badRequest('file is too big');
		return done({ file_id: id, file_unique_id: `u${String(id)}`, file_size: file.size, file_path: file.path });
	},
};

/** The chat a message goes to, or why it cannot. */
function reachable(world: World, { chat_id: given }: Parameters): Chat | ApiAnswer {
	if (given === undefined || given === '') return badRequest('chat_id is empty');
	const id = Number(given);
	const chat = world.chats.get(id);
	if (chat === undefined) return badRequest('chat not found');
	if (world.blocked.has(id)) return refused(403, 'Forbidden: bot was blocked by the user');
	const wait = (world.limitedUntil.get(id) ?? 0) - Date.now();
	return wait > 0 ? tooMany(Math.ceil(wait / 1000)) : chat;
}

function message(world: World, chat: Chat, text: string, markup: Markup | null): object {
	const messageId = world.nextId();
	world.sent.push({ messageId, chatId: chat.id, text, markup });
	if (markup?.keyboard !== undefined) world.keyboards.set(chat.id, markup);
	if (markup?.remove_keyboard === true) world.keyboards.delete(chat.id);
	return { message_id: messageId, date: Math.floor(Date.now() / 1000), chat, text, ...(markup === null ? {} : { reply_markup: markup }) };
}

function dropWebhook(world: World): ApiAnswer {
	world.webhook = null;
	return done(true);
}
