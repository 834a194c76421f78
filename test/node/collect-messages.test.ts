import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { recognise } from '../../core/conversation/channels';
import { createCollector } from '../../core/store/collect';
import { openNodeStore } from '../../nodes/shared/store';
import { closeNodes, failure, json, run } from './support/harness';

const NODE = 'Collect';
const CONTEXT = { now: '2026-11-21T07:00:00.000Z', phoneCountry: 'RU' };

afterAll(closeNodes);

/** One run of the node; what came out under Turn and under Merged. */
async function collect(items: readonly IDataObject[], parameters: INodeParameters = {}): Promise<{ readonly turns: readonly IDataObject[]; readonly merged: readonly IDataObject[] }> {
	const result = await run({ nodes: [{ name: NODE, type: 'collectMessages', parameters: { salonId: 'talk', quietSeconds: 1, ...parameters } }], items });
	if (result.data.resultData.error !== undefined) throw result.data.resultData.error;
	return { turns: json(result, NODE, 0), merged: json(result, NODE, 1) };
}

const telegram = (id: number, message: object): IDataObject => ({ update_id: id, message: { message_id: id, date: 1_795_000_000, chat: { id: 42, type: 'private' }, from: { id: 42, first_name: 'Anna' }, ...message } });
const cloud = (...messages: readonly object[]): IDataObject => ({ messaging_product: 'whatsapp', contacts: [{ profile: { name: 'Anna' }, wa_id: '79161234567' }], messages: [...messages] });
const cloudText = (id: string, body: string, from = '79161234567'): object => ({ from, id, timestamp: '1795000000', type: 'text', text: { body } });

describe('Collect Messages', () => {
	it('passes three quick messages on as one, by the run of the last; the others end under Merged', async () => {
		const runs = await Promise.all(
			['Здравствуйте', 'хочу на стрижку', 'завтра в 3'].map((text, index) => collect([{ chatId: 'quick', messageId: `m${index}`, text }], { source: 'fields' })),
		);
		const turns = runs.flatMap((one) => one.turns);
		expect(turns).toHaveLength(1);
		expect(runs.flatMap((one) => one.merged)).toHaveLength(2);
		expect(String(turns[0]?.text).split('\n').sort()).toEqual(['Здравствуйте', 'завтра в 3', 'хочу на стрижку']);
		expect(turns[0]?.collected).toMatchObject({ salonId: 'talk', channel: 'webhook', chatId: 'quick', count: 3 });
	});

	it.each([
		['Telegram', [telegram(1, { text: 'раз' }), telegram(2, { text: 'два' })], { channel: 'telegram', chatId: '42', messageId: '2' }],
		['WhatsApp Cloud', [cloud(cloudText('w1', 'раз'), cloudText('w2', 'два'))], { channel: 'whatsapp_cloud', chatId: '79161234567', messageId: 'w2' }],
		['Chat Trigger', [{ sessionId: 's1', chatInput: 'раз' }, { sessionId: 's1', chatInput: 'два' }], { channel: 'web', chatId: 's1' }],
		['Webhook', [{ body: { chatId: 'b1', text: 'раз' } }, { body: { chatId: 'b1', text: 'два' } }], { channel: 'webhook', chatId: 'b1' }],
	])('gives Booking Agent a turn of %s that it reads as one message of the same client', async (_name, items, expected) => {
		const { turns } = await collect(items as IDataObject[], { quietSeconds: 0 });
		const whole = turns.at(-1);
		const found = recognise(whole, CONTEXT) ?? [];
		const { messageId, ...place } = { messageId: (whole?.collected as IDataObject).turnId, ...expected };
		expect(found).toMatchObject([{ ...place, message: { kind: 'text', messageId } }]);
		expect(turns.map(({ collected }) => (collected as IDataObject).text).join('\n')).toBe('раз\nдва');
	});

	it('keeps two people of one delivery apart', async () => {
		const { turns } = await collect([cloud(cloudText('p1', 'от Анны'), cloudText('p2', 'от Веры', '79160000000'))]);
		expect(turns.map((turn) => recognise(turn, CONTEXT)?.map(({ chatId, message }) => [chatId, message.text])).sort()).toEqual([[['79160000000', 'от Веры']], [['79161234567', 'от Анны']]]);
	});

	it('lets a button and a picture through at once, behind what was written before', async () => {
		const press = { update_id: 9, callback_query: { id: 'c1', from: { id: 42 }, data: 'yes:x', message: { chat: { id: 42 } } } };
		const { turns } = await collect([telegram(21, { text: 'сначала это' }), press, telegram(22, { photo: [{}] })], { quietSeconds: 30, longestSeconds: 60 });
		expect(turns.map((turn) => recognise(turn, CONTEXT)?.[0]?.message.kind)).toEqual(['text', 'button', 'image']);
	});

	it('takes a message that is delivered twice once', async () => {
		const twice = { chatId: 'twice', messageId: 'm1', text: 'раз' };
		const { turns, merged } = await collect([twice, twice], { source: 'fields' });
		expect({ turns: turns.length, count: (turns[0]?.collected as IDataObject).count, merged: merged.length }).toEqual({ turns: 1, count: 1, merged: 1 });
	});

	it('releases what a crash left waiting', async () => {
		const node = { id: '1', name: NODE, type: 'n8n-nodes-ai-admin.collectMessages', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
		const { store } = await openNodeStore({ getNode: () => node, getCredentials: () => Promise.reject(new Error('No credential is chosen')) });
		const before = createCollector(store, { owner: 'gone', clock: () => Date.now() - 60_000 });
		await before.add({ tenant: 'left', channel: 'webhook', chatId: 'c' }, { messageId: 'm', payload: JSON.stringify({ item: { chatId: 'c', text: 'ждёт' }, text: 'ждёт' }) }, { quietMs: 6000, mostMs: 25_000 });
		const { turns } = await collect([{}], { salonId: 'left', operation: 'releaseLeftOver', olderThan: 30 });
		expect(turns).toMatchObject([{ chatId: 'c', text: 'ждёт', collected: { count: 1 } }]);
	});

	it('says which items it takes', async () => {
		const result = await run({ nodes: [{ name: NODE, type: 'collectMessages', parameters: { salonId: 'talk', source: 'fields' } }], items: [{ hello: 1 }] });
		expect(failure(result)).toMatchObject({ message: 'The item is not a message of a known channel', description: expect.stringContaining('chatId, text') as unknown });
	});
});
