import type { Store } from '../../../../core/store';
import { createCollector } from '../../../../core/store/collect';
import { loadClientLibrary, readVote } from '../../../../core/whatsapp';
import { putBlobIn } from '../../../../core/whatsapp/blobs';
import { channelOf } from '../../../../core/whatsapp/inbound';
import { describeEngines } from '../../../support/engines';
import { textOf } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { noteWritten, SendingSession } from './sessions';

/** A page of Ogg with a packet of this body, as far as anybody looks. */
function oggPage(granule: bigint, body: Buffer): Buffer {
	const head = Buffer.alloc(28);
	head.write('OggS');
	head.writeBigInt64LE(granule, 6);
	head[26] = 1;
	head[27] = body.length;
	return Buffer.concat([head, body]);
}
const opusHead = Buffer.alloc(19);
opusHead.write('OpusHead');
opusHead.writeUInt16LE(312, 10);
/** 7.4 seconds of nothing. */
const VOICE = Buffer.concat([oggPage(0n, opusHead), oggPage(355_512n, Buffer.alloc(40))]);

/** Sealed by a key that nobody has any more. */
const UNOPENABLE = 'v1.00000000.AAAA';

jest.setTimeout(60_000);

describe('what can be sent', () => {
	const bench = Bench.ofTests();

	describeEngines((dialect, engine) => {
		let store: Store;
		let session: SendingSession;
		beforeAll(async () => {
			store = await engine.open();
			session = await SendingSession.start(bench, store, dialect === 'sqlite' ? '79990000511' : '79990000512');
		});
		afterAll(async () => await session.stop());

		const blobs = async () => (await store.db.selectFrom('wa_blob').select('id').execute()).map(({ id }) => id);

		it.each([
			['image', { kind: 'image', mimetype: 'image/jpeg', caption: 'our work' }, 'imageMessage'],
			['video', { kind: 'video', mimetype: 'video/mp4', seconds: 3 }, 'videoMessage'],
			['document', { kind: 'document', mimetype: 'application/pdf', fileName: '../prices\u202e/price list.pdf', caption: 'prices' }, 'documentMessage'],
			['audio', { kind: 'audio', mimetype: 'audio/mpeg', seconds: 12 }, 'audioMessage'],
		] as const)('uploads a file: %s', async (type, content, field) => {
			const anna = bench.someone();
			const bytes = Buffer.from(`the bytes of ${type}`.repeat(500));
			const { id, waId } = await session.order({ to: anna.lidJid, content: { ...content, media: bytes } });
			await session.reaches(id, 'delivered');
			const shown = anna.screen.find(waId)?.content ?? {};
			const file = (shown.documentWithCaptionMessage?.message ?? shown)[field];
			expect(file?.mimetype).toBe(content.mimetype);
			if ('fileName' in content) expect(shown.documentMessage?.fileName).toBe('price list.pdf');
			if ('caption' in content) expect(textOf(shown)).toBe(content.caption);
			const opened = await bench.server.media.open(
				{ directPath: file?.directPath ?? '', mediaKey: Buffer.from(file?.mediaKey ?? []), fileSha256: Buffer.from(file?.fileSha256 ?? []), fileEncSha256: Buffer.from(file?.fileEncSha256 ?? []) },
				type,
			);
			expect(opened.equals(bytes)).toBe(true);
			expect(await blobs()).toEqual([]);
		});

		it('sends a recording as a voice message with its length, and refuses what is no Opus', async () => {
			const anna = bench.someone();
			const { id, waId } = await session.order({ to: anna.lidJid, content: { kind: 'voice', media: VOICE } });
			await session.reaches(id, 'delivered');
			expect(anna.screen.find(waId)?.content.audioMessage).toMatchObject({ ptt: true, seconds: 7, mimetype: 'audio/ogg; codecs=opus' });
			const order = { to: anna.lidJid, idemKey: 'mp3', isAnswer: false, hasAgreed: true } as const;
			expect(await session.desk.enqueue({ ...order, content: { kind: 'voice', media: Buffer.from('ID3 an mp3 that calls itself a voice message') } })).toMatchObject({ kind: 'refused', code: 'voice_not_opus' });
			expect(await session.desk.enqueue({ ...order, content: { kind: 'image', mimetype: 'image/png', media: Buffer.alloc(17 * 2 ** 20) } })).toMatchObject({ kind: 'refused', code: 'media_too_large' });
			expect(await blobs()).toEqual([]);
		});

		it('tries an upload again, in order, and gives a file up that is not there', async () => {
			const anna = bench.someone();
			bench.server.media.failingUploads = 1;
			const picture = await session.order({ to: anna.lidJid, content: { kind: 'image', mimetype: 'image/png', media: Buffer.from('picture'), caption: 'first' } });
			const text = await session.say(anna, 'second');
			await session.reaches(text.id, 'delivered');
			expect(await session.reaches(picture.id, 'delivered')).toMatchObject({ tries: 2 });
			expect(anna.screen.texts).toEqual(['first', 'second']);
			const lost = await session.order({ to: anna.lidJid, content: { kind: 'image', mimetype: 'image/png', media: { blobId: 'nobody has it' } } });
			expect(await session.reaches(lost.id, 'failed')).toMatchObject({ error: { code: 'media_missing' } });
		});

		it('sends bytes that were received, and leaves them where they are', async () => {
			const anna = bench.someone();
			await store.write(async (trx) => await putBlobIn(trx, store.vault, 'salon', 'in:7', Buffer.from('a received picture'), 0));
			const { id } = await session.order({ to: anna.lidJid, content: { kind: 'image', mimetype: 'image/png', media: { blobId: 'in:7' } } });
			await session.reaches(id, 'delivered');
			expect(await blobs()).toEqual(['in:7/0000']);
			await store.write(async (trx) => await trx.deleteFrom('wa_blob').execute());
		});

		it('sends a place and a person', async () => {
			const anna = bench.someone();
			const place = await session.order({ to: anna.lidJid, content: { kind: 'location', latitude: 55.75, longitude: 37.61, name: 'Salon', address: 'Red Square 1' } });
			const person = await session.order({ to: anna.lidJid, content: { kind: 'contact', name: 'Maria; Ivanova\nEND:VCARD', phone: '+79161112233' } });
			await session.reaches(person.id, 'delivered');
			expect(anna.screen.find(place.waId)?.content.locationMessage).toMatchObject({ degreesLatitude: 55.75, degreesLongitude: 37.61, name: 'Salon', address: 'Red Square 1' });
			const { vcard } = anna.screen.find(person.waId)?.content.contactMessage ?? {};
			expect(vcard).toContain('waid=79161112233:+79161112233');
			expect(vcard?.split('\n').filter((line) => line === 'END:VCARD')).toHaveLength(1);
		});

		it('edits, deletes and reacts', async () => {
			const { salon } = session.linked;
			const anna = bench.someone();
			const written = await anna.write(salon, 'hello');
			await session.linked.client.message(written);
			const first = await session.say(anna, 'at ten');
			await session.order({ to: anna.lidJid, content: { kind: 'edit', targetId: first.waId, text: 'at eleven' } });
			await session.order({ to: anna.lidJid, content: { kind: 'reaction', targetId: written, emoji: '❤️' } });
			expect(textOf((await anna.screen.becomes(first.waId, ({ edited }) => edited)).content)).toBe('at eleven');
			expect((await anna.screen.becomes(written, ({ reactions }) => reactions.size > 0)).reactions.get(salon.number)).toBe('❤️');
			await session.order({ to: anna.lidJid, content: { kind: 'delete', targetId: first.waId } });
			await anna.screen.becomes(first.waId, ({ revoked }) => revoked);
		});

		it('quotes what the person wrote, and what we wrote; without a quote when nobody knows the message', async () => {
			const anna = bench.someone();
			const payload = JSON.stringify({ item: { text: 'at what time?' }, files: [] });
			const chat = { tenant: 'salon', channel: channelOf(session.lease.session), chatId: anna.lidJid };
			await createCollector(store, { owner: 'tests' }).add(chat, { messageId: 'AAAA', payload }, { quietMs: 0, mostMs: 0 });
			const own = await session.say(anna, 'at ten', { content: { kind: 'text', text: 'at ten', quotedId: 'AAAA' } });
			const again = await session.order({ to: anna.lidJid, content: { kind: 'text', text: 'I said ten', quotedId: own.waId } });
			const bare = await session.order({ to: anna.lidJid, content: { kind: 'text', text: 'and so on', quotedId: 'BBBB' } });
			await session.reaches(bare.id, 'delivered');
			const contextOf = (waId: string) => anna.screen.find(waId)?.content.extendedTextMessage?.contextInfo;
			expect(contextOf(own.waId)).toMatchObject({ stanzaId: 'AAAA', participant: anna.lidJid, quotedMessage: { conversation: 'at what time?' } });
			expect(contextOf(again.waId)).toMatchObject({ stanzaId: own.waId, quotedMessage: { extendedTextMessage: { text: 'at ten' } } });
			expect(contextOf(bare.waId)).toBeFalsy();
		});

		it('goes without a quote that nobody can open any more, and gives up a file that nobody can: the chat goes on', async () => {
			const anna = bench.someone();
			const chat = { tenant: 'salon', channel: channelOf(session.lease.session), chatId: anna.lidJid };
			await createCollector(store, { owner: 'tests' }).add(chat, { messageId: 'CCCC', payload: '{}' }, { quietMs: 0, mostMs: 0 });
			await store.write(async (trx) => {
				await trx.updateTable('collected_message').set({ payload: UNOPENABLE }).where('message_id', '=', 'CCCC').execute();
				await trx.insertInto('wa_blob').values({ tenant: 'salon', id: 'in:8/0000', value: UNOPENABLE, created_at: 0 }).execute();
			});
			const answer = await session.order({ to: anna.lidJid, content: { kind: 'text', text: 'at ten', quotedId: 'CCCC' } });
			const picture = await session.order({ to: anna.lidJid, content: { kind: 'image', mimetype: 'image/png', media: { blobId: 'in:8' } } });
			const text = await session.say(anna, 'and this');
			expect(await session.reaches(picture.id, 'failed')).toMatchObject({ tries: 0, error: { code: 'unreadable', sentence: expect.stringContaining('encryption key') } });
			await session.reaches(answer.id, 'delivered');
			await session.reaches(text.id, 'delivered');
			expect(anna.screen.texts).toEqual(['at ten', 'and this']);
			expect(anna.screen.find(answer.waId)?.content.extendedTextMessage?.contextInfo).toBeFalsy();
			await store.write(async (trx) => await trx.deleteFrom('wa_blob').execute());
		});

		it('asks a poll, and reads votes of both addressings, also after a restart', async () => {
			const client = await loadClientLibrary();
			const { salon } = session.linked;
			for (const addressing of ['lid', 'pn'] as const) {
				const voter = bench.someone({ addressing });
				const { id, waId } = await session.order({ to: voter.address, content: { kind: 'poll', question: 'When?', options: ['10:00', '11:00', 'never'] } });
				await session.reaches(id, 'delivered');
				await session.restart(bench);
				const { message } = await session.linked.client.message(await voter.vote(salon, waId, ['11:00']));
				const update = message.message?.pollUpdateMessage ?? {};
				const parties = { ownJids: [salon.phoneJid, salon.lidJid], voterJids: [voter.phoneJid, voter.lidJid] };
				expect(await readVote(store, client, session.lease, update, parties)).toEqual(['11:00']);
				expect(await readVote(store, client, session.lease, update, { ...parties, voterJids: [bench.someone().lidJid] })).toBeNull();
				expect(await readVote(store, client, { ...session.lease, session: 'another' }, update, parties)).toBeNull();
			}
		});

		it('refuses an order that makes no sense, with what is wrong, and keeps nothing of it', async () => {
			const anna = bench.someone();
			await noteWritten(store, session.lease.session, anna, Date.now());
			const order = { to: anna.lidJid, idemKey: 'senseless', isAnswer: true } as const;
			const refused = async (content: unknown, more = {}) => await session.desk.enqueue({ ...order, ...more, content: content as never });
			const queued = async () => (await store.db.selectFrom('wa_outbox').select('id').execute()).length;
			const before = await queued();
			expect(await refused({ kind: 'text', text: '' })).toMatchObject({ code: 'bad_order', sentence: expect.stringContaining('a text is empty') });
			expect(await refused({ kind: 'text', text: 'x'.repeat(65_537) })).toMatchObject({ code: 'bad_order', sentence: expect.stringContaining('too long') });
			expect(await refused({ kind: 'sticker' })).toMatchObject({ code: 'bad_order' });
			expect(await refused({ kind: 'poll', question: 'When?', options: ['one'] })).toMatchObject({ code: 'bad_order' });
			expect(await refused({ kind: 'poll', question: 'When?', options: ['one', 'one '] })).toMatchObject({ sentence: expect.stringContaining('the same') });
			expect(await refused({ kind: 'image', mimetype: 'image/png\r\nx: y', media: Buffer.from('a') })).toMatchObject({ code: 'bad_order' });
			expect(await refused({ kind: 'image', mimetype: 'image/png', media: Buffer.alloc(0) })).toMatchObject({ sentence: expect.stringContaining('empty') });
			expect(await refused({ kind: 'location', latitude: 91, longitude: 0 })).toMatchObject({ code: 'bad_order' });
			expect(await refused({ kind: 'text', text: 'hello' }, { idemKey: '' })).toMatchObject({ code: 'bad_order' });
			for (const to of ['120363000000000000@g.us', 'status@broadcast', '12', 'anna', '']) expect(await refused({ kind: 'text', text: 'hello' }, { to })).toMatchObject({ code: 'bad_recipient' });
			expect(await queued()).toBe(before);
			expect(await blobs()).toEqual([]);
		});
	});
});
