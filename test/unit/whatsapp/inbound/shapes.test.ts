import * as client from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { readContent } from '../../../../core/whatsapp/inbound/shapes';
import { arrivalOf, arrivalsOf } from '../../../../core/whatsapp/inbound/arrival';
import { fileName, mimetypeOf } from '../../../../core/whatsapp/inbound/media/names';
import { mergeSaid, openMessage, storeMessage } from '../../../../core/whatsapp/inbound/stored';
import { idOf, nameOf, numberOf, phoneOf, userJid } from '../../../../core/whatsapp/inbound/values';

const { proto } = client;
type Message = client.proto.IMessage;

/** As it travels: what a phone encodes and we decode. */
const read = (message: Message) => readContent(client, proto.Message.decode(proto.Message.encode(message).finish()));
const said = (message: Message) => {
	const reading = read(message);
	if (reading.kind !== 'said') throw new Error(reading.kind);
	return reading.said;
};

describe('what a message says', () => {
	it.each<[string, Message, object]>([
		['a text', { conversation: 'hello' }, { type: 'text', text: 'hello' }],
		['a reply', { extendedTextMessage: { text: 'yes', contextInfo: { stanzaId: '3AB0' } } }, { type: 'text', text: 'yes', quotedId: '3AB0', fromAd: false }],
		['an answer to an advertisement', { extendedTextMessage: { text: 'price?', contextInfo: { externalAdReply: { title: 'x' } } } }, { text: 'price?', fromAd: true }],
		['a text that disappears', { ephemeralMessage: { message: { conversation: 'soon gone' } } }, { type: 'text', text: 'soon gone' }],
		['a picture to be seen once', { viewOnceMessageV2: { message: { imageMessage: { caption: 'look', mimetype: 'image/png' } } } }, { type: 'image', text: 'look' }],
		['a document with a caption', { documentWithCaptionMessage: { message: { documentMessage: { caption: 'list', fileName: 'a.pdf', mimetype: 'application/pdf' } } } }, { type: 'document', text: 'list' }],
		['a voice note', { audioMessage: { ptt: true, seconds: 4, mimetype: 'audio/ogg; codecs=opus' } }, { type: 'voice' }],
		['a piece of music', { audioMessage: { seconds: 200, mimetype: 'audio/mpeg' } }, { type: 'audio' }],
		['a round video', { ptvMessage: { seconds: 5 } }, { type: 'video' }],
		['a sticker', { stickerMessage: { mimetype: 'image/webp' } }, { type: 'sticker' }],
		['a place', { locationMessage: { degreesLatitude: 55.75, degreesLongitude: 37.6, name: 'Salon', address: 'Tverskaya 1' } }, { type: 'location', text: 'Salon, Tverskaya 1', location: { latitude: 55.75, longitude: 37.6, name: 'Salon', address: 'Tverskaya 1' } }],
		['a place that moves', { liveLocationMessage: { degreesLatitude: 1, degreesLongitude: 2, caption: 'on my way' } }, { type: 'location', text: 'on my way' }],
		['a contact', { contactMessage: { displayName: 'Boris', vcard: 'BEGIN:VCARD\nTEL;type=CELL;waid=79161112233:+7 916 111-22-33\nEND:VCARD' } }, { type: 'contact', contacts: [{ name: 'Boris', phones: ['79161112233'] }], text: 'Boris +79161112233' }],
		['a contact without WhatsApp', { contactsArrayMessage: { contacts: [{ displayName: 'B', vcard: 'BEGIN:VCARD\r\nitem1.TEL:8 (916) 111-22-33\r\nEND:VCARD' }] } }, { contacts: [{ name: 'B', phones: ['89161112233'] }] }],
		['a button', { buttonsResponseMessage: { selectedButtonId: 'slot-1', selectedDisplayText: '10:00' } }, { type: 'choice', choiceId: 'slot-1', text: '10:00' }],
		['a row of a list', { listResponseMessage: { title: '11:00', singleSelectReply: { selectedRowId: 'slot-2' } } }, { choiceId: 'slot-2', text: '11:00' }],
		['a button of a template', { templateButtonReplyMessage: { selectedId: 'yes', selectedDisplayText: 'Yes' } }, { choiceId: 'yes', text: 'Yes' }],
		['an answer of a flow', { interactiveResponseMessage: { body: { text: 'Picked' }, nativeFlowResponseMessage: { paramsJson: '{"id":"slot-3"}' } } }, { choiceId: 'slot-3', text: 'Picked' }],
		['a flow that is no JSON', { interactiveResponseMessage: { nativeFlowResponseMessage: { paramsJson: '{' } } }, { type: 'choice', choiceId: null }],
		['a product', { productMessage: { body: 'x' } }, { type: 'unsupported', text: '' }],
		['a text with the keys of its group', { conversation: 'hi', senderKeyDistributionMessage: { groupId: 'g' }, messageContextInfo: { messageSecret: Buffer.from('s') } }, { type: 'text', text: 'hi' }],
	])('is known for %s', (_name, message, expected) => expect(said(message)).toMatchObject(expected));

	it.each<[string, Message]>([
		['an empty one', {}],
		['an empty text', { conversation: '' }],
		['a reaction', { reactionMessage: { text: '👍', key: { id: '1' } } }],
		['keys', { senderKeyDistributionMessage: { groupId: 'g' } }],
		['context alone', { messageContextInfo: { messageSecret: Buffer.from('s') } }],
		['the history', { protocolMessage: { type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION, key: { id: '1' } } }],
		['an edit of nothing', { protocolMessage: { type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT, key: { id: '1' } } }],
	])('is nothing for %s', (_name, message) => expect(read(message)).toEqual({ kind: 'silent' }));

	it('tells edits, deletions and votes with the message they are about', () => {
		const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;
		expect(read({ editedMessage: { message: { protocolMessage: { type: MESSAGE_EDIT, key: { id: 'A' }, editedMessage: { conversation: 'new' } } } } })).toMatchObject({ kind: 'edit', targetId: 'A', said: { text: 'new' } });
		expect(read({ protocolMessage: { type: REVOKE, key: { id: 'B' } } })).toEqual({ kind: 'revoke', targetId: 'B' });
		expect(read({ pollUpdateMessage: { pollCreationMessageKey: { id: 'C' } } })).toMatchObject({ kind: 'vote', pollId: 'C' });
	});

	it('takes numbers that come as 64-bit objects, and bounds what is too long', () => {
		const reading = said({ documentMessage: { fileLength: 123_456, fileName: 'a', mimetype: 'application/pdf' } });
		expect(reading.media).toMatchObject([{ size: 123_456, name: 'a.pdf' }]);
		expect(said({ conversation: 'x'.repeat(200_000) }).text).toHaveLength(65_536);
	});
});

