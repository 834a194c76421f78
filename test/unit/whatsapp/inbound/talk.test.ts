import { randomBytes } from 'node:crypto';
import type { Store } from '../../../../core/store';
import { createAssistantStore } from '../../../../core/store';
import { createOutboxDesk, loadClientLibrary, readBlob } from '../../../../core/whatsapp';
import { sealMessage } from '../../../../core/whatsapp/outbound/stored-message';
import { describeEngines } from '../../../support/engines';
import type { Device, FileContent, Phone } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { Receiver } from './bench';

const QUIET_MS = 20_000;

jest.setTimeout(60_000);

const bench = Bench.ofTests();

describe('a session that waits until people fall silent', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let receiver: Receiver;
		let salon: Phone;
		let device: Device;
		const downloads: string[] = [];
		let refused = 0;
		let downloaded = (): void => undefined;
		const settings = { quietMs: QUIET_MS, mostMs: 3 * QUIET_MS, mediaLimitBytes: 100_000, markRead: false };
		const fetchCounted: typeof fetch = async (input, init) => {
			downloads.push(String(input));
			if (refused > 0) {
				refused -= 1;
				throw new Error('the network is gone');
			}
			const response = await fetch(input, init);
			downloaded();
			return response;
		};
		beforeAll(async () => {
			store = await engine.open();
			salon = bench.server.phone(dialect === 'sqlite' ? '79990000601' : '79990000602', { name: 'Salon', business: 'Salon' });
			receiver = await Receiver.open(store, bench.server.url, { settings, parts: { fetch: fetchCounted } });
			device = await receiver.link(bench, salon);
		}, 60_000);
		afterAll(async () => await receiver.close());
		beforeEach(() => downloads.splice(0));
		afterEach(() => expect(receiver.failures).toEqual([]));

		/** What comes when everything so far was taken in and people have fallen silent. */
		const turns = async (count: number) => {
			await receiver.settle(device);
			return await receiver.turns(count, QUIET_MS);
		};
		const turn = async () => (await turns(1))[0] ?? fail();
		const waiting = async (count: number) => {
			await receiver.settle(device);
			return await receiver.waiting(count, QUIET_MS);
		};
		const fail = (): never => {
			throw new Error('no turn');
		};

		it('makes one turn of five messages, and another of what comes after it was closed', async () => {
			const anna = bench.someone();
			const ids: string[] = [];
			for (let place = 0; place < 5; place += 1) ids.push(await anna.write(salon, `part ${place}`));
			const came = await turn();
			expect(came).toMatchObject({ messageIds: ids, text: ids.map((_, place) => `part ${place}`).join('\n'), type: 'text' });
			await anna.write(salon, 'one more thing');
			expect(await turn()).toMatchObject({ text: 'one more thing' });
		});

		it('has one turn of a chat in flight: the next one comes when that is done', async () => {
			const [anna, boris] = [bench.someone(), bench.someone()];
			await anna.write(salon, 'first');
			const [first] = await waiting(1);
			await receiver.feed.emitted(first?.turnId ?? '');
			await anna.write(salon, 'second');
			await boris.write(salon, 'hello');
			expect((await waiting(1)).map(({ text }) => text)).toEqual(['hello']);
			await receiver.feed.reopen();
			expect((await receiver.feed.next(5)).map(({ text, tries }) => [text, tries])).toEqual([['first', 1], ['hello', 0]]);
			expect((await turns(3)).map(({ text }) => text)).toEqual(['first', 'hello', 'second']);
		});

		it('puts an edit in place of what was written, and takes back what was deleted, while the turn is open', async () => {
			const anna = bench.someone();
			const [monday, oops, last] = [await anna.write(salon, 'on Monday'), await anna.write(salon, 'oops'), await anna.write(salon, 'at ten')];
			await anna.edit(salon, monday, 'on Tuesday');
			await anna.revoke(salon, oops);
			expect(await turn()).toMatchObject({ text: 'on Tuesday\nat ten', messageIds: [monday, last] });
			await anna.revoke(salon, last);
			const late = await anna.edit(salon, monday, 'no, on Friday');
			expect(await turn()).toMatchObject({ text: 'no, on Friday', messageIds: [late], messages: [{ editedId: monday }] });
			const alone = await anna.write(salon, 'never mind');
			await anna.revoke(salon, alone);
			await receiver.settle(device);
			expect(await store.db.selectFrom('collected_turn').select('turn_id').where('is_open', '=', 1).execute()).toEqual([]);
			expect(await receiver.feed.next(5)).toEqual([]);
		});

		it('lets nobody edit or delete what another person wrote', async () => {
			const [anna, eve] = [bench.someone(), bench.someone()];
			const id = await anna.write(salon, 'mine');
			await eve.write(salon, { protocolMessage: { type: 0, key: { id, remoteJid: salon.lidJid, fromMe: false } } });
			await eve.write(salon, { editedMessage: { message: { protocolMessage: { type: 14, key: { id, fromMe: true }, editedMessage: { conversation: 'not mine' } } } } });
			const both = await turns(2);
			expect(both.find(({ chatId }) => chatId === anna.lidJid)?.text).toBe('mine');
		});

		it('reads a vote in a poll of ours as a choice, and one that is taken back as nothing', async () => {
			const anna = bench.someone();
			await anna.write(salon, 'when?');
			await turn();
			const desk = createOutboxDesk(store, { ...receiver.lease, signals: receiver.signals });
			const queued = await desk.enqueue({ to: anna.lidJid, content: { kind: 'poll', question: 'When?', options: ['10:00', '11:00'] }, idemKey: anna.lid, isAnswer: true });
			if (queued.kind === 'refused') throw new Error(queued.code);
			const sent = await receiver.client.socket.sendMessage(anna.lidJid, { poll: { name: 'When?', values: ['10:00', '11:00'], selectableCount: 1 } }, { messageId: queued.waId });
			const message = sealMessage(store, await loadClientLibrary(), queued.id, sent?.message ?? {});
			await store.write(async (trx) => await trx.updateTable('wa_outbox').set({ message, state: 'acked' }).where('id', '=', queued.id).execute());
			await anna.screen.becomes(queued.waId, () => true);
			await anna.vote(salon, queued.waId, ['11:00']);
			expect(await turn()).toMatchObject({ type: 'poll', text: '11:00', choiceId: '11:00', quotedId: queued.waId });
			await anna.vote(salon, queued.waId, []);
			await receiver.settle(device);
			expect(await receiver.feed.next(5)).toEqual([]);
		});

		it('shows people that they were read when a workflow begins with their turn, not before, and only where that is wanted', async () => {
			const anna = bench.someone();
			const isRead = (id: string): boolean => bench.server.journal.find({ tag: 'receipt', attrs: { type: 'read' } }).some(({ node }) => JSON.stringify(node).includes(id));
			settings.markRead = true;
			const ids = [await anna.write(salon, 'one'), await anna.write(salon, 'two')];
			expect(await waiting(1)).toHaveLength(1);
			expect(ids.map(isRead)).toEqual([false, false]);
			await turn();
			for (const id of ids) await anna.sending.marked(id, 'read');
			settings.markRead = false;
			const third = await anna.write(salon, 'three');
			await turn();
			await receiver.settle(device);
			expect(isRead(third)).toBe(false);
		});

		it('leaves a chat to a person of the salon who answers on the phone, for longer with everything they write', async () => {
			const anna = bench.someone();
			await anna.write(salon, 'hello?');
			expect((await turn()).pausedUntil).toBeNull();
			await salon.write(anna, 'typed by the owner');
			const operator = await turn();
			expect(operator).toMatchObject({ type: 'operator', chatId: anna.lidJid, text: '', messageIds: [expect.any(String)] });
			expect(operator.messages).not.toMatchObject([{ goesOn: true }]);
			expect(operator.pausedUntil).toBeGreaterThan(Date.now());
			await salon.write(anna, 'and more', { at: Math.floor(Date.now() / 1000) + 60 });
			const goesOn = await turn();
			expect(goesOn).toMatchObject({ type: 'operator', text: '', messages: [{ goesOn: true }] });
			expect(goesOn.pausedUntil).toBeGreaterThan(operator.pausedUntil ?? Infinity);
			await salon.write(anna, 'sent before that', { at: Math.floor(Date.now() / 1000) });
			await receiver.settle(device);
			expect(await receiver.feed.next(5)).toEqual([]);
			await anna.write(salon, 'thanks');
			expect((await turn()).pausedUntil).toBeGreaterThan(Date.now());
		});

		it('knows one person by both addresses, from the first message or later', async () => {
			const anna = bench.someone({ sharesNumber: false });
			await anna.write(salon, 'who am I');
			expect(await turn()).toMatchObject({ phone: null, lid: anna.lidJid, chatId: anna.lidJid });
			await anna.write(salon, 'by number', { addressing: 'pn' });
			const stranger = await turn();
			expect(stranger).toMatchObject({ phone: anna.number, chatId: anna.phoneJid });
			anna.sharesNumber = true;
			await anna.write(salon, 'now you know', { addressing: 'lid' });
			await anna.write(salon, 'and again', { addressing: 'pn' });
			const came = await turn();
			expect(came).toMatchObject({ phone: anna.number, lid: anna.lidJid, chatId: anna.lidJid, text: 'now you know\nand again' });
		});

		it('puts open turns of both addresses together when it learns that they are one', async () => {
			const anna = bench.someone({ sharesNumber: false });
			const ids = [await anna.write(salon, 'one'), await anna.write(salon, 'two', { addressing: 'pn' })];
			anna.sharesNumber = true;
			ids.push(await anna.write(salon, 'three'));
			expect(await turn()).toMatchObject({ chatId: anna.lidJid, text: 'one\ntwo\nthree', messageIds: ids });
			await receiver.settle(device);
			expect(await receiver.feed.next(5)).toEqual([]);
		});

		const FILES: readonly FileContent[] = [
			{ kind: 'voice', bytes: randomBytes(5000), mimetype: 'audio/ogg; codecs=opus', seconds: 3 },
			{ kind: 'image', bytes: randomBytes(70_000), mimetype: 'image/jpeg', caption: 'before and after' },
			{ kind: 'document', bytes: randomBytes(1), mimetype: 'application/pdf', fileName: '../../price\u202E.pdf' },
			{ kind: 'video', bytes: randomBytes(90_000), mimetype: 'video/mp4', seconds: 12 },
			{ kind: 'sticker', bytes: randomBytes(333), mimetype: 'image/webp' },
		];
		it.each(FILES)('brings a $kind byte for byte, and removes it when its turn is done', async (file) => {
			const anna = bench.someone();
			await anna.sendFile(salon, file);
			const [came] = await waiting(1);
			const [media] = came?.media ?? [];
			expect(came).toMatchObject({ type: file.kind, text: file.caption ?? '' });
			expect(media).toMatchObject({ kind: file.kind, mimetype: file.mimetype, size: file.bytes.length, missing: null, seconds: file.seconds ?? null });
			if (file.kind === 'document') expect(media?.name).toBe('price .pdf');
			expect((await readBlob(store, 'salon', media?.blobId ?? ''))?.equals(file.bytes)).toBe(true);
			await receiver.feed.done(came?.turnId ?? '');
			expect(await readBlob(store, 'salon', media?.blobId ?? '')).toBeNull();
		});

		it('waits for a file that is slow, and then for silence', async () => {
			const anna = bench.someone();
			refused = 2;
			const id = await anna.sendFile(salon, { kind: 'voice', bytes: randomBytes(2000), mimetype: 'audio/ogg; codecs=opus', seconds: 2 });
			const second = await anna.write(salon, 'listen to it');
			const came = await turn();
			expect(came).toMatchObject({ messageIds: [id, second], media: [{ kind: 'voice', missing: null }] });
			expect(downloads).toHaveLength(3);
		});

		it.each(['missing', 'gone', 'broken'] as const)('has the phone upload a file again that is %s', async (fault) => {
			const anna = bench.someone();
			await receiver.client.stop();
			const id = await anna.sendFile(salon, { kind: 'image', bytes: Buffer.from(`old ${fault}`), mimetype: 'image/jpeg' });
			bench.server.media.spoil(salon.screen.find(id)?.content.imageMessage?.directPath ?? '', fault);
			receiver.connect();
			const came = await turn();
			expect(came.media).toMatchObject([{ missing: null, size: `old ${fault}`.length }]);
		});

		it('fetches a download again that was cut, and says so when it always is', async () => {
			const anna = bench.someone();
			for (const isMended of [true, false]) {
				downloads.splice(0);
				await receiver.client.stop();
				const id = await anna.sendFile(salon, { kind: 'image', bytes: randomBytes(50_000), mimetype: 'image/jpeg' });
				const path = salon.screen.find(id)?.content.imageMessage?.directPath ?? '';
				bench.server.media.spoil(path, 'cut');
				downloaded = () => void (isMended && bench.server.media.spoil(path, null));
				receiver.connect();
				const [media] = (await turn()).media;
				expect(media).toMatchObject(isMended ? { missing: null, size: 50_000 } : { missing: 'unavailable', blobId: null });
				expect(downloads).toHaveLength(isMended ? 2 : 3);
				downloaded = () => undefined;
			}
		});

		it('takes no more bytes than allowed, whatever the message says', async () => {
			const anna = bench.someone();
			const uploaded = await bench.server.media.upload(randomBytes(100_001), 'image');
			await anna.write(salon, { imageMessage: { ...uploaded, fileLength: 10, mimetype: 'image/png' } });
			expect((await turn()).media).toMatchObject([{ missing: 'too_large', blobId: null }]);
			expect(downloads).toHaveLength(1);
		});

		it('says why a file is not there: none of them is asked for twice in vain', async () => {
			const anna = bench.someone();
			await anna.sendFile(salon, { kind: 'document', bytes: randomBytes(100_001), mimetype: 'application/pdf', fileName: 'long.pdf' });
			expect((await turn()).media).toMatchObject([{ missing: 'too_large', blobId: null, name: 'long.pdf' }]);
			expect(downloads).toEqual([]);
			await receiver.client.stop();
			const id = await anna.sendFile(salon, { kind: 'image', bytes: Buffer.from('lost'), mimetype: 'image/jpeg' });
			bench.server.media.forget(salon.screen.find(id)?.content.imageMessage?.directPath ?? '');
			receiver.connect();
			expect((await turn()).media).toMatchObject([{ missing: 'gone', blobId: null }]);
			expect(receiver.health).toContainEqual({ kind: 'media_missing', detail: { reason: 'gone', kind: 'image' } });
		});

		it('asks no host that is not theirs', async () => {
			const anna = bench.someone();
			const media = { directPath: '/m/secret', url: 'https://metadata.internal/m/secret', mediaKey: randomBytes(32), fileLength: 10, mimetype: 'image/png' };
			refused = 3;
			await anna.write(salon, { imageMessage: media });
			await turns(1);
			expect(new Set(downloads)).toEqual(new Set(['https://mmg.whatsapp.net/m/secret']));
		});

		it('forgets a person when that is asked for, by number or by chat', async () => {
			const anna = bench.someone();
			await anna.sendFile(salon, { kind: 'image', bytes: randomBytes(3000), mimetype: 'image/jpeg', caption: 'me' });
			await waiting(1);
			const other = bench.someone();
			await other.write(salon, 'I stay');
			await waiting(2);
			const counts = await createAssistantStore(store).erasure.eraseClient('salon', { phone: `+${anna.number}` as never });
			expect(counts).toMatchObject({ chats: 1, wa_inbox: 1, wa_blob: 1, wa_contact: 2, collected_turn: 1, collected_message: 1 });
			expect(counts.wa_key).toBeGreaterThan(0);
			for (const table of ['wa_inbox', 'wa_contact', 'wa_blob', 'collected_message', 'wa_key'] as const) {
				const text = JSON.stringify(await store.db.selectFrom(table).selectAll().execute());
				expect(text).not.toContain(anna.lid);
				expect(text).not.toContain(anna.number);
			}
			expect((await turn()).text).toBe('I stay');
			// the keys are gone on this side only: what the phone seals with them is asked for again
			await anna.write(salon, 'a new beginning');
			expect((await turn()).text).toBe('a new beginning');
		});
	});
});
