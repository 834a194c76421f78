import { NodeConnectionTypes, type IConnections, type IDataObject, type IExecuteFunctions, type INodeParameters, type INodeProperties, type INodeType, type ISupplyDataFunctions } from 'n8n-workflow';
import { BookingAgent } from '../../nodes/BookingAgent/BookingAgent.node';
import { connectedModels } from '../../nodes/BookingAgent/model/connected';
import { closeNodes, run, succeeded, type TestNode } from './support/harness';

/** A model by duck type that gives this reply. */
const replying = (reply: unknown): { invoke: () => Promise<unknown> } => ({ invoke: () => Promise.resolve(reply) });

afterAll(closeNodes);

describe('models at the inputs of Booking Agent', () => {
	let supplies: string[] = [];
	const MODEL_PROPERTIES: INodeProperties[] = [
		{ displayName: 'Model', name: 'model', type: 'string', default: '' },
		{ displayName: 'Broken', name: 'broken', type: 'boolean', default: false },
	];

	/** A model's node: its text is its own name and the item it was made for. */
	const modelNode: INodeType = {
		description: { displayName: 'Fake', name: 'lmChatFake', group: ['transform'], version: 1, description: 'Only for tests', defaults: { name: 'Fake' }, inputs: [], outputs: [NodeConnectionTypes.AiLanguageModel], properties: MODEL_PROPERTIES },
		supplyData(this: ISupplyDataFunctions, itemIndex: number) {
			const { name, parameters } = this.getNode();
			supplies.push(name);
			if (parameters['broken'] === true) throw new TypeError('no credential');
			return Promise.resolve({ response: replying({ content: `${name} ${itemIndex}` }) });
		},
	};

	/** A root node with Booking Agent's own inputs that asks all its models. */
	const rootNode = (asks: boolean): INodeType => ({
		description: { ...new BookingAgent().description, name: 'root', properties: [] },
		async execute(this: IExecuteFunctions) {
			const items: IDataObject[] = [];
			for (const i of this.getInputData().keys()) {
				const failures: string[] = [];
				const models = connectedModels(this, i, (name, cause) => failures.push(`${name} ${cause}`));
				const texts: string[] = [];
				for (const model of asks ? models : []) {
					const answer = await model.complete({ messages: [{ role: 'user', content: 'привет' }], maxOutputTokens: 400, signal: AbortSignal.timeout(5_000) });
					texts.push(answer.kind === 'ok' ? answer.text : answer.cause);
				}
				items.push({ names: models.map(({ name }) => name), texts, failures });
			}
			return [items.map((json, item) => ({ json, pairedItem: { item } })), [], []];
		},
	});

	interface Wired {
		readonly name: string;
		readonly input: number;
		readonly parameters?: IDataObject;
	}

	async function askAll(wired: readonly Wired[], items: readonly IDataObject[] = [{}], asks = true): Promise<readonly IDataObject[]> {
		supplies = [];
		const connections: IConnections = Object.fromEntries(wired.map(({ name, input }) => [name, { ai_languageModel: [[{ node: 'Root', type: NodeConnectionTypes.AiLanguageModel, index: input }]] }]));
		const nodes = [{ name: 'Root', type: 'test.root' }, ...wired.map(({ name, parameters = {} }) => ({ name, type: 'test.lmChatFake', parameters: parameters as INodeParameters }))];
		const types = { 'test.root': rootNode(asks), 'test.lmChatFake': modelNode };
		return succeeded(await run({ nodes, connections, types, items }), 'Root');
	}

	it.each([
		['as drawn', [{ name: 'Main', input: 0 }, { name: 'Spare', input: 1 }]],
		['drawn the other way round', [{ name: 'Spare', input: 1 }, { name: 'Main', input: 0 }]],
	])('are in the order of the inputs, %s', async (_name, wired) => {
		expect(await askAll(wired)).toMatchObject([{ texts: ['Main 0', 'Spare 0'] }]);
	});

	it('may be one, at either input, or none', async () => {
		expect(await askAll([{ name: 'Main', input: 0 }])).toMatchObject([{ texts: ['Main 0'] }]);
		expect(await askAll([{ name: 'Spare', input: 1 }])).toMatchObject([{ texts: ['Spare 0'] }]);
		expect(await askAll([])).toMatchObject([{ names: [], texts: [] }]);
	});

	it('belong to their item', async () => {
		expect(await askAll([{ name: 'Main', input: 0 }], [{}, {}])).toMatchObject([{ texts: ['Main 0'] }, { texts: ['Main 1'] }]);
	});

	it('have names before they are connected, and are not connected for nothing', async () => {
		const wired = [
			{ name: 'Main', input: 0, parameters: { model: { __rl: true, mode: 'id', value: 'gpt-5-mini' } } },
			{ name: 'Spare', input: 1, parameters: { model: '={{ $json.model }}' } },
		];
		expect(await askAll(wired, [{}], false)).toMatchObject([{ names: ['fake:gpt-5-mini', 'fake:expression'] }]);
		expect(supplies).toEqual([]);
		await askAll(wired);
		expect(supplies.sort()).toEqual(['Main', 'Spare']);
	});

	it('that cannot be connected are refused and told of, and break nothing', async () => {
		expect(await askAll([{ name: 'Main', input: 0, parameters: { broken: true } }])).toEqual([{ names: ['fake:default'], texts: ['rejected'], failures: ['fake:default rejected'] }]);
	});

	it('stand behind connectors with names of their own', () => {
		const inputs = new BookingAgent().description.inputs as Array<string | { type: string; displayName?: string; required?: boolean }>;
		const named = inputs.flatMap((input) => (typeof input === 'string' ? [] : [[input.type, input.displayName, input.required]]));
		expect(named).toEqual([
			['ai_languageModel', 'Chat Model', false],
			['ai_languageModel', 'Fallback Model', false],
			['ai_tool', 'Booking CRM', true],
			['ai_tool', 'Knowledge', false],
		]);
	});
});

