import { createAssistantStore, type Store, StoreError } from '../../../../core/store';
import { createOutboxDesk, putBlobIn, readBlob } from '../../../../core/whatsapp';
import { removeOld } from '../../../../core/whatsapp/inbound/retention';
import { ownBlobId } from '../../../../core/whatsapp/outbound/outbox';
import { describeEngines } from '../../../support/engines';
import type { Phone } from '../../../whatsapp-server';
import { Bench } from '../../../whatsapp-server/support/bench';
import { LocalSignals, Receiver, type ReceiverOptions } from './bench';

jest.setTimeout(60_000);

const bench = Bench.ofTests();

const DAY_MS = 86_400_000;
describe('a session that goes on', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let salon: Phone;
		let opened: Receiver | null = null;
		const open = async (options: ReceiverOptions = {}): Promise<Receiver> => {
			opened = await Receiver.open(store, bench.server.url, { owner: 'the only process', ...options });
			return opened;
		};
		beforeAll(async () => {
			store = await engine.open();
			salon = bench.server.phone(dialect === 'sqlite' ? '79990000921' : '79990000922', { name: 'Salon', business: 'Salon' });
			const first = await open();
			await first.link(bench, salon);
		}, 60_000);
		afterEach(async () => {
			await opened?.close();
			opened = null;
		});

		/** A store whose reads of a table fail so often, from when it is told so. */
		function failing(table: string) {
			let left = 0;
			const db = new Proxy(store.db, {
				get(target, name) {
					const value: unknown = Reflect.get(target, name);
					if (typeof value !== 'function') return value;
					return (...given: unknown[]): unknown => {
						if (name !== 'selectFrom' || given[0] !== table || left <= 0) return Reflect.apply(value, target, given);
						left -= 1;
						throw new StoreError('unreachable');
					};
				},
			});
			return { store: { ...store, db }, fails: (times: number) => void (left = times), left: () => left };
		}

		it('takes a message after the order of arrival could not be read at first', async () => {
			const reads = failing('wa_inbox');
			const receiver = await open({ parts: { store: reads.store, sleep: async () => undefined } });
			receiver.connect();
			await receiver.client.open();
			reads.fails(2);
			const anna = bench.someone();
			await anna.write(salon, 'first');
			await anna.write(salon, 'second');
			expect((await receiver.turns(2)).map(({ text }) => text)).toEqual(['first', 'second']);
			expect([reads.left(), receiver.failures]).toEqual([0, []]);
		});

		it('says so when it stays away, and loses nothing', async () => {
			const reads = failing('wa_inbox');
			const receiver = await open({ parts: { store: reads.store, sleep: async () => undefined } });
			receiver.connect();
			await receiver.client.open();
			reads.fails(Infinity);
			const id = await bench.someone().write(salon, 'kept by the server');
			await receiver.until(async () => receiver.failures.length > 0, 'the failure');
			expect(receiver.failures).toMatchObject([{ code: 'state_not_saved' }]);
			await receiver.close();
			const again = await open();
			again.connect();
			expect(await again.turn()).toMatchObject({ messageIds: [id], text: 'kept by the server' });
		});

		it('keeps the bytes of what still waits: a message for a later day, a turn that no workflow took', async () => {
			const receiver = await open();
			receiver.connect();
			await receiver.client.open();
			const anna = bench.someone();
			await anna.sendFile(salon, { kind: 'image', bytes: Buffer.from('received'), mimetype: 'image/jpeg' });
			const [turn] = await receiver.waiting(1);
			const received = turn?.media[0]?.blobId ?? '';
			const desk = createOutboxDesk(store, { ...receiver.lease, signals: new LocalSignals() });
			const content = { kind: 'image', mimetype: 'image/jpeg', media: Buffer.alloc(600_000, 1) } as const;
			const queued = await desk.enqueue({ to: anna.lidJid, content, idemKey: 'in ten days', isAnswer: false, notBefore: Date.now() + 10 * DAY_MS });
			if (queued.kind === 'refused') throw new Error(queued.code);
			await store.write(async (trx) => await putBlobIn(trx, store.vault, 'salon', ownBlobId('0b1f9a52-0000-4000-8000-000000000000'), Buffer.from('of no row'), Date.now()));
			const clean = async (days: number): Promise<void> => {
				while ((await removeOld(store, receiver.lease, Date.now() + days * DAY_MS)) > 0);
			};
			const ids = async () => (await store.db.selectFrom('wa_blob').select('id').orderBy('id').execute()).map(({ id }) => id.split('/')[0]);

			await clean(8);
			expect(await ids()).toEqual([received, ownBlobId(queued.id), ownBlobId(queued.id)].sort());
			expect((await readBlob(store, 'salon', received))?.toString()).toBe('received');
			await clean(31);
			expect(await ids()).toEqual([ownBlobId(queued.id), ownBlobId(queued.id)]);
			await store.write(async (trx) => await trx.updateTable('wa_outbox').set({ state: 'acked' }).where('id', '=', queued.id).execute());
			await clean(8);
			expect(await ids()).toEqual([]);
		});

		it('forgets a person with the files that were queued for them', async () => {
			const { lease } = await open();
			const jids = ['300000000000003@lid', '400000000000004@lid'];
			const desk = createOutboxDesk(store, { ...lease, signals: new LocalSignals() });
			const content = { kind: 'image', mimetype: 'image/jpeg', media: Buffer.alloc(600_000, 1) } as const;
			const queued = await Promise.all(jids.map(async (to) => await desk.enqueue({ to, content, idemKey: to, isAnswer: false, hasAgreed: true })));
			const counts = await createAssistantStore(store).erasure.eraseClient('salon', { chat: { channel: 'whatsapp', chatId: jids[0] ?? '' } });
			expect(counts).toMatchObject({ wa_outbox: 1, wa_blob: 2, wa_contact: 1 });
			const left = queued.map(async (one) => one.kind === 'queued' ? ((await readBlob(store, 'salon', ownBlobId(one.id)))?.length ?? null) : one.code);
			expect(await Promise.all(left)).toEqual([null, 600_000]);
		});

		// the last: what is received after it would have to wait until its time has come
		it('closes a turn in its time although it could not be read when that is', async () => {
			const reads = failing('collected_turn');
			const settings = { quietMs: 30_000, mostMs: 60_000 };
			const receiver = await open({ settings, parts: { store: reads.store } });
			receiver.connect();
			await receiver.client.open();
			await bench.someone().write(salon, 'first');
			await salon.device.mailbox.empty();
			await receiver.pass(20_000);
			await bench.someone().write(salon, 'second');
			await salon.device.mailbox.empty();
			reads.fails(1);
			// the first is due, the second is not: when that is could not be read
			await receiver.pass(15_000);
			await receiver.until(async () => reads.left() === 0, 'the reading that fails');
			expect((await receiver.turns(2, 2_000)).map(({ text }) => text)).toEqual(['first', 'second']);
		});
	});
});
