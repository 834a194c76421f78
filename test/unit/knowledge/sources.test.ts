import {
	ANSWERS_SOURCE,
	composeSources,
	createQuestionLog,
	createStoredKnowledge,
	normaliseQuestion,
	readEntries,
	type KnowledgeAnswer,
	type KnowledgeSource,
} from '../../../core/conversation/knowledge';
import { createAssistantStore, StoreError, type AssistantStore, type KnowledgeStore } from '../../../core/store';
import { at, newChat, START } from '../../support/chats';
import { describeEngines } from '../../support/engines';

const PARKING = 'Есть ли парковка?,Во дворе.\nМожно с детьми?,Можно.';

function source(answer: KnowledgeAnswer | (() => Promise<KnowledgeAnswer>)): KnowledgeSource & { asked: number } {
	const made = {
		asked: 0,
		search: async () => {
			made.asked++;
			return typeof answer === 'function' ? answer() : answer;
		},
	};
	return made;
}

function found(score: number, text = 'text'): KnowledgeAnswer {
	return { kind: 'found', snippets: [{ id: `s${score}`, title: 'title', text, score }] };
}

const NONE: KnowledgeAnswer = { kind: 'none' };
const DOWN: KnowledgeAnswer = { kind: 'unavailable', cause: 'down' };

describe('stored knowledge', () => {
	describeEngines((_dialect, engine) => {
		let store: AssistantStore;
		let tenant: string;
		let tenants = 0;
		const load = async (text: string, name = 'faq.csv') => {
			const reading = readEntries(text, 'csv');
			if (reading.kind === 'ok') await store.knowledge.replaceSource(tenant, name, reading.entries, START);
		};
		beforeAll(async () => {
			store = createAssistantStore(await engine.open());
		});
		beforeEach(() => {
			tenant = `salon-${++tenants}`;
		});

		it('answers with snippets of its tenant, and says none for what it does not know', async () => {
			await load(PARKING);
			const knowledge = createStoredKnowledge(store.knowledge, tenant);
			expect(await knowledge.search('где припарковаться?', 3)).toMatchObject({ kind: 'found', snippets: [{ title: 'Есть ли парковка?', text: 'Во дворе.', score: 1 }] });
			expect(await knowledge.search('есть ли сауна?', 3)).toEqual(NONE);
			expect(await createStoredKnowledge(store.knowledge, `${tenant}x`).search('парковка', 3)).toEqual(NONE);
		});

		it('sees a change of its entries at the next search', async () => {
			const knowledge = createStoredKnowledge(store.knowledge, tenant);
			expect(await knowledge.search('парковка', 3)).toEqual(NONE);
			await load(PARKING);
			expect(await knowledge.search('парковка', 3)).toMatchObject({ kind: 'found' });
			await load('Можно с детьми?,Можно.');
			expect(await knowledge.search('парковка', 3)).toEqual(NONE);
		});

		it('reads its entries once a version', async () => {
			await load(PARKING);
			let reads = 0;
			const counting: KnowledgeStore = { ...store.knowledge, entries: (name) => (reads++, store.knowledge.entries(name)) };
			const knowledge = createStoredKnowledge(counting, tenant);
			await knowledge.search('парковка', 3);
			await createStoredKnowledge(counting, tenant).search('дети', 3);
			expect(reads).toBe(1);
		});

		it('learns from an answered question', async () => {
			const log = createQuestionLog(store, tenant);
			const knowledge = createStoredKnowledge(store.knowledge, tenant);
			expect(await log.note(newChat(tenant), 'Добрый день! А у вас есть сауна?', START)).toBe(1);
			expect(await log.note(newChat(tenant), 'сауна есть', at(1))).toBe(2);
			const [open] = await log.list({ status: 'open', limit: 5 });
			expect(await log.answer(open?.id ?? '', { title: 'Есть ли сауна?', body: 'Есть, на двоих.' }, at(2))).toEqual({ kind: 'answered', entries: 1 });
			expect(await knowledge.search('сауна', 1)).toMatchObject({ kind: 'found', snippets: [{ text: 'Есть, на двоих.' }] });
			expect(await log.list({ status: 'open', limit: 5 })).toEqual([]);
			expect(await store.knowledge.sources(tenant)).toMatchObject([{ source: ANSWERS_SOURCE, entries: 1 }]);
		});

		it('changes nothing for an empty answer or an unknown question; a question may be answered without an entry, or dismissed', async () => {
			const log = createQuestionLog(store, tenant);
			await log.note(newChat(tenant), 'сауна?', START);
			await log.note(newChat(tenant), 'бассейн?', at(1));
			const [pool, sauna] = await log.list({ limit: 5 });
			expect(await log.answer(pool?.id ?? '', { title: ' ', body: 'Есть.' }, START)).toEqual({ kind: 'empty' });
			expect(await log.answer(pool?.id ?? '', { title: 'Бассейн', body: ' ' }, START)).toEqual({ kind: 'empty' });
			expect(await log.answer('nothing', null, START)).toEqual({ kind: 'not_found' });
			expect((await log.list({ status: 'open', limit: 5 })).map((one) => one.question)).toEqual(['бассейн?', 'сауна?']);
			expect(await log.answer(pool?.id ?? '', null, START)).toEqual({ kind: 'answered', entries: 0 });
			expect(await log.dismiss(sauna?.id ?? '')).toBe(true);
			expect(await log.list({ status: 'open', limit: 5 })).toEqual([]);
			expect(await store.knowledge.entries(tenant)).toEqual([]);
		});
	});

	it('is unavailable, not empty, when the database cannot be read', async () => {
		const broken = { version: async () => Promise.reject(new StoreError('unreachable')) } as unknown as KnowledgeStore;
		expect(await createStoredKnowledge(broken, 'salon').search('парковка', 3)).toEqual({ kind: 'unavailable', cause: 'unreachable' });
	});
});

