import { proto } from '@whiskeysockets/baileys';
import { type Store, StoreError } from '../../../../core/store';
import { journal } from '../../../../core/whatsapp/inbound/journal';
import { removeOld } from '../../../../core/whatsapp/inbound/retention';
import { createCollector } from '../../../../core/store/collect';
import { describeEngines } from '../../../support/engines';
import type { Phone } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { Receiver, type ReceiverOptions } from './bench';

jest.setTimeout(60_000);

const bench = Bench.ofTests();

const DAY_MS = 86_400_000;
describe('what a crash leaves', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let salon: Phone;
		const owner = 'the only process';
		const open = async (options: ReceiverOptions = {}): Promise<Receiver> => await Receiver.open(store, bench.server.url, { owner, ...options });
		beforeAll(async () => {
			store = await engine.open();
			salon = bench.server.phone(dialect === 'sqlite' ? '79990000801' : '79990000802', { name: 'Salon', business: 'Salon' });
			const first = await open();
			await first.link(bench, salon);
			await first.close();
		}, 60_000);

		/** A store whose writes fail from the moment it is told so, as at the end of a process. */
		function dying(): { readonly store: Store; die(): void } {
			let dead = false;
			const write: Store['write'] = async (work, options) => {
				if (dead) throw new StoreError('disk_error');
				return await store.write(work, options);
			};
			return { store: { ...store, write }, die: () => void (dead = true) };
		}

		async function crash(options: ReceiverOptions, die: () => void): Promise<{ readonly anna: Phone; readonly id: string }> {
			const receiver = await open({ ...options, parts: { ...options.parts, onFailure: () => void receiver.client.socket.end(undefined) } });
			receiver.connect();
			await receiver.client.open();
			const anna = bench.someone();
			await anna.write(salon, 'before');
			await receiver.turn();
			await salon.device.mailbox.empty();
			die();
			const endings = receiver.client.endings.length;
			const id = await anna.write(salon, 'in the moment of the crash');
			if (options.authStore === undefined) await receiver.client.ending(endings);
			else await receiver.waiting(1);
			await receiver.client.stop();
			await receiver.inbound.stop();
			return { anna, id };
		}

		it('before a message was stored is nothing: its keys are as they were, and it comes again', async () => {
			const { store: failing, die } = dying();
			const { id } = await crash({ parts: { store: failing } }, die);
			expect(bench.server.journal.find({ tag: 'receipt', attrs: { id } })).toEqual([]);
			const again = await open();
			again.connect();
			expect(await again.turn()).toMatchObject({ messageIds: [id], text: 'in the moment of the crash' });
			await salon.device.mailbox.empty();
			expect(bench.server.journal.find({ tag: 'ack', attrs: { id, error: '487' } })).toEqual([]);
			await again.close();
		});

		it('after it was stored, but before its keys were, is one turn', async () => {
			const { store: failing, die } = dying();
			let armed = false;
			const write: Store['write'] = async (work, options) => {
				const done = await store.write(work, options);
				if (armed) die();
				return done;
			};
			const { id } = await crash({ authStore: failing, parts: { store: { ...store, write } } }, () => void (armed = true));
			const again = await open();
			again.connect();
			expect(await again.turn()).toMatchObject({ messageIds: [id], text: 'in the moment of the crash' });
			await salon.device.mailbox.empty();
			await again.inbound.settled();
			expect(await again.feed.next(5)).toEqual([]);
			await again.close();
		});

		it('in the middle of a turn is closed when it is due, as one turn', async () => {
			const settings = { quietMs: 30_000, mostMs: 60_000 };
			const first = await open({ settings });
			first.connect();
			await first.client.open();
			const anna = bench.someone();
			const ids = [await anna.write(salon, 'one'), await anna.write(salon, 'two')];
			await salon.device.mailbox.empty();
			await first.close();
			expect(await first.feed.next(5)).toEqual([]);
			const again = await open({ settings });
			expect(await again.feed.next(5)).toEqual([]);
			expect(await again.turns(1, settings.quietMs)).toMatchObject([{ messageIds: ids, text: 'one\ntwo' }]);
			expect(await createCollector(store, { owner: 'a workflow' }).closeLeftOver('salon', 0, () => true)).toEqual([]);
			await again.close();
		});

		it('before a file was there is fetched again', async () => {
			const first = await open({ settings: { quietMs: 100 }, parts: { fetch: async (_input, init) => await new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('stopped')))) } });
			first.connect();
			await first.client.open();
			const anna = bench.someone();
			await anna.sendFile(salon, { kind: 'image', bytes: Buffer.from('a picture'), mimetype: 'image/jpeg' });
			await salon.device.mailbox.empty();
			await first.close();
			const again = await open({ settings: { quietMs: 100 } });
			expect(await again.turn()).toMatchObject({ type: 'image', media: [{ size: 9, missing: null }] });
			await again.close();
		});

		it('unread is read at the next start, in its place', async () => {
			const receiver = await open();
			const { tenant, session } = receiver.lease;
			const plaintext = Buffer.concat([proto.Message.encode({ conversation: 'put away' }).finish(), Buffer.from([1])]);
			const [chat, id, receivedAt] = ['200300400500600@lid', '3APUTAWAY', Date.now()];
			const decrypted = { attrs: { id, from: chat, t: String(Math.floor(receivedAt / 1000)), notify: 'Anna' }, me: { id: '', lid: '' }, plaintext };
			await journal(store, receiver.lease, { chat, id, seq: 1_000_000, receivedAt, decrypted });
			expect(JSON.stringify(await store.db.selectFrom('wa_inbox').select('journal').where('id', '=', id).execute())).not.toContain('put away');
			expect(await receiver.feed.next(1)).toEqual([]);
			await receiver.close();
			const again = await open();
			expect(await again.turn()).toMatchObject({ chatId: chat, messageIds: [id], text: 'put away', pushName: 'Anna' });
			expect(await store.db.selectFrom('wa_inbox').select(['state', 'journal']).where('tenant', '=', tenant).where('session', '=', session).where('id', '=', id).execute()).toEqual([{ state: 'turned', journal: null }]);
			await again.close();
		});

		it('that no table takes is put away, and the session goes on', async () => {
			let refused = true;
			const write: Store['write'] = async (work, options) =>
				await store.write(async (trx) => {
					const result = await work(trx);
					const poison = await trx.selectFrom('collected_message').select('message_id').where('message_id', '=', 'POISON').execute();
					if (refused && poison.length > 0) throw new StoreError('constraint');
					return result;
				}, options);
			const receiver = await open({ parts: { store: { ...store, write } } });
			receiver.connect();
			await receiver.client.open();
			const anna = bench.someone();
			await anna.write(salon, 'poison', { id: 'POISON' });
			await anna.write(salon, 'fine');
			expect((await receiver.turn()).text).toBe('fine');
			expect(receiver.failures).toEqual([]);
			expect(receiver.health.map(({ kind }) => kind)).toContain('message_put_away');
			await receiver.close();
			refused = false;
			const again = await open();
			expect((await again.turn()).text).toBe('poison');
			await again.close();
		});

		it('is removed in its time: texts of turns that are done, files, ids; never what waits', async () => {
			const receiver = await open();
			receiver.connect();
			await receiver.client.open();
			const anna = bench.someone();
			await anna.write(salon, 'done');
			await receiver.turn();
			await anna.write(salon, 'waiting');
			await receiver.until(async () => (await receiver.feed.next(5)).length === 1, 'the turn');
			const left = async () => (await store.db.selectFrom('collected_message').select('message_id').where('chat_id', '=', anna.lidJid).execute()).length;
			await removeOld(store, receiver.lease, Date.now() + 6 * DAY_MS);
			expect(await left()).toBe(2);
			while ((await removeOld(store, receiver.lease, Date.now() + 8 * DAY_MS)) > 0);
			expect(await left()).toBe(1);
			expect(await store.db.selectFrom('wa_inbox').select('id').where('chat', '=', anna.lidJid).execute()).toHaveLength(2);
			expect((await receiver.turn()).text).toBe('waiting');
			while ((await removeOld(store, receiver.lease, Date.now() + 36 * DAY_MS)) > 0);
			expect(await store.db.selectFrom('wa_inbox').select('id').execute()).toEqual([]);
			expect(await left()).toBe(0);
			await receiver.close();
		});

		it('given to a workflow that never answered comes again after ten minutes, and at once at a start', async () => {
			const receiver = await open();
			receiver.connect();
			await receiver.client.open();
			await bench.someone().write(salon, 'hello');
			await receiver.until(async () => (await receiver.feed.next(5)).length === 1, 'the turn');
			const { createTurnFeed } = await import('../../../../core/whatsapp');
			let now = Date.now();
			const feed = createTurnFeed(store, { tenant: 'salon', session: 'main', signals: receiver.signals, clock: () => now });
			const [turn] = await feed.next(1);
			await feed.emitted(turn?.turnId ?? '');
			now += 599_000;
			expect(await feed.next(1)).toEqual([]);
			now += 1_000;
			expect(await feed.next(1)).toMatchObject([{ turnId: turn?.turnId, tries: 1 }]);
			await feed.emitted(turn?.turnId ?? '');
			expect(await feed.next(1)).toEqual([]);
			await feed.failed(turn?.turnId ?? '');
			now += 59_000;
			expect(await feed.next(1)).toEqual([]);
			now += 1_000;
			expect(await feed.next(1)).toHaveLength(1);
			await feed.emitted(turn?.turnId ?? '');
			await feed.reopen();
			expect(await feed.next(1)).toMatchObject([{ tries: 3 }]);
			await feed.done(turn?.turnId ?? '');
			await feed.reopen();
			expect(await feed.next(1)).toEqual([]);
			await receiver.close();
		});
	});
});
