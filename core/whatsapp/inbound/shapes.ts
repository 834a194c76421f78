import type { proto } from '@whiskeysockets/baileys';
import type { ClientLibrary } from '../client-library';
import { type ItemContact, type ItemLocation, type ItemMedia, type ItemType, NOTHING_SAID, type Said } from './item';
import { mediaOf, type MediaReference, referenceOf } from './media/reference';
import { idOf, isRecord, numberOf, textOf, textOrNull, nameOf } from './values';

/** What a message turned out to be. */
export type Reading =
	/** `files` are where the bytes of its media are to be had, in the same order. */
	| { readonly kind: 'said'; readonly said: Said; readonly files: readonly (MediaReference | null)[] }
	| { readonly kind: 'edit'; readonly targetId: string; readonly said: Said; readonly files: readonly (MediaReference | null)[] }
	| { readonly kind: 'revoke'; readonly targetId: string }
	| { readonly kind: 'vote'; readonly pollId: string | null; readonly message: proto.Message.IPollUpdateMessage }
	/** Nothing that a person says. */
	| { readonly kind: 'silent' };

type Field = Readonly<Record<string, unknown>>;
type Part = Partial<Said> & { readonly type: ItemType; readonly files?: readonly (MediaReference | null)[] };

const SILENT: Reading = { kind: 'silent' };
const MOST_CONTACTS = 20;

function file(kind: 'image' | 'video' | 'document' | 'sticker' | 'audio' | 'voice', field: Field): Part {
	const media: ItemMedia = mediaOf(kind, field);
	return { type: kind, text: textOf(field['caption']), media: [media], files: [referenceOf(field)] };
}

/** How each content is read, by the protocol's name for it. */
const SHAPES: Readonly<Record<string, (field: Field) => Part>> = {
	extendedTextMessage: ({ text }) => ({ type: 'text', text: textOf(text) }),
	imageMessage: (field) => file('image', field),
	videoMessage: (field) => file('video', field),
	ptvMessage: (field) => file('video', field),
	audioMessage: (field) => file(field['ptt'] === true ? 'voice' : 'audio', field),
	documentMessage: (field) => file('document', field),
	stickerMessage: (field) => file('sticker', field),
	locationMessage: placed,
	liveLocationMessage: placed,
	contactMessage: (field) => introduced([field]),
	contactsArrayMessage: ({ contacts }) => introduced(Array.isArray(contacts) ? contacts : []),
	buttonsResponseMessage: ({ selectedButtonId, selectedDisplayText }) => chosen(selectedButtonId, selectedDisplayText),
	listResponseMessage: ({ singleSelectReply, title }) => chosen(isRecord(singleSelectReply) ? singleSelectReply['selectedRowId'] : null, title),
	templateButtonReplyMessage: ({ selectedId, selectedDisplayText }) => chosen(selectedId, selectedDisplayText),
	interactiveResponseMessage: ({ body, nativeFlowResponseMessage }) =>
		chosen(flowId(isRecord(nativeFlowResponseMessage) ? nativeFlowResponseMessage['paramsJson'] : null), isRecord(body) ? body['text'] : null),
};

/** Contents that only the client and the phones talk about; they never are what a person says. */
const SILENT_CONTENTS: ReadonlySet<string> = new Set(['senderKeyDistributionMessage', 'messageContextInfo', 'reactionMessage', 'encReactionMessage', 'pinInChatMessage', 'keepInChatMessage', 'deviceSentMessage']);

/** Reads the content of a message. Whatever is in it, it ends in one of the readings; what nobody knows is `unsupported`. */
export function readContent(client: Pick<ClientLibrary, 'normalizeMessageContent' | 'proto'>, message: proto.IMessage): Reading {
	const content = client.normalizeMessageContent(message);
	if (!isRecord(content)) return SILENT;
	const inside = content as proto.IMessage;
	if (inside.protocolMessage) return readProtocol(client, inside.protocolMessage);
	if (inside.pollUpdateMessage) return { kind: 'vote', pollId: idOf(inside.pollUpdateMessage.pollCreationMessageKey?.id), message: inside.pollUpdateMessage };
	return readPlain(content);
}

