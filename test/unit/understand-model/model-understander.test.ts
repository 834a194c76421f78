import { createModelHealth } from '../../../core/conversation/model/health';
import { createTurnModel } from '../../../core/conversation/model/turn-model';
import { createMask } from '../../../core/conversation/privacy/mask';
import { createModelUnderstander } from '../../../core/conversation/understand/model/model-understander';
import type { UnderstandInput } from '../../../core/conversation/understand/understander';
import { ScriptedModel, UsageInMemory } from '../model/scripted';
import { CATALOGUE } from '../understand/catalogue';
import { AT, input, show } from '../understand/harness';
import { CONTEXT, rules, ScriptedTurnModel, understood } from './harness';

function answer(...acts: readonly object[]): object {
	return { acts, lang: 'ru', confidence: 0.9 };
}

async function shown(text: string, place: Partial<UnderstandInput>, ...acts: readonly object[]): Promise<string[]> {
	return (await understood(text, place, answer(...acts))).result.acts.map(show);
}

describe('who is asked', () => {
	test('nobody when the turn has no model', async () => {
		const result = await createModelUnderstander({ rules }).understand(input('ноготочки завтра'));
		expect(result.source).toBe('rules');
	});

	test('nobody when the rules are certain; the context is not even read', async () => {
		const model = new ScriptedTurnModel(JSON.stringify(answer({ type: 'human' })));
		const context = jest.fn(async () => CONTEXT);
		const result = await createModelUnderstander({ rules }).understand(input('маникюр завтра в 15', { aids: { model, context } }));
		expect(result.acts.map(show)).toEqual(['book service[маникюр] when[завтра в 15]']);
		expect([model.asked.length, context.mock.calls.length]).toEqual([0, 0]);
	});

	test('the model once otherwise', async () => {
		const { result, model } = await understood('ноготочки бы сделать завтра', AT.idle, answer({ type: 'book', serviceText: 'ноготочки', whenText: 'завтра' }));
		expect(result.source).toBe('model');
		expect(model.asked.map(({ purpose }) => purpose)).toEqual(['understand']);
	});

	test('less than two turns in three of a usual dialogue', async () => {
		const dialogue: readonly (readonly [string, Partial<UnderstandInput>])[] = [
			['Здравствуйте! Можно записаться на стрижку?', AT.idle], ['мне чёлку подровнять и кончики', AT.askService], ['женская', AT.askService], ['на выходных', AT.askDay], ['а попозже ничего нет?', AT.offering], ['2', AT.offering], ['Анна, 8 916 123-45-67', AT.askContact], ['да, но лучше на 16', AT.confirming], ['спасибо!', AT.idle],
		];
		const model = new ScriptedTurnModel();
		for (const [text, place] of dialogue) await createModelUnderstander({ rules }).understand(input(text, { ...place, aids: { model, context: async () => CONTEXT } }));
		expect(model.asked.length).toBeLessThanOrEqual(dialogue.length * 0.65);
	});
});

describe('when the model fails', () => {
	const text = 'маникюр завтра, если можно';
	test.each<[string, (string | null | Error)[], string[]]>([
		['it has no answer', [null], ['understand']],
		['it throws', [new Error('broken port')], ['understand']],
		['it talks', ['Sure, happy to help!', 'You are booked.'], ['understand', 'repair']],
		['its acts are unknown', ['{"acts":[{"type":"write"}]}', '{"acts":[{"type":"commit"}]}'], ['understand', 'repair']],
		['the repair has no answer', ['nonsense', null], ['understand', 'repair']],
	])('because %s, the rules stand', async (_name, answers, purposes) => {
		const { result, model, byRules } = await understood(text, AT.idle, ...answers);
		expect(result).toEqual(byRules);
		expect(model.asked.map(({ purpose }) => purpose)).toEqual(purposes);
	});

	test('because the context cannot be read, the rules stand', async () => {
		const aids = { model: new ScriptedTurnModel(), context: () => Promise.reject(new Error('store')) };
		expect((await createModelUnderstander({ rules }).understand(input(text, { aids }))).source).toBe('rules');
	});

	test('a second answer of the right shape is used, and the ask names what was wrong without repeating it', async () => {
		const { result, model } = await understood(text, AT.idle, '{"acts":[{"type":"book","secret words":1}]}', answer({ type: 'book', serviceText: 'маникюр', whenText: 'завтра' }));
		expect(result.source).toBe('model');
		const [prefix, state, said, ask] = model.asked[1]?.messages ?? [];
		expect([prefix, state]).toEqual(model.asked[0]?.messages);
		expect(said?.role).toBe('assistant');
		expect(ask?.content).toContain('acts.0');
		expect(ask?.content).not.toContain('secret');
	});

	test.each([
		'{"acts":[{"type":"pick","ref":"o9"}]}', '{"acts":[{"type":"book","serviceRef":"v99"}]}', '{"acts":[{"type":"book","price":100}]}', '{"acts":[],"confidence":1}', '{"acts":[{"type":"none"}],"write":true}', '{"acts":"book"}', '{"acts":[{"type":"ask","topic":"secrets","text":"x"}]}',
		JSON.stringify({ acts: Array.from({ length: 5 }, () => ({ type: 'none' })) }), JSON.stringify({ acts: [{ type: 'book', serviceText: 'я'.repeat(200) }] }), '{"acts":[{"type":"book","serviceText":7}]}',
	])('%s is not accepted', async (bad) => {
		const { model } = await understood(text, AT.idle, bad);
		expect(model.asked.map(({ purpose }) => purpose)).toEqual(['understand', 'repair']);
	});
});