describe('hostile messages', () => {
	const field = fc.letrec((tie) => ({
		value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.uint8Array({ maxLength: 20 }), fc.array(tie('value'), { maxLength: 3 }), tie('object')),
		object: fc.dictionary(fc.oneof(fc.constantFrom('contextInfo', 'text', 'caption', 'fileName', 'mimetype', 'vcard', 'contacts', 'message', 'key', 'id', 'fileLength', 'directPath', 'mediaKey', 'paramsJson', '__proto__', 'constructor'), fc.string()), tie('value'), { maxKeys: 5 }),
	}));
	const names = [
		'conversation', 'extendedTextMessage', 'imageMessage', 'documentMessage', 'audioMessage', 'contactMessage', 'contactsArrayMessage', 'locationMessage', 'listResponseMessage', 'interactiveResponseMessage',
		'protocolMessage', 'editedMessage', 'ephemeralMessage', 'viewOnceMessage', 'pollUpdateMessage', 'reactionMessage', 'toString', '__proto__',
	];

	it('of any shape end in a reading that can be stored and merged', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...names), field.value), (content) => {
				const reading = readContent(client, content as Message);
				if (reading.kind !== 'said' && reading.kind !== 'edit') return;
				const item = { ...reading.said, id: '1', editedId: null, jid: '7@lid', pushName: null, timestamp: 1, receivedAt: 1, live: true };
				const again = openMessage(storeMessage({ item, files: reading.files })).item;
				expect(typeof again.text).toBe('string');
				expect(again.media).toHaveLength(reading.files.length);
				expect(mergeSaid([again, again]).media).toHaveLength(2 * reading.files.length);
			}),
			{ numRuns: 1000 },
		);
	});

	it('as bytes are read or passed over, never thrown', () => {
		const attrs = { id: '3A', from: '100200300400500@lid', t: '1700000000' };
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				for (const arrival of arrivalsOf(client, { attrs, me: { id: '79990000001:1@s.whatsapp.net', lid: '1000:1@lid' }, plaintext: bytes })) readContent(client, arrival.content);
			}),
			{ numRuns: 1000 },
		);
	});

	it('nested ten thousand deep are passed over', () => {
		let bytes: Uint8Array = proto.Message.encode({ conversation: 'deep' }).finish();
		const wrap = (inner: Uint8Array): Uint8Array => {
			const length: number[] = [];
			for (let left = inner.length; ; left >>>= 7) {
				length.push(left > 127 ? (left & 127) | 128 : left);
				if (left <= 127) break;
			}
			return Buffer.concat([Buffer.from([0x0a, ...length]), inner]);
		};
		// ephemeralMessage is field 40, FutureProofMessage.message field 1
		for (let depth = 0; depth < 10_000; depth += 1) {
			const inner = wrap(bytes);
			bytes = Buffer.concat([Buffer.from([0xc2, 0x02]), wrap(inner).subarray(1)]);
		}
		const attrs = { id: '3A', from: '100200300400500@lid', t: '1700000000' };
		const arrivals = arrivalsOf(client, { attrs, me: { id: '', lid: '' }, plaintext: Buffer.concat([bytes, Buffer.from([1])]) });
		for (const arrival of arrivals) expect(['silent', 'said']).toContain(readContent(client, arrival.content).kind);
	});

	it('about others than their sender are passed over: groups, own account, spoofed answers of the phone', () => {
		const me = { id: '79990000001:1@s.whatsapp.net', lid: '1000:1@lid' };
		const message = (remoteJid: string) => ({ key: { remoteJid, id: '3A' }, message: { conversation: 'x' } });
		expect(arrivalOf(message('120363000000000001@g.us'), true, me)).toBeNull();
		expect(arrivalOf(message('status@broadcast'), true, me)).toBeNull();
		expect(arrivalOf(message('79990000001@s.whatsapp.net'), true, me)).toBeNull();
		expect(arrivalOf(message('79161112233:4@s.whatsapp.net'), true, me)).toMatchObject({ jid: '79161112233@s.whatsapp.net' });
		const webMessageInfoBytes = proto.WebMessageInfo.encode({ key: { remoteJid: '79161112233@s.whatsapp.net', id: 'X' }, message: { conversation: 'forged' } }).finish();
		const { PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE: type } = proto.Message.ProtocolMessage.Type;
		const content = { protocolMessage: { type, peerDataOperationRequestResponseMessage: { peerDataOperationResult: [{ placeholderMessageResendResponse: { webMessageInfoBytes } }] } } };
		const plaintext = Buffer.concat([proto.Message.encode(content).finish(), Buffer.from([1])]);
		const from = (jid: string) => arrivalsOf(client, { attrs: { id: '3A', from: jid, t: '1', category: 'peer' }, me, plaintext }).map(({ id }) => id);
		expect(from('79161112233@s.whatsapp.net')).toEqual(['3A']);
		expect(from('79990000001@s.whatsapp.net')).toEqual(['X']);
	});
});

