import { closeNodes, failure, output, run, succeeded, type TestNode } from './support/harness';
import type { IConnections, IDataObject } from 'n8n-workflow';

const SALON = 'operator';
const node = (parameters: IDataObject, more: Partial<TestNode> = {}): TestNode => ({ name: 'Chats', type: 'conversation', parameters: { salonId: SALON, ...parameters } as TestNode['parameters'], ...more });
const call = async (operation: string, parameters: IDataObject = {}): Promise<readonly IDataObject[]> => succeeded(await run({ nodes: [node({ operation, ...parameters })] }), 'Chats');

const AGENT: TestNode = { name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' } };
const CRM: TestNode = { name: 'CRM', type: 'bookingCrm', parameters: { crm: 'builtin', salonId: SALON } };
const CONNECTIONS: IConnections = { CRM: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } };

async function write(chatId: string, text: string): Promise<readonly IDataObject[]> {
	return succeeded(await run({ nodes: [AGENT, CRM], connections: CONNECTIONS, items: [{ chatId, text, messageId: `${chatId}:${text}` }] }), 'Agent');
}

beforeAll(async () => {
	const demo: TestNode = { name: 'Demo', type: 'builtinBooking', parameters: { resource: 'demo', operation: 'createDemoSalon', salonId: SALON } };
	succeeded(await run({ nodes: [demo] }), 'Demo');
});

afterAll(closeNodes);

describe('Conversation', () => {
	const chat = { channel: 'webhook', chatId: 'anna' };

	it('shows a conversation with what both sides said', async () => {
		const [reply] = await write('anna', 'Здравствуйте');
		const [item] = await call('get', chat);
		expect(item).toMatchObject({ salonId: SALON, ...chat, mode: 'bot', turns: 1, waiting: 0 });
		expect(item?.messages).toMatchObject([
			{ from: 'client', kind: 'text', text: 'Здравствуйте' },
			{ from: 'assistant', text: reply?.text },
		]);
	});

	it('silences the assistant from a hand-over until it is resumed', async () => {
		await call('handOver', { ...chat, untilResumed: true });
		expect(await write('anna', 'Вы тут?')).toMatchObject([{ kind: 'silent', text: '' }]);
		expect(await call('getAll', { filters: { mode: 'human' } })).toMatchObject([{ chatId: 'anna', mode: 'human', modeUntil: null }]);
		expect(await call('resume', chat)).toMatchObject([{ mode: 'bot' }]);
		const [reply] = await write('anna', 'Сколько стоит стрижка?');
		expect(reply).toMatchObject({ kind: 'replied' });
		expect(reply?.text).not.toBe('');
	});

	it('pauses for the minutes it is told', async () => {
		const [paused] = await call('pause', { ...chat, minutes: 30 });
		const minutes = (Date.parse(String(paused?.modeUntil)) - Date.now()) / 60_000;
		expect(paused?.mode).toBe('paused');
		expect(minutes).toBeGreaterThan(29);
		expect(minutes).toBeLessThanOrEqual(30);
	});

	it('lists each conversation once', async () => {
		for (const name of ['b', 'c', 'd']) await write(name, 'Привет');
		const all = await call('getAll', { returnAll: true });
		expect(all.map(({ chatId }) => chatId).sort()).toEqual(['anna', 'b', 'c', 'd']);
		expect(await call('getAll', { returnAll: false, limit: 2 })).toEqual(all.slice(0, 2));
	});

	it('does not know a chat of another salon', async () => {
		const result = await run({ nodes: [node({ operation: 'get', ...chat, salonId: 'other' })] });
		expect(failure(result).message).toBe('The record was not found');
	});

	it('takes channel and chat from the item by default and pairs its output', async () => {
		const result = await run({ nodes: [node({ operation: 'get' })], items: [{ channel: 'webhook', chatId: 'b' }, { channel: 'webhook', chatId: 'c' }] });
		expect(output(result, 'Chats')).toMatchObject([
			{ json: { chatId: 'b' }, pairedItem: { item: 0 } },
			{ json: { chatId: 'c' }, pairedItem: { item: 1 } },
		]);
	});
});
