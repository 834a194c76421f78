import type { Recognised } from './recognised';

type Fields = Readonly<Record<string, unknown>>;

/** What an item is to say. */
export interface Retelling {
	readonly text: string;
	/** Id of the message where its channel gave it none. */
	readonly messageId?: string;
}

/** An item of one shape with the message kept and its words replaced; null for an item of another shape. */
type Retell = (item: Fields, message: Recognised['message'], retelling: Retelling) => Fields | null;

function fieldsOf(value: unknown): Fields | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The id only where there is none: a channel's own is what a repeated message is known by. */
function named({ messageId: own }: Recognised['message'], { messageId }: Retelling): Fields {
	return own !== null || messageId === undefined ? {} : { messageId };
}

const telegram: Retell = (item, _message, { text }) => {
	const message = fieldsOf(item.message);
	return message === null || fieldsOf(message.chat) === null ? null : { ...item, message: { ...message, text } };
};

const whatsappCloud: Retell = (item, message, { text }) => {
	if (!Array.isArray(item.messages)) return null;
	const kept = item.messages.map(fieldsOf).filter((one): one is Fields => one !== null && String(one.id) === message.messageId);
	return { ...item, messages: kept.map((one) => ({ ...one, type: 'text', text: { body: text } })) };
};

const whatsappSession: Retell = (item, message, { text }) =>
	'session' in item && 'chatId' in item && Array.isArray(item.messageIds) ? { ...item, type: 'text', text, choiceId: null, turnId: message.messageId } : null;

const chatTrigger: Retell = (item, message, retelling) => ('chatInput' in item ? { ...item, chatInput: retelling.text, ...named(message, retelling) } : null);

const webhook: Retell = (item, message, retelling) => {
	const said = { text: retelling.text, ...named(message, retelling) };
	const body = fieldsOf(item.body);
	return body !== null && 'chatId' in body ? { ...item, body: { ...body, ...said } } : { ...item, ...said };
};

/** In the order in which channels are recognised; the last fits every item. */
const SHAPES: readonly Retell[] = [telegram, whatsappCloud, whatsappSession, chatTrigger, webhook];

/**
 * The item a message came in, as if the client had written `text` in it at once and nothing else: a node behind recognises
 * chat, sender and message in it as before.
 */
export function retold(item: Fields, { message }: Pick<Recognised, 'message'>, retelling: Retelling): Fields {
	for (const retell of SHAPES) {
		const found = retell(item, message, retelling);
		if (found !== null) return found;
	}
	return item;
}