function readPlain(content: Field): Reading {
	if (typeof content['conversation'] === 'string' && content['conversation'] !== '') return said({ type: 'text', text: textOf(content['conversation']) }, content);
	const names = Object.keys(content).filter((name) => isRecord(content[name]));
	const known = names.find((name) => Object.hasOwn(SHAPES, name));
	const field = known === undefined ? undefined : content[known];
	const read = known === undefined ? undefined : SHAPES[known];
	if (read !== undefined && isRecord(field)) return said(read(field), field);
	const other = names.find((name) => !SILENT_CONTENTS.has(name));
	return other === undefined ? SILENT : said({ type: 'unsupported' }, content[other] as Field);
}

function said({ files = [], ...part }: Part, field: Field): Reading {
	return { kind: 'said', said: { ...NOTHING_SAID, ...contextOf(field), ...part }, files };
}

function readProtocol(client: Pick<ClientLibrary, 'normalizeMessageContent' | 'proto'>, { type, key, editedMessage }: proto.Message.IProtocolMessage): Reading {
	const { REVOKE, MESSAGE_EDIT } = client.proto.Message.ProtocolMessage.Type;
	const targetId = idOf(key?.id);
	if (targetId === null) return SILENT;
	if (type === REVOKE) return { kind: 'revoke', targetId };
	if (type !== MESSAGE_EDIT || !isRecord(editedMessage)) return SILENT;
	const content = client.normalizeMessageContent(editedMessage);
	const reading = isRecord(content) ? readPlain(content) : SILENT;
	return reading.kind === 'said' ? { ...reading, kind: 'edit', targetId } : SILENT;
}

function contextOf({ contextInfo }: Field): Pick<Said, 'quotedId' | 'fromAd'> {
	if (!isRecord(contextInfo)) return { quotedId: null, fromAd: false };
	return { quotedId: idOf(contextInfo['stanzaId']), fromAd: isRecord(contextInfo['externalAdReply']) };
}

const chosen = (id: unknown, text: unknown): Part => ({ type: 'choice', choiceId: textOrNull(id), text: textOf(text) });

function flowId(json: unknown): unknown {
	try {
		const parsed: unknown = typeof json === 'string' ? JSON.parse(json) : null;
		return isRecord(parsed) ? parsed['id'] : null;
	} catch {
		return null;
	}
}

function placed(field: Field): Part {
	const [latitude, longitude] = [numberOf(field['degreesLatitude']), numberOf(field['degreesLongitude'])];
	const [name, address] = [nameOf(field['name']), nameOf(field['address'])];
	const location: ItemLocation | null = latitude === null || longitude === null ? null : { latitude, longitude, name, address };
	return { type: 'location', text: textOf(field['caption']) || textOf(field['comment']) || [name, address].filter((part) => part !== null).join(', '), location };
}

function introduced(fields: readonly unknown[]): Part {
	const contacts = fields.slice(0, MOST_CONTACTS).flatMap((field) => (isRecord(field) ? contactOf(field) : []));
	return { type: 'contact', contacts, text: contacts.map(({ name, phones }) => [name, ...phones.map((phone) => `+${phone}`)].join(' ')).join('\n') };
}

/** Numbers stand in the card behind `waid=`; a card of somebody without WhatsApp has them behind TEL. */
function contactOf(field: Field): ItemContact {
	const card = textOf(field['vcard']);
	const marked = [...card.matchAll(/waid=(\d{7,15})/g)].map(([, digits]) => digits ?? '');
	const lines = [...card.matchAll(/^(?:item\d+\.)?TEL[^:\r\n]{0,200}:([+\d\s().-]{7,30})\r?$/gim)].map(([, number]) => (number ?? '').replace(/\D/g, ''));
	return { name: nameOf(field['displayName']) ?? '', phones: [...new Set(marked.length > 0 ? marked : lines)].slice(0, 5) };
}
