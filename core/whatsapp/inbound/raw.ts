import type { proto } from '@whiskeysockets/baileys';
import type { ClientLibrary } from '../client-library';

/** Longer ones hold pictures or are made to be long. */
const LONGEST = 64 * 1024;

/** The message as the protocol has it, as JSON with base64 bytes; null when it is too long. */
export function rawOf({ proto: { Message } }: Pick<ClientLibrary, 'proto'>, message: proto.IMessage): unknown {
	const json = JSON.stringify(Message.toObject(Message.fromObject(message), { longs: Number, enums: String, bytes: String }));
	return json.length > LONGEST ? null : (JSON.parse(json) as unknown);
}
