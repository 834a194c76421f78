import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import type { Desk } from './desk';
import type { Device } from './device';
import type { Phone } from './phone';
import { textOf } from './screen';

const { HistorySyncType } = proto.HistorySync;
const { Type } = proto.Message.ProtocolMessage;

/** What a phone sends to a device it has just been linked with: the keys of the account's settings, then its history in parts. */
export async function sendHistory(desk: Desk, phone: Phone, device: Device): Promise<void> {
	const key = { keyId: { keyId: Buffer.from(desk.random.hex(12), 'hex') }, keyData: { keyData: Buffer.from(desk.random.hex(64), 'hex'), fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0, device.index] }, timestamp: desk.clock.now() } };
	await phone.sending.peer(device, { protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys: [key] } } });
	for (const part of historyOf(desk, phone)) {
		const initialHistBootstrapInlinePayload = deflateSync(proto.HistorySync.encode(part).finish());
		const historySyncNotification = { syncType: part.syncType as number, chunkOrder: 1, progress: 100, initialHistBootstrapInlinePayload };
		await phone.sending.peer(device, { protocolMessage: { type: Type.HISTORY_SYNC_NOTIFICATION, historySyncNotification } });
	}
}

/** The chats of a phone: their messages, the names, and the table that leads from LIDs to numbers. */
function historyOf(desk: Desk, phone: Phone): readonly proto.IHistorySync[] {
	const people = [...new Set(phone.screen.messages.map(({ chat }) => chat))].flatMap((number) => desk.known(number) ?? []);
	const conversations = people.map((person) => ({
		id: person.address,
		name: person.name,
		pnJid: person.phoneJid,
		lidJid: person.lidJid,
		messages: phone.screen.messages
			.filter(({ chat }) => chat === person.number)
			.map(({ id, fromMe, content }) => ({
				message: { key: { remoteJid: person.address, fromMe, id }, message: { conversation: textOf(content) }, messageTimestamp: desk.seconds() },
			})),
	}));
	const phoneNumberToLidMappings = people.map(({ phoneJid, lidJid }) => ({ pnJid: phoneJid, lidJid }));
	return [
		{ syncType: HistorySyncType.INITIAL_BOOTSTRAP, conversations, phoneNumberToLidMappings, progress: 100, chunkOrder: 1 },
		{ syncType: HistorySyncType.PUSH_NAME, pushnames: people.map(({ address, name }) => ({ id: address, pushname: name })) },
		{ syncType: HistorySyncType.NON_BLOCKING_DATA, phoneNumberToLidMappings },
	];
}
