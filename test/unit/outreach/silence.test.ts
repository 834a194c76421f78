import { createAssistantStore, createConversationStore, type Store } from '../../../core/store';
import { copiedClients } from '../../../core/store/copied';
import { isSilenced, noteSilence } from '../../../core/store/outreach';
import { createSync, type Sync } from '../../../core/sync';
import { at, begin, changes, message, newChat } from '../../support/chats';
import { describeEngines, TEST_KEYS } from '../../support/engines';
import { client, createCrmDouble, type CrmDouble, visit } from '../sync/double';

const PHONE = '+79160000001';
const OTHER = '+79160000002';
const NOW = Date.parse('2026-11-21T09:00:00.000Z');
let tenants = 0;

describe('what a person said of messages that the salon begins', () => {
	describeEngines((dialect, engine) => {
		let store: Store;
		let tenant: string;
		beforeAll(async () => {
			store = await engine.open();
		});
		beforeEach(() => {
			tenant = `word-${dialect}-${++tenants}`;
		});

		const say = (asked: boolean, phone: string, second: number, from = store): Promise<void> => from.write((trx) => noteSilence(trx, from.vault, tenant, { chat: null, phone }, { asked, at: at(second) }));
		const isSpared = (phone: string, from = store): Promise<boolean> => isSilenced(from.db, from.vault, tenant, { chat: null, phone });
		const cards = async (): Promise<Readonly<Record<string, string | null>>> =>
			Object.fromEntries((await store.db.selectFrom('sync_client').select(['id', 'opted_out_at']).where('tenant', '=', tenant).orderBy('id').execute()).map(({ id, opted_out_at: optedOut }) => [id, optedOut]));
		const copy = (): { readonly crm: CrmDouble; readonly sync: Sync } => {
			const crm = createCrmDouble();
			crm.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', extra: {} });
			return { crm, sync: createSync({ store, crm: crm.crm, reader: crm.reader, tenant, clock: () => NOW }) };
		};

		it('is the last word, of the phone it is about, in this salon', async () => {
			expect(await isSpared(PHONE)).toBe(false);
			await say(true, PHONE, 1);
			expect([await isSpared(PHONE), await isSpared(OTHER), await isSilenced(store.db, store.vault, `${tenant}-other`, { chat: null, phone: PHONE })]).toEqual([true, false, false]);
			await say(false, PHONE, 2);
			expect(await isSpared(PHONE)).toBe(false);
		});

		it('is known, and taken back, after the key was changed', async () => {
			await say(true, PHONE, 1);
			const rotated = await engine.open({ keys: ['a later passphrase', ...TEST_KEYS] });
			expect(await isSpared(PHONE, rotated)).toBe(true);
			await say(false, PHONE, 2, rotated);
			expect(await isSpared(PHONE, rotated)).toBe(false);
		});

		it('is written with the turn it was said in, or not at all', async () => {
			const conversations = createConversationStore(store);
			const chat = newChat(tenant);
			await conversations.accept(chat, message('1', 'стоп'));
			const turn = await begin(conversations, chat);
			await conversations.accept(chat, message('2', 'стойте'));
			const stopped = changes(turn, { silence: { asked: true, phone: PHONE } });
			expect(await conversations.finishTurn(turn, stopped, { unlessNewer: true })).toEqual({ kind: 'newer' });
			expect(await conversations.isSilenced(chat, PHONE)).toBe(false);
			expect(await conversations.finishTurn({ ...turn, owner: 'somebody else' }, stopped, { unlessNewer: false })).toEqual({ kind: 'fenced' });
			expect(await conversations.isSilenced(chat, PHONE)).toBe(false);
			expect((await conversations.finishTurn(turn, stopped, { unlessNewer: false })).kind).toBe('saved');
			expect(await conversations.isSilenced(chat, PHONE)).toBe(true);
		});

		it('holds when a person took the chat over while the turn ran', async () => {
			const conversations = createConversationStore(store);
			const chat = newChat(tenant);
			await conversations.accept(chat, message('1', 'стоп'));
			const turn = await begin(conversations, chat);
			await conversations.setMode(chat, 'human', null, at(1));
			expect(await conversations.finishTurn(turn, changes(turn, { silence: { asked: true, phone: null } }), { unlessNewer: true })).toEqual({ kind: 'muted' });
			expect(await conversations.isSilenced(chat, null)).toBe(true);
		});

		it('stands on the cards of the phone, from the day it was first said', async () => {
			const { crm, sync } = copy();
			for (const row of [client('1'), client('2', { phone: PHONE }), client('3')]) crm.put('clients', row);
			await sync.run({ kind: 'full' });
			await say(true, PHONE, 1);
			await say(true, PHONE, 5);
			expect(await cards()).toEqual({ '1': at(1), '2': at(1), '3': null });
			await say(false, PHONE, 6);
			expect(await cards()).toEqual({ '1': null, '2': null, '3': null });
		});

		it('stands on a card that is copied, or gets the phone, after it was said', async () => {
			await say(true, PHONE, 1);
			await say(true, OTHER, 1);
			await say(false, OTHER, 2);
			const { crm, sync } = copy();
			for (const row of [client('1'), client('2'), client('3')]) crm.put('clients', row);
			await sync.run({ kind: 'full' });
			expect(await cards()).toEqual({ '1': at(1), '2': null, '3': null });
			crm.put('clients', client('4', { phone: PHONE }));
			crm.put('clients', client('3', { phone: PHONE, changedAt: at(0) }));
			await sync.run({ kind: 'full' });
			expect(await cards()).toEqual({ '1': at(1), '2': null, '3': at(1), '4': at(1) });
			await say(false, PHONE, 3);
			await sync.run({ kind: 'full' });
			expect(await cards()).toEqual({ '1': null, '2': null, '3': null, '4': null });
		});

		it('stands on the card of somebody who was erased and comes again', async () => {
			const { crm, sync } = copy();
			crm.put('clients', client('1'));
			await sync.run({ kind: 'full' });
			await say(true, PHONE, 1);
			await createAssistantStore(store).erasure.eraseClient(tenant, { phone: PHONE });
			await sync.run({ kind: 'full' });
			expect(await copiedClients(store, tenant).byPhone(PHONE)).toEqual([]);
			expect(await cards()).toEqual({ '1': null });
			expect(await isSpared(PHONE)).toBe(true);
			const later = new Date(Date.now() + 60_000).toISOString();
			crm.put('visits', visit('anew', '1', { start: later, end: later, createdAt: later, changedAt: later, status: 'booked' }));
			for (let run = 0; run < 2; run++) await sync.run({ kind: 'full' });
			expect(await copiedClients(store, tenant).byPhone(PHONE)).toMatchObject([{ id: '1', opted_out_at: at(1) }]);
		});
	});
});
