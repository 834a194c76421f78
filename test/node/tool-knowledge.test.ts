import { DynamicStructuredTool, DynamicTool } from '@langchain/core/tools';
import { z } from 'zod';
import { documentsIn } from '../../nodes/BookingAgent/model/documents';
import { relevance } from '../../nodes/BookingAgent/model/relevance';
import { toolKnowledge } from '../../nodes/BookingAgent/model/tool-knowledge';

describe('tools as a source of knowledge', () => {
	const PARKING = 'Бесплатная парковка во дворе, въезд с улицы Мира.';
	const asText = (documents: readonly object[]): unknown => documents.map((document) => ({ type: 'text', text: JSON.stringify(document) }));
	const search = (tools: readonly unknown[], question = 'где припарковаться?', limit = 3): unknown => toolKnowledge(tools)?.search(question, limit);

	it("reads a vector store's documents and takes only those about the question", async () => {
		const documents = [{ pageContent: 'Оплата картой и наличными.', metadata: {} }, { pageContent: PARKING, metadata: { title: 'Парковка' } }];
		const asked: unknown[] = [];
		const store = new DynamicStructuredTool({
			name: 'faq',
			description: 'FAQ',
			schema: z.object({ input: z.string() }),
			func: (args) => (asked.push(args), Promise.resolve(asText(documents))),
		});
		expect(await search([store])).toMatchObject({ kind: 'found', snippets: [{ title: 'Парковка', text: PARKING }] });
		expect(asked).toEqual([{ input: 'где припарковаться?' }]);
		expect(await search([store], 'есть ли у вас вайфай?')).toEqual({ kind: 'none' });
	});

	it('takes the score a tool gives, best first, up to the limit', async () => {
		const answer = JSON.stringify({ results: [{ text: 'слабый', score: 0.1 }, { text: 'второй', score: 0.6 }, { text: 'первый', score: 0.9 }] });
		const tool = new DynamicTool({ name: 'faq', description: 'FAQ', func: () => Promise.resolve(answer) });
		expect(await search([tool])).toMatchObject({ snippets: [{ text: 'первый', score: 0.9 }, { text: 'второй', score: 0.6 }] });
		expect(await search([tool], 'что?', 1)).toMatchObject({ snippets: [{ text: 'первый' }] });
	});

	it('knows nothing apart from not being able to look', async () => {
		const empty = { invoke: () => Promise.resolve('') };
		const broken = { invoke: () => Promise.reject(new Error('database is down')) };
		const known = { invoke: () => Promise.resolve(PARKING) };
		expect(await search([empty])).toEqual({ kind: 'none' });
		expect(await search([broken, empty])).toEqual({ kind: 'unavailable', cause: 'tool_failed' });
		expect(await search([broken, known])).toMatchObject({ kind: 'found' });
	});

	it('waits two seconds and no more', async () => {
		const started = performance.now();
		expect(await search([{ invoke: () => new Promise(() => undefined) }])).toEqual({ kind: 'unavailable', cause: 'tool_failed' });
		expect(performance.now() - started).toBeLessThan(4_000);
	});

	it('cuts long texts, drops invisible signs, and asks no tool that waits for a person', async () => {
		const long = { invoke: () => Promise.resolve(`парковка \u202Eтайно\u0000 ${'слово '.repeat(500)}`) };
		const found = (await search([long])) as { snippets: { text: string }[] };
		expect(found.snippets[0]?.text.length).toBeLessThanOrEqual(600);
		expect(found.snippets[0]?.text).toMatch(/^парковка {2,3}тайно/);
		expect(toolKnowledge([{ invoke: () => Promise.resolve(PARKING), metadata: { gatedToolNodeName: 'Approve' } }])).toBeNull();
		expect(toolKnowledge([{ getTools: () => [long] }])).not.toBeNull();
		expect(toolKnowledge([{}, null, 'x'])).toBeNull();
	});

	it.each([
		['a text', PARKING, [PARKING]],
		['pairs with scores', [[{ pageContent: 'a' }, 0.7], [{ pageContent: 'b' }, 0.2]], ['a', 'b']],
		['items of n8n', [{ json: { response: [{ type: 'text', text: '{"pageContent":"a"}' }] } }], ['a']],
		['a list in a record', { documents: [{ text: 'a' }, { content: 'b' }] }, ['a', 'b']],
		['a document', { document: { pageContent: 'a' }, score: 0.4 }, ['a']],
		['broken JSON', '{"pageContent": "a', ['{"pageContent": "a']],
		['numbers and nulls', [1, null, undefined, {}], []],
	])('finds the documents in %s', (_name, answer, texts) => {
		expect(documentsIn(answer).map(({ text }) => text)).toEqual(texts);
	});

	it('bounds what it reads of a hostile answer', () => {
		let deep: unknown = 'x';
		for (let i = 0; i < 1_000; i++) deep = [deep];
		expect(documentsIn(deep)).toEqual([]);
		expect(documentsIn(Array.from({ length: 5_000 }, (_unused, i) => `text ${i}`)).length).toBeLessThanOrEqual(20);
	});

	it.each([
		['можно с собакой?', 'Оплатить можно картой', false],
		['можно прийти с детьми?', 'Дети до 12 лет приходят со взрослыми', true],
		['оплатить картой?', 'Оплата наличными и картой', true],
		['is there parking?', 'Free parking in the yard', true],
		['а что у вас есть?', 'Здесь есть всё', false],
	])('«%s» and «%s» belong together: %s', (question, text, together) => {
		expect(relevance(question, text) >= 0.3).toBe(together);
	});
});
