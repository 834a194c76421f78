import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHANNELS } from '../../../core/conversation/compose/channel';
import { createAssistant } from '../../../core/conversation/engine';
import type { InboundMessage } from '../../../core/conversation/message';
import { loadTurnContext, type ContextSources } from '../../../core/conversation/profile';
import { DEFAULT_VOICE } from '../../../core/conversation/voice';
import { writeMessage } from '../../../core/conversation/inbox-payload';
import { createConversationStore, openStore, type ChatKey, type ConversationStore, type Store } from '../../../core/store';
import { CrmDouble } from '../../support/crm-double';
import { DOUBLE_COMPANY, DOUBLE_SERVICES, DOUBLE_STAFF } from '../../support/double-salon';

const IRINA = '+79161112233';
const NOW = Date.parse('2026-11-23T09:00:00+03:00');
const CATALOGUE = { company: DOUBLE_COMPANY, services: DOUBLE_SERVICES, staff: DOUBLE_STAFF };

let store: Store;
let conversations: ConversationStore;
let folder = '';
let chats = 0;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'context-'));
	store = await openStore({ engine: 'sqlite', path: join(folder, 'store.sqlite') }, { keys: ['a passphrase for tests'] });
	conversations = createConversationStore(store);
});

afterAll(async () => {
	await store.close();
	rmSync(folder, { recursive: true, force: true });
});

class Bench {
	nowMs = NOW;
	readonly chat: ChatKey = { tenant: 'salon', channel: 'telegram', chatId: `chat-${++chats}` };
	readonly crm = new CrmDouble(() => this.now);
	readonly logged: { kind: string; data: Readonly<Record<string, unknown>> }[] = [];
	private messages = 0;

	get now(): string {
		return new Date(this.nowMs).toISOString();
	}

	message(text: string, patch: Partial<InboundMessage> = {}): InboundMessage {
		return { messageId: `m${++this.messages}`, kind: 'text', text, buttonId: null, contact: null, sender: { phone: IRINA, name: null }, receivedAt: this.now, ...patch };
	}

	/** A whole turn by the real assistant; returns what it said. */
	async says(text: string, patch: Partial<InboundMessage> = {}): Promise<string> {
		this.nowMs += 60_000;
		const assistant = createAssistant({ store: conversations, crm: this.crm, clock: () => this.now });
		return (await assistant.handle(this.chat, this.message(text, patch), CHANNELS.telegram)).reply?.text ?? '';
	}

	async context(patch: Partial<ContextSources> = {}, ...waiting: readonly string[]): ReturnType<typeof loadTurnContext> {
		this.nowMs += 60_000;
		for (const text of waiting) {
			const message = this.message(text);
			await conversations.accept(this.chat, { messageId: message.messageId, payload: writeMessage(message), receivedAt: this.now });
		}
		const start = await conversations.beginTurn(this.chat, 'owner', this.now, 60_000);
		if (start.kind !== 'turn') throw new Error('Nothing waits');
		return loadTurnContext({
			catalogue: CATALOGUE,
			voice: DEFAULT_VOICE,
			store: conversations,
			turn: start.turn,
			client: { phoneVerified: true, clientId: null },
			own: { crm: this.crm, store: conversations, chat: this.chat, now: this.now, verifiedPhone: IRINA, log: (kind, data) => void this.logged.push({ kind, data }) },
			recall: null,
			...patch,
		});
	}
}

describe('the dialogue so far', () => {
	// Mutants: this turn's messages told twice, order reversed, no limit.
	it('is what was said before this turn, oldest first', async () => {
		const bench = new Bench();
		const first = await bench.says('Сколько стоит стрижка?');
		const { history } = await bench.context({}, 'А завтра можно?', 'Утром');
		expect(history).toEqual([
			{ who: 'client', text: 'Сколько стоит стрижка?' },
			{ who: 'assistant', text: first.replace(/\s+/g, ' ') },
		]);
	});

	it('is empty for a new chat', async () => {
		expect((await new Bench().context({}, 'Привет')).history).toEqual([]);
	});

	it('holds eight lines of three hundred characters, however many messages wait', async () => {
		const bench = new Bench();
		for (let turn = 0; turn < 6; turn++) await bench.says(`Где вы находитесь? ${'очень '.repeat(100)}${turn}`);
		const { history } = await bench.context({}, ...Array.from({ length: 20 }, (_, index) => `ещё ${index}`));
		expect(history).toHaveLength(8);
		expect(history.at(-1)?.who).toBe('assistant');
		expect(history.some(({ text }) => text.startsWith('ещё'))).toBe(false);
		expect(Math.max(...history.map(({ text }) => text.length))).toBeLessThanOrEqual(300);
	});

	it('leaves out lines without words and rows nobody can read', async () => {
		const bench = new Bench();
		await bench.says('', { kind: 'image' });
		await conversations.accept(bench.chat, { messageId: 'odd', payload: '{"text":7}', receivedAt: bench.now });
		const transcript = async (): ReturnType<ConversationStore['transcript']> => [
			{ direction: 'in', seq: 1, payload: 'not JSON', at: bench.now },
			{ direction: 'out', seq: 1, payload: '{}', at: bench.now },
			{ direction: 'out', seq: 2, payload: JSON.stringify({ text: 'Слушаю\u202E\nвас', parts: [], buttons: [], lang: 'ru' }), at: bench.now },
		];
		const { history } = await bench.context({ store: { ...conversations, transcript } });
		expect(history).toEqual([{ who: 'assistant', text: 'Слушаю вас' }]);
	});

	it('is empty, and said to be unread, when the store fails', async () => {
		const bench = new Bench();
		const transcript = async (): Promise<never> => {
			throw new Error('The disk is gone');
		};
		const { history, profile } = await bench.context({ store: { ...conversations, transcript } }, 'Привет');
		expect(history).toEqual([]);
		expect(profile).toBeNull();
		expect(bench.logged).toContainEqual({ kind: 'context_unread', data: { read: 'history' } });
	});
});