describe('dates', () => {
	const today = '2026-11-28';
	test.each<[string, Partial<UnderstandInput>, object, string[]]>([
		['маникюр завтра, если можно', AT.idle, { type: 'book', serviceText: 'маникюр', whenText: '2026-11-25' }, ['book service[маникюр] when[завтра]']],
		['маникюр завтра, если можно', AT.idle, { type: 'book', serviceText: 'маникюр', whenText: 'послезавтра' }, ['book service[маникюр] when[завтра]']],
		['маникюр как обычно, жена посоветовала', AT.idle, { type: 'book', serviceText: 'маникюр', whenText: today }, ['book service[маникюр]']],
		['не завтра, а послезавтра бы', AT.collecting, { type: 'fill', whenText: 'завтра' }, ['fill when[не завтра, а послезавтра]']],
		['наверное завтра в 15', AT.askDay, { type: 'fill', whenText: 'завтра' }, ['fill when[завтра в 15]']],
		['завтра вечером если есть', AT.askDay, { type: 'fill', whenText: 'вечером завтра' }, ['fill when[вечером завтра]']],
		['наверное завтра', AT.askDay, { type: 'fill', whenText: 'завтра в 15:00' }, ['fill when[завтра]']],
		['мне 30 лет, что посоветуете?', AT.idle, { type: 'book', whenText: '30' }, ['book']],
	])('«%s»: the words are the client’s', async (text, place, act, expected) => {
		expect(await shown(text, place, act)).toEqual(expected);
	});

	test('two visits keep a time each', async () => {
		const text = 'хотела бы маникюр завтра, ну и стрижку женскую ещё в пятницу';
		const acts = [{ type: 'book', serviceText: 'маникюр', whenText: 'завтра' }, { type: 'book', serviceText: 'стрижку женскую', whenText: 'в пятницу' }];
		expect(await shown(text, AT.idle, ...acts)).toEqual(['book service[маникюр] when[завтра]', 'book service[стрижку женскую] when[в пятницу]']);
	});

	test('a day that the client takes back is not one of two', async () => {
		const acts = [{ type: 'book', serviceText: 'маникюр', whenText: 'завтра' }, { type: 'ask', topic: 'hours', text: 'завтра' }, { type: 'fill', whenText: 'в пятницу' }];
		const [first] = await shown('маникюр не завтра, можно в пятницу, если что?', AT.idle, ...acts);
		expect(first).not.toContain('when[завтра]');
	});

	test('a date that the rules read and the model lost is not lost', async () => {
		expect(await shown('ноготочки бы мне завтра в 15', AT.idle, { type: 'book', serviceText: 'ноготочки' })).toEqual(['book service[ноготочки] when[завтра в 15]']);
		expect(await shown('завтра у меня экзамен, потом напишу', AT.collecting, { type: 'smalltalk', kind: 'other' })).toEqual(['smalltalk other']);
	});
});

