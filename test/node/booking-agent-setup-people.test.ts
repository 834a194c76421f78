import { closeNodes, failure, output } from './support/harness';
import { attempt, chosen, manage, MANAGE, openStores, type Stores } from './support/manager';
import type { INodeParameters } from 'n8n-workflow';

const PHONE = '+79161234567';
const LATER = '2099-01-01T00:00:00.000Z';

let stores: Stores;

beforeAll(async () => {
	stores = await openStores();
});

afterAll(closeNodes);

const now = (minutesAgo = 0): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const chatOf = (tenant: string) => ({ tenant, channel: 'web', chatId: 'w1' });
const fact = (key: string, value: string, single = true) => ({ key, value, source: 'client' as const, expiresAt: LATER, single });

describe('Question', () => {
	const on = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'question', operation, ...more });
	const ask = async (tenant: string, question: string, minutesAgo: number): Promise<string> =>
		(await stores.assistants.questions.log({ chat: chatOf(tenant), question, normalised: question, now: now(minutesAgo) })).id;

	it('lists open questions before newer ones that are done', async () => {
		const ids = [await ask('asks', 'old', 30), await ask('asks', 'answered', 20), await ask('asks', 'dismissed', 10), await ask('asks', 'new', 5)];
		await stores.assistants.questions.setStatus('asks', ids[1] ?? '', 'answered');
		await stores.assistants.questions.setStatus('asks', ids[2] ?? '', 'dismissed');
		const list = async (more: INodeParameters): Promise<unknown[]> => (await manage(on('getAll', { salonId: 'asks', ...more }))).map(({ question }) => question);
		expect(await list({ returnAll: true })).toEqual(['new', 'old', 'answered', 'dismissed']);
		expect(await list({ limit: 3 })).toEqual(['new', 'old', 'answered']);
		expect(await list({ filters: { status: 'dismissed' } })).toEqual(['dismissed']);
		expect(await list({ salonId: 'nobody' })).toEqual([]);
	});

	it('teaches the knowledge the answer under the words of the salon, not of the client', async () => {
		const id = await ask('learns', 'Анна спрашивает, есть ли у вас сауна?', 5);
		const answered = await manage(on('answer', { salonId: 'learns', questionId: chosen(id), title: 'Есть ли сауна?', answer: 'Да, на втором этаже.', aliases: 'баня' }));
		expect(answered).toEqual([{ salonId: 'learns', id, status: 'answered', entries: 1 }]);
		expect(await manage({ resource: 'knowledge', operation: 'search', salonId: 'learns', question: 'у вас есть баня?' })).toMatchObject([{ title: 'Есть ли сауна?', said: true }]);
		expect(JSON.stringify(await stores.assistants.knowledge.entries('learns'))).not.toContain('Анна');
		expect(await manage(on('getAll', { salonId: 'learns', filters: { status: 'open' } }))).toEqual([]);
	});

	it('only marks a question when nothing is to be learned, and changes nothing for half an answer', async () => {
		const id = await ask('marks', 'Есть ли сауна?', 5);
		expect(failure(await attempt(on('answer', { salonId: 'marks', questionId: chosen(id), title: 'Есть ли сауна?', answer: '={{ "" }}' }))).description).toContain('Nothing was changed');
		expect(await stores.assistants.questions.get('marks', id)).toMatchObject({ status: 'open' });
		expect(await manage(on('answer', { salonId: 'marks', questionId: chosen(id), teach: false }))).toMatchObject([{ status: 'answered', entries: 0 }]);
		expect(await stores.assistants.knowledge.entries('marks')).toEqual([]);
	});

	it('dismisses a question, of its own salon only', async () => {
		const id = await ask('drops', 'Есть ли сауна?', 5);
		expect(failure(await attempt(on('dismiss', { salonId: 'nobody', questionId: chosen(id) }))).message).toBe('The record was not found');
		expect(failure(await attempt(on('answer', { salonId: 'nobody', questionId: chosen(id), teach: false }))).message).toBe('The record was not found');
		expect(await manage(on('dismiss', { salonId: 'drops', questionId: chosen(id) }))).toEqual([{ salonId: 'drops', id, status: 'dismissed' }]);
		expect(await stores.assistants.questions.get('drops', id)).toMatchObject({ status: 'dismissed' });
	});
});