describe('the same question', () => {
	it('is one whatever its courtesy, order and case forms, and another one for another subject', () => {
		expect(normaliseQuestion('Здравствуйте, а у вас есть парковка?')).toBe(normaliseQuestion('парковку подскажите'));
		expect(normaliseQuestion('парковка для автобуса')).not.toBe(normaliseQuestion('парковка'));
		expect(normaliseQuestion('а где?')).not.toBe(normaliseQuestion('а как?'));
	});
});

describe('composed sources', () => {
	it('ask the second only when the first has nothing', async () => {
		const [first, second] = [source(found(0.6)), source(found(0.9))];
		expect(await composeSources(first, second).search('?', 1)).toEqual(found(0.6));
		expect(second.asked).toBe(0);
		expect(await composeSources(source(NONE), second).search('?', 1)).toEqual(found(0.9));
		expect(await composeSources(source(DOWN), second).search('?', 1)).toEqual(found(0.9));
		expect(await composeSources(source(NONE), null).search('?', 1)).toEqual(NONE);
	});

	it('are unavailable when one of them was and none found anything', async () => {
		expect(await composeSources(source(NONE), source(DOWN)).search('?', 1)).toEqual(DOWN);
		expect(await composeSources(source(DOWN), source(NONE)).search('?', 1)).toEqual(DOWN);
		expect(await composeSources(source(NONE), source(NONE)).search('?', 1)).toEqual(NONE);
		const throwing = source(() => Promise.reject(new Error('secret text')));
		expect(await composeSources(source(NONE), throwing).search('?', 1)).toEqual({ kind: 'unavailable', cause: 'failed' });
	});

	it('wait no longer than their time for each', async () => {
		const never = source(() => new Promise(() => undefined));
		const rules = { timeLimitMs: 5 };
		expect(await composeSources(never, source(found(0.9)), rules).search('?', 1)).toEqual(found(0.9));
		expect(await composeSources(source(NONE), never, rules).search('?', 1)).toEqual({ kind: 'unavailable', cause: 'timeout' });
	});

	it('take from the second only what is near enough, best first, short and visible', async () => {
		const many: KnowledgeAnswer = {
			kind: 'found',
			snippets: [0.74, 0.8, Number.NaN, 7, 0.95, 0.75].map((score) => ({ id: String(score), title: 't', text: 'text', score })),
		};
		const scores = async (limit: number) => {
			const answer = await composeSources(source(NONE), source(many)).search('?', limit);
			return answer.kind === 'found' ? answer.snippets.map((one) => one.score) : [];
		};
		expect(await scores(10)).toEqual([0.95, 0.8, 0.75]);
		expect(await scores(2)).toEqual([0.95, 0.8]);
		expect(await composeSources(source(NONE), source(found(0.7))).search('?', 1)).toEqual(NONE);
		const long = await composeSources(source(NONE), source(found(0.9, `a\u202Eb\u0007${'x'.repeat(1000)}`))).search('?', 1);
		expect(long).toMatchObject({ snippets: [{ text: `ab${'x'.repeat(598)}` }] });
	});
});