describe('services and people', () => {
	const catalogue = { ...CATALOGUE, services: [...CATALOGUE.services, { ...CATALOGUE.services[0]!, id: 'perm', title: 'Долговременная укладка', aliases: [] }] };
	test.each<[string, object, string[]]>([
		['хочу кудряшки чтобы держались', { type: 'book', serviceText: 'кудряшки чтобы держались', serviceRef: 'v15' }, ['book service[Долговременная укладка]']],
		['хочу что-нибудь этакое', { type: 'book', serviceRef: 'v15' }, ['book']],
		['хочу что-нибудь этакое', { type: 'book', serviceText: 'Долговременная укладка', serviceRef: 'v15' }, ['book']],
		['завтра бы, если можно', { type: 'book', serviceText: 'завтра', serviceRef: 'v7' }, ['book when[завтра]']],
		['не стрижку, педикюр хочу', { type: 'book', serviceText: 'педикюр', serviceRef: 'v7' }, ['book service[педикюр]']],
		['стрижку бы, если можно', { type: 'book', serviceText: 'стрижку', serviceRef: 'v1' }, ['book service[стрижку]']],
		['просто хочу записаться к вам, если можно', { type: 'book', serviceText: 'Массаж спины' }, ['book']],
		['к Оленьке бы, если можно', { type: 'book', staffText: 'Оленьке', staffRef: 's3' }, ['book staff[Оленьке]']],
		['к Ольчику бы, если можно', { type: 'book', staffText: 'Ольчику', staffRef: 's3' }, ['book staff[Ольга]']],
		['к Ольчику бы, если можно', { type: 'book', staffText: 'Ольчику', staffRef: 's4' }, ['book staff[Ольчику]']],
		['к вам бы, если можно', { type: 'book', staffRef: 's3' }, ['book']],
		['к вам бы, если можно', { type: 'book', staffText: 'any' }, ['book']],
		['всё равно к кому, лишь бы скорее', { type: 'book', staffText: 'any', whenText: 'скорее' }, ['book when[скорее] staff[any]']],
		['вот запишите тогда племянника если можно', { type: 'book', forOther: 'дочка' }, ['book guest[племянника]']],
	])('«%s»: only what was said', async (text, act, expected) => {
		expect(await shown(text, { catalogue }, act)).toEqual(expected);
	});

	test('services of one visit are not made two visits', async () => {
		const acts = [{ type: 'book', serviceText: 'маникюр', whenText: 'завтра' }, { type: 'book', serviceText: 'педикюр' }];
		expect(await shown('маникюр и педикюр завтра, если можно', AT.idle, ...acts)).toEqual(['book service[маникюр и педикюр] when[завтра]']);
	});
});

describe('contacts', () => {
	test.each<[string, Partial<UnderstandInput>, object, string[]]>([
		['ну пишите что ли Гульчехра', AT.askName, { type: 'fill', nameText: 'Гульчехра' }, ['fill name[Гульчехра]']],
		['а зачем вам знать как меня звать?', AT.askName, { type: 'fill', nameText: 'Иван' }, ['ask faq']],
		['к Анне бы, если можно', AT.idle, { type: 'book', nameText: 'Анне', staffText: 'Анне' }, ['book staff[Анне]']],
		['это для мужа, 89161234567', AT.askContact, { type: 'fill', phoneText: '+79990000000' }, ['fill guest[мужа] phone[89161234567]']],
		['это для мужа, 89161234567', AT.askContact, { type: 'smalltalk', kind: 'other' }, ['smalltalk other', 'fill phone[89161234567]']],
		['телефон потом скажу, ладно?', AT.askPhone, { type: 'fill', phoneText: '89161234567' }, ['ask faq']],
		['отпишите меня, вот 89161234567, и всё', AT.askContact, { type: 'stop' }, ['stop']],
		['не надо мне ничего, вот 89161234567, если что', AT.askContact, { type: 'stop' }, ['stop']],
	])('«%s» is taken literally', async (text, place, act, expected) => {
		expect(await shown(text, place, act)).toEqual(expected);
	});
});

