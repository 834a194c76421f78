import { createAssistantStore, type Store } from '../../../../core/store';
import { whatsappChatOf } from '../../../../core/store/outreach';
import { createOutboxDesk, createTurnFeed, type Lease, readBlob, takeLease, type TurnFeed } from '../../../../core/whatsapp';
import { newBlobId, putBlobIn } from '../../../../core/whatsapp/blobs';
import { knownAddresses, meetIn, pairIn } from '../../../../core/whatsapp/inbound/identity';
import { takeIn } from '../../../../core/whatsapp/inbound/inbox';
import { NOTHING_SAID } from '../../../../core/whatsapp/inbound/item';
import { noteAgreement } from '../../../../core/whatsapp/outbound/person';
import { describeEngines } from '../../../support/engines';
import { Bench } from '../../../whatsapp-server/support/bench';
import { LocalSignals, Receiver, SETTINGS } from './bench';

jest.setTimeout(60_000);

const [ANNA, BORIS] = ['910000000000001@lid', '200000000000002@lid'];
const NUMBER = '79160000001';
const PN = `${NUMBER}@s.whatsapp.net`;
const OTHER_PN = '79160000009@s.whatsapp.net';

describe('a phone number that changes hands', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let lease: Lease;
		let feed: TurnFeed;
		let sessions = 0;
		let messages = 0;
		let end = async (): Promise<void> => undefined;
		afterAll(async () => await end());
		beforeAll(async () => {
			store = await engine.open();
		});
		beforeEach(async () => {
			const taken = await takeLease(store, { tenant: `salon-${(sessions += 1)}`, session: 'main' }, 'me', 600_000);
			if (taken === null) throw new Error('the session is held');
			lease = taken;
			feed = createTurnFeed(store, { ...lease, signals: new LocalSignals(), clock: Date.now });
		});

		/** Writes as the address, telling the other one; `isNew` is false for what is read again later. */
		async function write(jid: string, otherJid: string | null, isNew = true): Promise<string> {
			const id = `M${(messages += 1)}`;
			const arrival = { id, jid, otherJid, fromMe: false, pushName: null, sentAt: null, live: true, content: {} };
			const known = otherJid === null ? await knownAddresses(store, lease, jid) : null;
			const addresses = known ?? { lid: [jid, otherJid].find((one) => one?.endsWith('@lid')) ?? null, pn: [jid, otherJid].find((one) => one?.endsWith('.net')) ?? null };
			const content = { kind: 'said', targetId: null, said: { ...NOTHING_SAID, type: 'text', text: id }, files: [] } as const;
			await takeIn({ store, lease, settings: SETTINGS }, { arrival, addresses, told: isNew ? [jid, otherJid] : [jid], content, seq: messages, receivedAt: Date.now() + messages });
			return id;
		}
		async function given(): Promise<{ readonly chatId: string; readonly phone: string | null; readonly lid: string | null }> {
			const [turn] = await feed.next(5);
			if (turn === undefined) throw new Error('no turn');
			await feed.done(turn.turnId);
			return { chatId: turn.chatId, phone: turn.phone, lid: turn.lid };
		}
		const inbox = async (chats: readonly string[]) => (await store.db.selectFrom('wa_inbox').select('id').where('tenant', '=', lease.tenant).where('chat', 'in', chats).orderBy('seq').execute()).map(({ id }) => id);
		const contact = async (jid: string) => await store.db.selectFrom('wa_contact').select(['chat', 'opted_in as agreed']).where('session', '=', 'main').where('tenant', '=', lease.tenant).where('jid', '=', jid).executeTakeFirst();
		const erase = async (client: object) => await createAssistantStore(store).erasure.eraseClient(lease.tenant, client);

		it('is of the person who writes with it now, and the one who had it is answered where they were', async () => {
			await write(ANNA, PN);
			expect(await given()).toEqual({ chatId: ANNA, phone: NUMBER, lid: ANNA });
			await write(BORIS, PN);
			expect(await given()).toEqual({ chatId: BORIS, phone: NUMBER, lid: BORIS });
			await write(PN, null);
			expect(await given()).toEqual({ chatId: BORIS, phone: NUMBER, lid: BORIS });
			await write(ANNA, null);
			expect(await given()).toEqual({ chatId: ANNA, phone: null, lid: ANNA });
			expect(await whatsappChatOf(store, lease.tenant, 'main', `+${NUMBER}` as never)).toBe(BORIS);
			expect(await knownAddresses(store, lease, ANNA)).toEqual({ lid: ANNA, pn: null });
			expect(await knownAddresses(store, lease, BORIS)).toEqual({ lid: BORIS, pn: PN });
		});

		it('takes nothing along of what the one who had it agreed to, wrote or was sent', async () => {
			await store.write(async (trx) => await noteAgreement(trx, lease, PN));
			const desk = createOutboxDesk(store, { ...lease, signals: new LocalSignals() });
			const order = { content: { kind: 'text', text: 'for Anna' }, isAnswer: false } as const;
			const sent = await desk.enqueue({ ...order, to: PN, idemKey: 'anna' });
			const early = await write(PN, null);
			expect((await given()).chatId).toBe(PN);
			await write(ANNA, PN);
			expect(await given()).toEqual({ chatId: PN, phone: NUMBER, lid: ANNA });
			const waiting = await write(ANNA, PN);
			const theirs = await write(BORIS, PN);
			const [first, second] = await feed.next(5);
			expect([first, second].map((turn) => [turn?.chatId, turn?.phone, turn?.messageIds])).toEqual([[ANNA, null, [waiting]], [BORIS, NUMBER, [theirs]]]);
			expect([await contact(ANNA), await contact(PN), await contact(BORIS)]).toEqual([{ chat: ANNA, agreed: 1 }, { chat: BORIS, agreed: 0 }, { chat: BORIS, agreed: 0 }]);
			expect(await desk.enqueue({ ...order, to: NUMBER, idemKey: 'boris' })).toMatchObject({ kind: 'queued', chatId: BORIS });
			expect(await inbox([ANNA])).toContain(early);

			expect(await erase({ phone: `+${NUMBER}` })).toMatchObject({ wa_contact: 2, wa_inbox: 1, wa_outbox: 1, collected_message: 1 });
			expect(await inbox([BORIS, PN])).toEqual([]);
			expect(await erase({ chat: { channel: 'whatsapp', chatId: ANNA } })).toMatchObject({ wa_contact: 1, wa_inbox: 3, wa_outbox: 1 });
			for (const table of ['wa_contact', 'wa_inbox', 'wa_outbox'] as const) expect(await store.db.selectFrom(table).selectAll().where('tenant', '=', lease.tenant).execute()).toEqual([]);
			expect(sent.kind).toBe('queued');
		});

		it('is not taken back by what is only remembered: a list, or a message that is read again', async () => {
			await write(ANNA, PN);
			await write(BORIS, PN);
			await store.write(async (trx) => await pairIn(trx, store, lease, [{ lid: ANNA, pn: PN }]));
			await store.write(async (trx) => await meetIn(trx, store, lease, { lid: ANNA, pn: PN }, { name: null, wroteAt: 1, pausedUntil: null, told: [PN] }));
			await write(ANNA, PN, false);
			expect([(await contact(PN))?.chat, (await contact(ANNA))?.chat]).toEqual([BORIS, ANNA]);
			await write(ANNA, PN);
			expect((await contact(PN))?.chat).toBe(ANNA);
		});

		it('leaves a person their newest one', async () => {
			await write(ANNA, PN);
			await given();
			await write(ANNA, OTHER_PN);
			expect(await given()).toEqual({ chatId: ANNA, phone: OTHER_PN.split('@')[0], lid: ANNA });
			await write(ANNA, null);
			expect(await given()).toEqual({ chatId: ANNA, phone: OTHER_PN.split('@')[0], lid: ANNA });
			expect(await knownAddresses(store, lease, ANNA)).toEqual({ lid: ANNA, pn: OTHER_PN });
			await write(PN, null);
			expect(await given()).toEqual({ chatId: ANNA, phone: NUMBER, lid: ANNA });
		});

		it('does not hide a file from an erasure that was kept when they were known by it', async () => {
			const owner = { ...lease, chat: PN };
			const blobId = newBlobId(store.vault, owner);
			await write(PN, null);
			await store.write(async (trx) => {
				await putBlobIn(trx, store.vault, lease.tenant, blobId, Buffer.from('a picture'), 1);
				const payload = store.vault.seal(JSON.stringify({ item: { ...NOTHING_SAID, media: [{ blobId }] }, files: [] }));
				await trx.updateTable('collected_message').set({ payload }).where('tenant', '=', lease.tenant).execute();
			});
			await write(ANNA, PN);
			await write(BORIS, PN);
			expect(await erase({ chat: { channel: 'whatsapp', chatId: ANNA } })).toMatchObject({ wa_blob: 1 });
			expect(await readBlob(store, lease.tenant, blobId)).toBeNull();
		});

		it('is not believed of a table that the client has kept from before', async () => {
			const bench = await Bench.start();
			const salon = bench.server.phone(dialect === 'sqlite' ? '79990000901' : '79990000902', { name: 'Salon', business: 'Salon' });
			const receiver = await Receiver.open(store, bench.server.url);
			end = async () => {
				await receiver.close();
				await bench.close();
			};
			await receiver.link(bench, salon);
			const [anna, boris] = [bench.server.phone('79167770001'), bench.server.phone('79167770002')];
			await anna.write(salon, 'it is mine');
			expect(await receiver.turn()).toMatchObject({ chatId: anna.lidJid, phone: '79167770001' });
			Object.defineProperty(boris, 'number', { value: anna.number });
			await boris.write(salon, 'now it is mine');
			expect(await receiver.turn()).toMatchObject({ chatId: boris.lidJid, phone: '79167770001' });
			anna.sharesNumber = false;
			await anna.write(salon, 'I have another');
			expect(await receiver.turn()).toMatchObject({ chatId: anna.lidJid, phone: null });
			expect(await receiver.client.socket.signalRepository.lidMapping.getPNForLID(anna.lidJid)).toContain('79167770001');
			lease = receiver.lease;
			expect((await contact(anna.phoneJid))?.chat).toBe(boris.lidJid);
			expect([receiver.failures, bench.server.errors]).toEqual([[], []]);
		});
	});
});