describe('the profile', () => {
	function withVisits(): { bench: Bench; clientId: string } {
		const bench = new Bench();
		const { id } = bench.crm.addClient('Ирина', IRINA);
		for (const day of ['2026-08-10', '2026-09-10', '2026-10-10']) bench.crm.put({ clientId: id, serviceIds: ['color'], staffId: 'anna', start: `${day}T18:00:00+03:00` });
		bench.crm.put({ clientId: id, serviceIds: ['nails'], staffId: 'olga', start: '2026-12-01T18:00:00+03:00' });
		return { bench, clientId: id };
	}

	it('comes from past visits of the verified phone', async () => {
		const { profile } = await withVisits().bench.context({}, 'Привет');
		expect(profile).toEqual({ visits: 3, lastVisitOn: '2026-10-10', usualIntervalDays: 31, favouriteServiceIds: ['color'], favouriteStaffIds: ['anna'], usualPart: 'evening' });
	});

	// Mutants: the check of identity left out; a phone in a text believed.
	it('is null, and nothing is asked, without a verified phone', async () => {
		const { bench } = withVisits();
		const { profile } = await bench.context({ client: { phoneVerified: false, clientId: null } }, 'Привет');
		expect(profile).toBeNull();
		expect(bench.crm.calls).toEqual([]);
	});

	it('is null while several cards share the phone, and that of the chosen card after', async () => {
		const { bench, clientId } = withVisits();
		const daughter = bench.crm.addClient('Маша', IRINA);
		expect((await bench.context({}, 'Привет')).profile).toBeNull();
		const again = withVisits();
		again.bench.crm.addClient('Маша', IRINA);
		expect((await again.bench.context({ client: { phoneVerified: true, clientId: again.clientId } }, 'Привет')).profile?.visits).toBe(3);
		const other = new Bench();
		other.crm.clients.push(...bench.crm.clients);
		other.crm.visits.push(...bench.crm.visits);
		expect((await other.context({ client: { phoneVerified: true, clientId: daughter.id } }, 'Привет')).profile?.visits).toBe(0);
		expect(clientId).not.toBe(daughter.id);
	});

	it.each(['findClient', 'appointments'] as const)('is null when %s fails, and the turn goes on', async (call) => {
		const { bench } = withVisits();
		bench.crm.fail(call, { kind: 'unavailable' });
		const { profile, catalogue } = await bench.context({}, 'Привет');
		expect(profile).toBeNull();
		expect(catalogue).toBe(CATALOGUE);
		expect(bench.logged.some(({ kind, data }) => kind === 'crm_read' && data['outcome'] === 'unavailable')).toBe(true);
	});

	it('is null when the CRM throws', async () => {
		const { bench } = withVisits();
		bench.crm.findClient = async () => {
			throw new Error('not in the contract');
		};
		expect((await bench.context({}, 'Привет')).profile).toBeNull();
		expect(bench.logged).toContainEqual({ kind: 'context_unread', data: { read: 'profile' } });
	});
});

describe('the memory', () => {
	type Recall = NonNullable<ContextSources['recall']>;
	const remembering = (facts: unknown): Recall => (async () => facts) as Recall;

	it('is what is remembered, bounded', async () => {
		const facts = [{ key: 'note', value: 'я'.repeat(900) }, { key: 'password', value: 'x' }, { key: 'companion', value: 7 }, ...Array.from({ length: 30 }, () => ({ key: 'preferred_time', value: 'вечером' }))];
		const { memory } = await new Bench().context({ recall: remembering(facts) }, 'Привет');
		expect(memory).toHaveLength(20);
		expect(memory[0]?.value).toHaveLength(200);
		expect(memory[1]).toEqual({ key: 'preferred_time', value: 'вечером' });
	});

	it.each([
		['fails', async (): Promise<never> => Promise.reject(new Error('gone'))],
		['answers nonsense', remembering(7)],
	])('is empty when the source %s', async (_, recall) => {
		const bench = new Bench();
		expect((await bench.context({ recall }, 'Привет')).memory).toEqual([]);
		expect(bench.logged).toContainEqual({ kind: 'context_unread', data: { read: 'memory' } });
	});
});

it('logs ids, counts and enums only', async () => {
	const bench = new Bench();
	bench.crm.addClient('Ирина', IRINA);
	await bench.context({}, 'Мой номер +79160000000');
	expect(JSON.stringify(bench.logged)).not.toMatch(/\+7|Ирина|номер/);
});