describe('Booking Agent with sub-nodes', () => {
	const SALON = 'with-sub-nodes';
	const PARKING = 'Бесплатная парковка во дворе, въезд с улицы Мира.';
	const AGENT: TestNode = { name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' } };
	const CRM: TestNode = { name: 'CRM', type: 'bookingCrm', parameters: { crm: 'builtin', salonId: SALON, demoSalon: true } };
	const to = (type: 'ai_tool' | 'ai_languageModel', index: number): IConnections[string] => ({ [type]: [[{ node: 'Agent', type, index }]] });

	/** A node that supplies this object at the given kind of connection. */
	const supplying = (kind: 'ai_tool' | 'ai_languageModel', response: unknown): INodeType => ({
		description: { displayName: 'Sub', name: 'sub', group: ['transform'], version: 1, description: 'Only for tests', defaults: { name: 'Sub' }, inputs: [], outputs: [kind], properties: [] },
		supplyData: () => Promise.resolve({ response }),
	});

	let chats = 0;
	async function answer(text: string, sub: INodeType | null, kind: 'ai_tool' | 'ai_languageModel' = 'ai_tool'): Promise<{ reply: IDataObject | undefined; hints: unknown }> {
		const nodes = [AGENT, CRM, ...(sub === null ? [] : [{ name: 'Sub', type: 'test.sub' }])];
		const connections: IConnections = { CRM: to('ai_tool', 0), ...(sub === null ? {} : { Sub: to(kind, kind === 'ai_tool' ? 1 : 0) }) };
		const items = [{ chatId: `chat-${++chats}`, messageId: 'm1', text }];
		const result = await run({ nodes, connections, items, ...(sub === null ? {} : { types: { 'test.sub': sub } }) });
		return { reply: succeeded(result, 'Agent')[0], hints: result.data.resultData.runData['Agent']?.[0]?.hints };
	}

	it('answers a free question from a connected tool, and only then', async () => {
		const faq = supplying('ai_tool', { name: 'faq', description: 'FAQ', invoke: () => Promise.resolve([{ type: 'text', text: JSON.stringify({ pageContent: PARKING }) }]) });
		expect((await answer('А парковка у вас есть?', faq)).reply?.text).toContain('во дворе');
		expect((await answer('А парковка у вас есть?', null)).reply?.text).not.toContain('во дворе');
	});

	it('still books beside a tool that fails', async () => {
		const broken = supplying('ai_tool', { name: 'faq', description: 'FAQ', invoke: () => Promise.reject(new Error('database is down')) });
		expect((await answer('А парковка у вас есть?', broken)).reply?.kind).toBe('replied');
		expect((await answer('Хочу на маникюр', broken)).reply?.text).toMatch(/маникюр/i);
	});

	it('is not satisfied with a tool in the place of the CRM', async () => {
		const tool = supplying('ai_tool', { name: 'faq', description: 'FAQ', invoke: () => Promise.resolve('') });
		const result = await run({ nodes: [AGENT, { name: 'Sub', type: 'test.sub' }], connections: { Sub: to('ai_tool', 0) }, types: { 'test.sub': tool }, items: [{ chatId: 'x', messageId: 'x', text: 'Привет' }] });
		expect(result.data.resultData.error?.message).toMatch(/No Booking CRM is connected/);
	});

	it('says whether the model or the rules understood, and shows the operator what failed', async () => {
		const reading = JSON.stringify({ acts: [{ type: 'ask', topic: 'address', text: 'как вас отыскать' }], lang: 'ru', confidence: 0.9 });
		const words = 'Как вас отыскать-то, я район не знаю совсем';
		const well = await answer(words, supplying('ai_languageModel', replying({ content: reading })), 'ai_languageModel');
		expect(well.reply).toMatchObject({ understanding: 'model' });
		expect(well.reply?.text).toContain('Садовая');
		expect(well.hints).toEqual([]);
		const down = { invoke: () => Promise.reject(Object.assign(new Error('secret prompt text'), { status: 401 })) };
		const failed = await answer(words, supplying('ai_languageModel', down), 'ai_languageModel');
		expect(failed.reply).toMatchObject({ understanding: 'rules', kind: 'replied' });
		expect(JSON.stringify(failed.hints)).toMatch(/rejected/);
		expect(JSON.stringify(failed.hints)).not.toMatch(/secret/);
	});
});
