import type { BinaryNode, proto, WAMessage } from '@whiskeysockets/baileys';
import type { ClientLibrary } from '../client-library';
import { idOf, nameOf, numberOf, userJid } from './values';

/** A message that has content, from whatever source, before anybody has looked into it. */
export interface Arrival {
	readonly id: string;
	/** Address of the chat, without device. */
	readonly jid: string;
	/** The other form of the same person's address, when the message told it. */
	readonly otherJid: string | null;
	/** Written by the salon itself, on its phone or another linked device. */
	readonly fromMe: boolean;
	readonly pushName: string | null;
	/** Milliseconds since the epoch by the server's clock, to the second; null when it told none. */
	readonly sentAt: number | null;
	readonly live: boolean;
	readonly content: proto.IMessage;
}

/** The session's own account; empty texts while it is not linked. */
export interface Me {
	readonly id: string;
	readonly lid: string;
}

/** A decrypted message as it is journaled: enough to read it again without the connection it came over. */
export interface Decrypted {
	/** Of the stanza: texts only. */
	readonly attrs: Readonly<Record<string, string>>;
	readonly me: Me;
	/** As decrypted, with its padding. */
	readonly plaintext: Uint8Array;
}

type Reader = Pick<ClientLibrary, 'decodeMessageNode' | 'cleanMessage' | 'unpadRandomMax16' | 'proto'>;

/**
 * The messages in one decrypted stanza: one, or those that the own phone sends again on request. None when it is not from or to
 * a person, or holds nothing that can be read: the client then asks the sender to repeat it.
 */
export function arrivalsOf(client: Reader, { attrs, me, plaintext }: Decrypted): readonly Arrival[] {
	try {
		const node: BinaryNode = { tag: 'message', attrs: { ...attrs } };
		const { fullMessage } = client.decodeMessageNode(node, me.id, me.lid);
		const decoded = client.proto.Message.decode(client.unpadRandomMax16(plaintext));
		fullMessage.message = (decoded.deviceSentMessage?.message as proto.Message | null | undefined) ?? decoded;
		client.cleanMessage(fullMessage, me.id, me.lid);
		const live = attrs['offline'] === undefined;
		return [...resentIn(client, fullMessage), fullMessage].flatMap((message) => arrivalOf(message, live, me) ?? []);
	} catch {
		return [];
	}
}

/** Where the message of a stanza belongs, whether or not it can be read; null when that is no chat with a person. */
export function placeOf(client: Reader, { attrs, me }: Omit<Decrypted, 'plaintext'>): Pick<Arrival, 'id' | 'jid'> | null {
	const { fullMessage } = client.decodeMessageNode({ tag: 'message', attrs: { ...attrs } }, me.id, me.lid);
	client.cleanMessage(fullMessage, me.id, me.lid);
	const [id, jid] = [idOf(fullMessage.key.id), userJid(fullMessage.key.remoteJid)];
	return id === null || jid === null ? null : { id, jid };
}

/** A message of the client's own event; null when it has no content or does not belong to a chat with another person. */
export function arrivalOf({ key, message, pushName, messageTimestamp }: WAMessage, live: boolean, me: Me): Arrival | null {
	const [id, jid] = [idOf(key?.id), userJid(key?.remoteJid)];
	if (id === null || jid === null || !message) return null;
	if (jid === userJid(me.id) || jid === userJid(me.lid)) return null;
	const seconds = numberOf(messageTimestamp);
	const fromMe = key.fromMe === true;
	return {
		id,
		jid,
		// of a message of ours the other form would be our own
		otherJid: fromMe ? null : userJid(key.remoteJidAlt),
		fromMe,
		pushName: fromMe ? null : nameOf(pushName),
		sentAt: seconds === null || seconds <= 0 ? null : seconds * 1000,
		live,
		content: message,
	};
}

/** What the own phone sends because the server had no content for us, as with answers to advertisements. */
function resentIn(client: Reader, { key, message }: WAMessage): readonly WAMessage[] {
	const protocol = message?.protocolMessage;
	// only the own phone may speak for others
	if (key.fromMe !== true || protocol?.type !== client.proto.Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE) return [];
	const results = protocol.peerDataOperationRequestResponseMessage?.peerDataOperationResult ?? [];
	return results.flatMap(({ placeholderMessageResendResponse }) => {
		const bytes = placeholderMessageResendResponse?.webMessageInfoBytes;
		return bytes ? [client.proto.WebMessageInfo.decode(bytes) as WAMessage] : [];
	});
}
