import { createAssistantStore, MOST_FACTS, type AssistantStore, type ChatKey, type NewFact, type Store } from '../../../core/store';
import { at, newChat, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

const PHONE = { phone: '+79161234567' };

function fact(key: string, value: string, more: Partial<NewFact> = {}): NewFact {
	return { key, value, source: 'model', expiresAt: at(1000), single: false, ...more };
}

describe('facts of clients', () => {
	describeEngines((_dialect, engine) => {
		let opened: Store;
		let store: AssistantStore;
		let tenant: string;
		let tenants = 0;
		beforeAll(async () => {
			opened = await engine.open();
			store = createAssistantStore(opened);
		});
		beforeEach(() => {
			tenant = `salon-${++tenants}`;
		});
		const values = async (client: Parameters<AssistantStore['facts']['recall']>[1] = PHONE, seconds = 0) =>
			(await store.facts.recall(tenant, client, at(seconds))).map((one) => one.value);

		it('are recalled newest first until they expire', async () => {
			const chat = newChat(tenant);
			await store.facts.learn(tenant, PHONE, [fact('note', 'quiet music', { expiresAt: at(10) })], chat, START);
			await store.facts.learn(tenant, PHONE, [fact('companion', 'daughter')], chat, at(1));
			expect(await values(PHONE, 9)).toEqual(['daughter', 'quiet music']);
			expect(await values(PHONE, 10)).toEqual(['daughter']);
		});

		it('of a phone, of a chat and of another tenant are apart', async () => {
			const chat = newChat(tenant);
			await store.facts.learn(tenant, PHONE, [fact('note', 'of the phone')], chat, START);
			await store.facts.learn(tenant, { chat }, [fact('note', 'of the chat')], chat, START);
			await store.facts.learn(`${tenant}x`, PHONE, [fact('note', 'of another salon')], newChat(`${tenant}x`), START);
			expect(await values()).toEqual(['of the phone']);
			expect(await values({ chat })).toEqual(['of the chat']);
		});

		it('learned again are renewed, not repeated', async () => {
			const chat = newChat(tenant);
			await store.facts.learn(tenant, PHONE, [fact('note', 'Quiet music', { expiresAt: at(10) })], chat, START);
			await store.facts.learn(tenant, PHONE, [fact('note', 'quiet music', { expiresAt: at(20) })], chat, at(5));
			expect(await values(PHONE, 15)).toEqual(['quiet music']);
		});

		it('of which there is one: the later replaces the earlier, but a conclusion never the client\'s own word', async () => {
			const chat = newChat(tenant);
			const staff = (value: string, source: NewFact['source']) => fact('preferred_staff', value, { source, single: true, expiresAt: at(100) });
			await store.facts.learn(tenant, PHONE, [staff('Olga', 'derived')], chat, START);
			await store.facts.learn(tenant, PHONE, [staff('Anna', 'client')], chat, at(1));
			await store.facts.learn(tenant, PHONE, [staff('Vera', 'derived')], chat, at(2));
			expect(await values()).toEqual(['Anna']);
			await store.facts.learn(tenant, PHONE, [{ ...staff('Vera', 'derived'), expiresAt: at(500) }], chat, at(101));
			expect(await values(PHONE, 101)).toEqual(['Vera']);
		});

		it('are at most 20: the oldest conclusion goes first, then the oldest word', async () => {
			const chat = newChat(tenant);
			const said = Array.from({ length: 19 }, (_, index) => fact('note', `said ${index}`, { source: 'client' }));
			for (const [index, one] of said.entries()) await store.facts.learn(tenant, PHONE, [one], chat, at(index));
			await store.facts.learn(tenant, PHONE, [fact('note', 'guess 1')], chat, at(30));
			await store.facts.learn(tenant, PHONE, [fact('note', 'guess 2')], chat, at(31));
			expect(await values()).toEqual(['guess 2', ...said.map((one) => one.value).reverse()]);
			await store.facts.learn(tenant, PHONE, [fact('note', 'said 19', { source: 'client' }), fact('note', 'said 20', { source: 'client' })], chat, at(32));
			const left = await values();
			expect(left).toHaveLength(MOST_FACTS);
			expect(left).not.toContain('guess 2');
			expect(left).not.toContain('said 0');
		});

		it('stay 20 when many turns learn at once', async () => {
			const chat = newChat(tenant);
			await Promise.all(
				Array.from({ length: 12 }, (_, index) => store.facts.learn(tenant, PHONE, [fact('note', `a ${index}`), fact('note', `b ${index}`)], chat, at(index))),
			);
			const rows = await opened.db.selectFrom('client_fact').select('id').where('tenant', '=', tenant).execute();
			expect(rows).toHaveLength(MOST_FACTS);
		});

		it('can be forgotten, one or all', async () => {
			const chat = newChat(tenant);
			await store.facts.learn(tenant, PHONE, [fact('note', 'a'), fact('note', 'b'), fact('note', 'c')], chat, START);
			const [first] = await store.facts.recall(tenant, PHONE, START);
			expect(await store.facts.forget(tenant, PHONE, first?.id)).toBe(1);
			expect(await values()).not.toContain(first?.value);
			expect(await store.facts.forget(tenant, PHONE)).toBe(2);
			expect(await values()).toEqual([]);
		});
	});
});

describe('usage of models', () => {
	describeEngines((_dialect, engine) => {
		const DAY = '2026-11-21';
		let store: AssistantStore;
		beforeAll(async () => {
			store = createAssistantStore(await engine.open());
		});
		const call = { calls: 1, inputTokens: 1000, outputTokens: 50, costMicros: 300 };
		const add = (chat: ChatKey, usage = call, day = DAY) => store.usage.add(chat.tenant, store.usage.chatHash(chat), day, usage);
		const today = (chat: ChatKey) => store.usage.today(chat.tenant, store.usage.chatHash(chat), DAY);

		it('adds up by chat, tenant and day, however many add at once', async () => {
			const [one, other] = [newChat('busy'), newChat('busy')];
			await Promise.all(Array.from({ length: 10 }, () => add(one)));
			await add(other);
			await add(one, call, '2026-11-20');
			await add(newChat('elsewhere'));
			expect(await today(one)).toEqual({ chatTokens: 10_500, tenantCostMicros: 3300 });
			expect(await store.usage.days('busy', '2026-11-01', '2026-11-30')).toEqual([
				{ ...call, day: '2026-11-20' },
				{ calls: 11, inputTokens: 11_000, outputTokens: 550, costMicros: 3300, day: DAY },
			]);
		});

		it('is zero for a day without calls, and no report of a provider can break or lower the sum', async () => {
			const chat = newChat('odd');
			expect(await today(chat)).toEqual({ chatTokens: 0, tenantCostMicros: 0 });
			await add(chat);
			await add(chat, { calls: 1, inputTokens: Number.NaN, outputTokens: -5, costMicros: 0.4 });
			expect(await today(chat)).toEqual({ chatTokens: 1050, tenantCostMicros: 301 });
			await add(chat, { calls: 1, inputTokens: Infinity, outputTokens: 1e300, costMicros: 0 });
			expect((await today(chat)).chatTokens).toBeGreaterThan(1050);
		});

		it('counts a chat of one name in two tenants, or of two channels, apart', () => {
			const chat = { tenant: 'a', channel: 'web', chatId: '1' };
			const others = [{ ...chat, tenant: 'b' }, { ...chat, channel: 'telegram' }, { ...chat, chatId: '2' }];
			expect(new Set([chat, ...others].map((one) => store.usage.chatHash(one))).size).toBe(4);
		});
	});
});