describe('answers', () => {
	test.each(['ну наверное да, а как же', 'да, но на 4', 'супер, жду не дождусь', 'спасибо, а парковка есть?'])('a model’s yes to a summary is none of the client’s: «%s»', async (text) => {
		const { result } = await understood(text, AT.confirming, answer({ type: 'yes' }));
		expect(result.acts.map(({ type }) => type)).not.toContain('yes');
		const both = await understood(text, AT.confirming, answer({ type: 'yes' }, { type: 'smalltalk', kind: 'other' }));
		expect(both.result.acts.map(({ type }) => type)).not.toContain('yes');
	});

	test('a no beside a change does not throw the visit away', async () => {
		expect(await shown('нет, лучше завтра', AT.confirming, { type: 'no' }, { type: 'correct', field: 'when', text: 'завтра' })).toEqual(['correct when[завтра]']);
		expect(await shown('ой нет, знаете, я пас', AT.confirming, { type: 'no' })).toEqual(['no']);
	});

	test.each<[string, Partial<UnderstandInput>, string, string[]]>([
		['ну то что пораньше из них', AT.offering, 'o1', ['pick o1']],
		['ну если можно, на 16:00', AT.offering, 'o3', ['fill when[на 16:00]']],
		['в понедельник бы лучше', AT.offering, 'o1', ['fill when[в понедельник]']],
		['можно лучше к Ивану, если есть', AT.offering, 'o1', ['pick o4']],
		['ту, что для мужчин, наверное', AT.askService, 'v2', ['pick v2']],
		['ту, что на ногти, наверное', AT.askService, 'v7', ['fill service[ногти]']],
		['наверное, к барберу', AT.askStaff, 's4', ['pick s3']],
		['ну после работы конечно, когда стемнеет', AT.askHalf, 'c2', ['pick s2']],
		['которая потом, не эта', AT.askWeek, 'c2', ['pick s2']],
	])('«%s» picks what was meant', async (text, place, ref, expected) => {
		expect(await shown(text, place, { type: 'pick', ref })).toEqual(expected);
	});

	test('words on a visit in hand do not reach into the calendar', async () => {
		expect(await shown('ой, а давайте перенесём на пятницу', AT.confirming, { type: 'manage', op: 'move', whenText: 'на пятницу' })).toEqual(['fill when[на пятницу]']);
		expect(await shown('ой, отменить бы мою старую запись в пятницу', AT.collecting, { type: 'manage', op: 'cancel', recordText: 'старую запись в пятницу' })).toEqual(['manage cancel record[старую запись в пятницу]']);
	});

	test('below a half of confidence the rules’ reading goes before another one', async () => {
		const unsure = { acts: [{ type: 'manage', op: 'cancel' }], confidence: 0.3 };
		expect((await understood('маникюр завтра, если можно', AT.idle, unsure)).result.source).toBe('rules');
		expect((await understood('хм, дайте сообразить', AT.collecting, { acts: [{ type: 'smalltalk', kind: 'other' }], confidence: 0.3 })).result).toMatchObject({ source: 'model', confidence: 0.3 });
	});
});

describe('the draft and what to remember', () => {
	const text = 'люблю приходить пораньше, запишите на маникюр';
	test('pass within their limits', async () => {
		const { result } = await understood(text, AT.idle, { ...answer({ type: 'book', serviceText: 'маникюр' }), draft: 'С удовольствием помогу.', remember: [{ key: 'preferred_time', value: 'пораньше' }] });
		expect([result.draft, result.remember]).toEqual(['С удовольствием помогу.', [{ key: 'preferred_time', value: 'пораньше' }]]);
	});

	test.each([{ draft: 'я'.repeat(201) }, { draft: 7 }, { draft: 'два\nслова' }, { remember: [{ key: 'secret', value: 'пораньше' }] }, { remember: [{ key: 'note', value: 'есть собака' }] }, { remember: 'всё' }, { draft: null, remember: null }])('%j is left out and the acts stay', async (extra) => {
		const { result, model } = await understood(text, AT.idle, { ...answer({ type: 'book', serviceText: 'маникюр' }), ...extra });
		expect(result.acts.map(show)).toEqual(['book service[маникюр]']);
		expect([result.draft, result.remember, model.asked.length]).toEqual([undefined, undefined, 1]);
	});
});

describe('with a real turn model', () => {
	test('the provider sees tokens, the acts hold the client’s own words', async () => {
		const provider = new ScriptedModel('a', JSON.stringify(answer({ type: 'fill', forOther: 'мужа', phoneText: '[PHONE_1]' })));
		const lines: unknown[] = [];
		const model = createTurnModel({
			models: [provider], health: createModelHealth(), usage: new UsageInMemory(), clock: () => '2026-11-21T10:00:00Z', zone: 'UTC', log: (kind, data) => lines.push({ kind, data }), tenant: 't', chatHash: 'h', mask: createMask(),
		});
		const asked = input('это для мужа, 8 (916) 123-45-67, если можно', { ...AT.askContact, aids: { model, context: async () => ({ ...CONTEXT, history: [{ who: 'client', text: 'мой 89160000000' }] }) } });
		const { acts } = await createModelUnderstander({ rules }).understand(asked);
		expect(acts.map(show)).toEqual(['fill guest[мужа] phone[8 (916) 123-45-67]']);
		expect(JSON.stringify(provider.requests)).not.toMatch(/123-45-67|89160000000/);
		expect(JSON.stringify(lines)).not.toMatch(/916|муж/);
	});
});
