import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { MediaReference } from './media-store';

/** The message something refers to, seen by the one who refers to it. */
export interface Target {
	readonly id: string;
	/** Address of the chat. */
	readonly chat: string;
	/** Written by the one who refers to it. */
	readonly fromMe: boolean;
}

const keyOf = ({ id, chat, fromMe }: Target): proto.IMessageKey => ({ id, remoteJid: chat, fromMe });

/** A reply that quotes a message. */
export function replyContent(text: string, quoted: Target, author: string): proto.IMessage {
	return { extendedTextMessage: { text, contextInfo: { stanzaId: quoted.id, participant: author, quotedMessage: { conversation: '' } } } };
}

/** An emoji on a message; an empty one takes it back. `now` is milliseconds. */
export function reactionContent(emoji: string, target: Target, now: number): proto.IMessage {
	return { reactionMessage: { key: keyOf(target), text: emoji, senderTimestampMs: now } };
}

/** Another text in place of a sent one. */
export function editContent(text: string, target: Target, now: number): proto.IMessage {
	const type = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT;
	return { editedMessage: { message: { protocolMessage: { key: keyOf(target), type, editedMessage: { conversation: text }, timestampMs: now } } } };
}

/** Deletes a sent message for everyone. */
export function revokeContent(target: Target): proto.IMessage {
	return { protocolMessage: { key: keyOf(target), type: proto.Message.ProtocolMessage.Type.REVOKE } };
}

const hmac = (data: Uint8Array, key: Uint8Array): Buffer => createHmac('sha256', key).update(data).digest();

/** A vote in a poll; both addresses have to be of the kind the chat uses. Options that the poll does not have are refused. */
export function voteContent(poll: proto.IMessage, target: Target, creator: string, voter: string, options: readonly string[], now: number): proto.IMessage {
	const content = normalizeMessageContent(poll);
	const creation = content?.pollCreationMessage ?? content?.pollCreationMessageV2 ?? content?.pollCreationMessageV3;
	const secret = poll.messageContextInfo?.messageSecret;
	if (!creation || !(secret instanceof Uint8Array)) throw new Error('not a poll with its secret');
	const offered = new Set(creation.options?.map(({ optionName }) => optionName));
	const unknown = options.find((option) => !offered.has(option));
	if (unknown !== undefined) throw new Error(`the poll has no option ${unknown}`);
	const selectedOptions = options.map((option) => createHash('sha256').update(option).digest());
	const use = Buffer.concat([Buffer.from(`${target.id}${creator}${voter}Poll Vote`), Buffer.from([1])]);
	const key = hmac(use, hmac(secret, Buffer.alloc(32)));
	const encIv = createHash('sha256').update(`${voter}${now}`).digest().subarray(0, 12);
	const cipher = createCipheriv('aes-256-gcm', key, encIv);
	cipher.setAAD(Buffer.from(`${target.id}\0${voter}`));
	const plain = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish();
	const encPayload = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	return { pollUpdateMessage: { pollCreationMessageKey: keyOf(target), vote: { encPayload, encIv }, senderTimestampMs: now } };
}

/** A file with what the person says of it. */
export interface FileContent {
	readonly kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';
	readonly bytes: Buffer;
	readonly mimetype: string;
	readonly caption?: string;
	readonly fileName?: string;
	readonly seconds?: number;
}

/** The message of a file that was uploaded. */
export function fileMessage(file: FileContent, uploaded: MediaReference): proto.IMessage {
	const common = { ...uploaded, mimetype: file.mimetype };
	switch (file.kind) {
		case 'image':
			return { imageMessage: { ...common, caption: file.caption } };
		case 'video':
			return { videoMessage: { ...common, caption: file.caption, seconds: file.seconds } };
		case 'audio':
		case 'voice':
			return { audioMessage: { ...common, ptt: file.kind === 'voice', seconds: file.seconds ?? 1 } };
		case 'document':
			return { documentMessage: { ...common, caption: file.caption, fileName: file.fileName, title: file.fileName } };
		case 'sticker':
			return { stickerMessage: common };
	}
}

/** The `type` of a message's stanza. */
export function stanzaType(message: proto.IMessage): string {
	const content = normalizeMessageContent(message);
	if (content?.reactionMessage) return 'reaction';
	if (content?.pollCreationMessage || content?.pollCreationMessageV3 || content?.pollUpdateMessage) return 'poll';
	return mediaType(message) === undefined ? 'text' : 'media';
}

/** The `mediatype` of its encrypted body, undefined for text. */
export function mediaType(message: proto.IMessage): string | undefined {
	const content = normalizeMessageContent(message);
	if (content?.imageMessage) return 'image';
	if (content?.videoMessage) return 'video';
	if (content?.audioMessage) return content.audioMessage.ptt === true ? 'ptt' : 'audio';
	if (content?.documentMessage) return 'document';
	if (content?.stickerMessage) return 'sticker';
	if (content?.locationMessage) return 'location';
	return content?.contactMessage ? 'vcard' : undefined;
}

/** The `edit` attribute of a stanza: 1 for an edit, 7 for a deletion. */
export function editAttribute(message: proto.IMessage): number | undefined {
	if (message.editedMessage) return 1;
	return message.protocolMessage?.type === proto.Message.ProtocolMessage.Type.REVOKE ? 7 : undefined;
}
