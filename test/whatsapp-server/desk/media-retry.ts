import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import { attribute, child, type Stanza, stanza } from '../wire/stanza';
import type { Desk } from './desk';
import type { Device } from './device';
import type { Phone } from './phone';

/** A device could not download a file any more: its own phone uploads it again and tells where. A phone that does not have it says so. */
export function reupload(desk: Desk, phone: Phone, device: Device, receipt: Stanza): void {
	const id = attribute(receipt, 'id');
	const wanted = child(receipt, 'rmr');
	const content = normalizeMessageContent(phone.screen.find(id)?.content);
	const file = content?.imageMessage ?? content?.audioMessage ?? content?.documentMessage ?? content?.videoMessage ?? content?.stickerMessage;
	const kept = desk.media.read(file?.directPath ?? '');
	const rmr = stanza('rmr', { jid: wanted?.attrs['jid'], from_me: wanted?.attrs['from_me'] });
	const attrs = { from: phone.phoneJid, type: 'mediaretry', id, t: desk.seconds() };
	if (!file?.mediaKey || kept === undefined) {
		device.mailbox.post(stanza('notification', attrs, [rmr, stanza('error', { code: proto.MediaRetryNotification.ResultType.NOT_FOUND })]));
		return;
	}
	const directPath = desk.media.keep(kept);
	const plain = proto.MediaRetryNotification.encode({ stanzaId: id, directPath, result: proto.MediaRetryNotification.ResultType.SUCCESS }).finish();
	const key = Buffer.from(hkdfSync('sha256', file.mediaKey, Buffer.alloc(0), 'WhatsApp Media Retry Notification', 32));
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, iv);
	cipher.setAAD(Buffer.from(id));
	const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	device.mailbox.post(stanza('notification', attrs, [rmr, stanza('encrypt', {}, [stanza('enc_p', {}, sealed), stanza('enc_iv', {}, iv)])]));
}