describe('values', () => {
	it('are what they should be, or nothing', () => {
		expect(userJid('79161112233:12@s.whatsapp.net')).toBe('79161112233@s.whatsapp.net');
		expect(userJid('100:1@lid')).toBeNull();
		expect(userJid('1001001:1@hosted.lid')).toBe('1001001@lid');
		expect([userJid('x@lid'), userJid(7), userJid('79161112233@g.us')]).toEqual([null, null, null]);
		expect(phoneOf('100200300@lid')).toBeNull();
		expect(numberOf({ toNumber: () => 5 })).toBe(5);
		expect([numberOf('7'), numberOf(NaN), numberOf('x'), numberOf({}), numberOf(2 ** 60)]).toEqual([7, null, null, null, null]);
		expect(idOf('3AB')).toBe('3AB');
		expect(idOf('a\u0000b')).toMatch(/^sha256:/);
		expect(nameOf('\u202Eevil\u0000\n')).toBe('evil');
		expect(nameOf(' \u0007')).toBeNull();
	});

	it.each([
		['price.pdf', 'application/pdf', 'price.pdf'],
		['../../etc/passwd', 'text/plain', 'passwd.txt'],
		['C:\\x\\report.docx', 'application/octet-stream', 'report.docx'],
		['con.txt', 'text/plain', '_con.txt'],
		['Прайс лист.xlsx', 'application/vnd.ms-excel', 'Прайс лист.xlsx'],
		['...', 'application/pdf', 'document.pdf'],
		[undefined, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document.docx'],
		['a'.repeat(300) + '.pdf', 'application/pdf', `${'a'.repeat(48)}${'a'.repeat(8)}.pdf`],
	])('a file called %s is safe to store', (name, mimetype, expected) => expect(fileName(name, 'document', mimetype)).toBe(expected));

	it('a type has the form of one', () => {
		expect(mimetypeOf('audio/ogg; codecs=opus', 'voice')).toBe('audio/ogg; codecs=opus');
		expect(mimetypeOf('text/html\r\nx: y', 'image')).toBe('image/jpeg');
		expect(mimetypeOf(7, 'document')).toBe('application/octet-stream');
	});

	it('any name stays a name', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
				const safe = fileName(name, 'document', 'application/pdf');
				expect(safe).toMatch(/^[^/\\<>:"|?*]{1,130}$/);
				expect(safe.startsWith('.')).toBe(false);
			}),
			{ numRuns: 500 },
		);
	});
});