describe('Script', () => {
	const on = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'script', operation, salonId: 'sells', ...more });

	it('writes a script, replaces it as a whole, and deletes it', async () => {
		const form = { scriptId: chosen('dear'), kind: 'objection', stage: 'offering', words: 'дорого, too expensive', intents: ['ask_price'], textRu: 'Держится {service}.', textEn: 'It lasts.' };
		await manage(on('save', { ...form, options: { serviceIds: 's1, s2', maxUses: 2 } }));
		const script = { salonId: 'sells', id: 'dear', readable: true, kind: 'objection', stage: 'offering', trigger: { intents: ['ask_price'], words: ['дорого', 'too expensive'] }, text: { ru: 'Держится {service}.', en: 'It lasts.' } };
		expect(await manage(on('getAll'))).toEqual([{ ...script, maxUses: 2, serviceIds: ['s1', 's2'], active: true }]);
		await manage(on('save', { ...form, textRu: '', options: { active: false } }));
		expect(await manage(on('getAll'))).toEqual([{ ...script, text: { ru: null, en: 'It lasts.' }, maxUses: 1, serviceIds: [], active: false }]);
		expect(await manage(on('delete', { scriptId: chosen('dear') }))).toEqual([{ salonId: 'sells', id: 'dear', deleted: true }]);
		expect(failure(await attempt(on('delete', { scriptId: chosen('dear') }))).message).toBe('The record was not found');
	});

	it.each([
		[{ words: '', textEn: 'It lasts.' }, 'trigger must name an intent or a word'],
		[{ words: 'dear', textEn: '' }, 'text must have Russian or English words'],
		[{ words: 'dear', textEn: 'Add {service}.' }, 'serviceIds must name services'],
		[{ words: 'dear', textEn: 'x'.repeat(301) }, 'text.en must be at most 300'],
	])('names the wrong field and writes nothing: %j', async (fields, problem) => {
		expect(failure(await attempt(on('save', { salonId: 'strict', scriptId: chosen('one'), ...fields }))).description).toContain(problem);
		expect(await manage(on('getAll', { salonId: 'strict' }))).toEqual([]);
	});

	it('shows a damaged script instead of hiding it', async () => {
		const broken = { id: 'broken', kind: 'script', stage: 'done', trigger: '{', bodyRu: null, bodyEn: 'x', maxUses: 1, serviceIds: '[]', active: true } as const;
		await stores.assistants.scripts.put('damaged', broken, now());
		expect(await manage(on('getAll', { salonId: 'damaged' }))).toMatchObject([{ id: 'broken', readable: false, text: null }]);
	});
});

describe('Client', () => {
	const on = (operation: string, more: INodeParameters = {}): INodeParameters => ({ resource: 'client', operation, salonId: 'recalls', ...more });

	it('shows what is remembered of a client by phone or by chat, of this salon only', async () => {
		const { facts } = stores.assistants;
		await facts.learn('recalls', { phone: PHONE }, [fact('note', 'tea'), fact('allergy', 'nickel', false)], chatOf('recalls'), now());
		await facts.learn('recalls', { chat: chatOf('recalls') }, [fact('note', 'coffee')], chatOf('recalls'), now());
		const [byPhone] = await manage(on('getMemory', { phone: '7 (916) 123-45-67' }));
		expect(byPhone).toMatchObject({ phone: PHONE, channel: null, facts: expect.arrayContaining([expect.objectContaining({ key: 'note', value: 'tea', source: 'client', expiresAt: LATER }), expect.objectContaining({ value: 'nickel' })]) as unknown });
		const chat = { clientBy: 'chat', channel: 'web', chatId: 'w1' };
		expect(await manage(on('getMemory', chat))).toMatchObject([{ phone: null, chatId: 'w1', facts: [{ value: 'coffee' }] }]);
		expect(await manage(on('getMemory', { ...chat, salonId: 'nobody' }))).toMatchObject([{ facts: [] }]);
	});

	it('forgets one fact, then all, and nobody else', async () => {
		const { facts } = stores.assistants;
		await facts.learn('forgets', { phone: PHONE }, [fact('note', 'tea'), fact('preferred_time', 'evening')], chatOf('forgets'), now());
		await facts.learn('forgets', { phone: '+79160000000' }, [fact('note', 'milk')], chatOf('forgets'), now());
		const forget = (more: INodeParameters) => manage(on('forget', { salonId: 'forgets', phone: PHONE, ...more }));
		expect(await forget({ factId: 'note' })).toMatchObject([{ deleted: true, facts: 1 }]);
		expect(await facts.recall('forgets', { phone: PHONE }, now())).toMatchObject([{ key: 'preferred_time' }]);
		expect(await forget({})).toMatchObject([{ deleted: true, facts: 1 }]);
		expect(await forget({})).toMatchObject([{ deleted: false, facts: 0 }]);
		expect(await facts.recall('forgets', { phone: '+79160000000' }, now())).toHaveLength(1);
	});

	it('refuses a phone it would have to guess the country of, and a chat without a name, per item', async () => {
		const items = ['8 916 123-45-67', PHONE].map((phone) => ({ json: { phone } }));
		const result = await attempt(on('getMemory', { phone: '={{ $json.phone }}' }), items, 'continueRegularOutput');
		expect(output(result, MANAGE)).toMatchObject([
			{ json: { error: 'The phone is not a valid number' }, pairedItem: { item: 0 } },
			{ json: { phone: PHONE }, pairedItem: { item: 1 } },
		]);
		expect(failure(await attempt(on('forget', { clientBy: 'chat', channel: 'web', chatId: '={{ "" }}' }))).message).toBe('The chat is not named');
	});
});
