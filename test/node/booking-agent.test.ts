import { closeNodes, failure, json, output, run, succeeded, type TestNode } from './support/harness';
import type { IConnections, IDataObject, IRun } from 'n8n-workflow';

const SALON = 'channels';
const REPLY = 0;
const HANDOFF = 1;
const EVENT = 2;
const CRM: TestNode = { name: 'CRM', type: 'bookingCrm', parameters: { crm: 'builtin', salonId: SALON } };
const CONNECTIONS: IConnections = { CRM: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } };

function answer(items: readonly IDataObject[], more: Partial<TestNode> = {}): Promise<IRun> {
	const agent: TestNode = { name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' }, ...more };
	return run({ nodes: [agent, CRM], connections: CONNECTIONS, items });
}

/** A message with an id of its own, in the universal shape. */
const message = (chatId: string, text: string, more: IDataObject = {}): IDataObject => ({ chatId, text, messageId: `${chatId}-${text}`, ...more });

beforeAll(async () => {
	const demo: TestNode = { name: 'Demo', type: 'builtinBooking', parameters: { resource: 'demo', operation: 'createDemoSalon', salonId: SALON } };
	succeeded(await run({ nodes: [demo] }), 'Demo');
});

afterAll(closeNodes);

describe('Booking Agent', () => {
	it.each([
		['web', 's1', { sessionId: 's1', action: 'sendMessage', chatInput: 'Здравствуйте' }],
		['telegram', '42', { update_id: 1, message: { message_id: 1, date: 1_795_000_000, chat: { id: 42, type: 'private' }, from: { id: 42, first_name: 'Anna' }, text: 'Здравствуйте' } }],
		['whatsapp_cloud', '79161234567', { messaging_product: 'whatsapp', messages: [{ id: 'w1', from: '79161234567', timestamp: '1795000000', type: 'text', text: { body: 'Здравствуйте' } }] }],
		['webhook', 'c1', { body: { chatId: 'c1', text: 'Здравствуйте', messageId: 'm1' } }],
	])('answers an item of %s with text, output and the chat it belongs to', async (channel, chatId, item) => {
		const [reply] = succeeded(await answer([item]), 'Agent');
		expect(reply).toMatchObject({ channel, chatId, kind: 'replied', turn: 1, understanding: 'rules', lang: 'ru' });
		expect(reply?.text).toMatch(/^(Здравствуйте|Добр)/);
		expect(reply?.output).toBe(reply?.text);
	});

	it('refuses an item of no known channel and lists the shapes it takes', async () => {
		const error = failure(await answer([{ hello: 'world' }]));
		expect(error.message).toBe('The item is not a message of a known channel');
		for (const shape of ['Chat Trigger', 'Telegram Trigger', 'WhatsApp Trigger', 'Webhook']) expect(error.description).toContain(shape);
	});

	it('asks for the Booking CRM when none is connected', async () => {
		const result = await run({ nodes: [{ name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' } }], items: [message('x', 'Привет')] });
		expect(failure(result).message).toMatch(/Booking CRM/);
	});

	it('answers a redelivered message with the answer already given where somebody waits, and not at all where it is pushed', async () => {
		const web = message('again', 'Сколько стоит маникюр?');
		const [first] = succeeded(await answer([web]), 'Agent');
		expect(succeeded(await answer([web]), 'Agent')).toMatchObject([{ kind: 'repeated', text: first?.text }]);
		const pushed = { update_id: 9, message: { message_id: 9, chat: { id: 99 }, from: { id: 99 }, text: 'Сколько стоит маникюр?' } };
		expect(succeeded(await answer([pushed]), 'Agent')).toHaveLength(1);
		expect(succeeded(await answer([pushed]), 'Agent')).toEqual([]);
	});

	it('hands a client who asks for a person over, on the output of its own, and then stays silent', async () => {
		const result = await answer([message('human', 'Позовите администратора')]);
		expect(json(result, 'Agent', HANDOFF)).toMatchObject([{ salonId: SALON, chatId: 'human', cause: 'asked' }]);
		expect(output(result, 'Agent', HANDOFF)[0]?.pairedItem).toEqual({ item: 0 });
		expect(json(await answer([message('human', 'Ау')]), 'Agent', REPLY)).toMatchObject([{ kind: 'silent', text: '' }]);
	});

	it('books through a dialogue and tells it on the event output', async () => {
		const phone = { phone: '+79161112233', phoneVerified: true, name: 'Анна' };
		const said: IDataObject[] = [];
		const events: IDataObject[] = [];
		let next: IDataObject = { text: 'Хочу на стрижку завтра' };
		for (let turn = 0; turn < 8 && events.length === 0; turn++) {
			const result = await answer([{ chatId: 'booker', messageId: `turn-${turn}`, ...phone, ...next }]);
			const [reply] = succeeded(result, 'Agent');
			said.push({ client: next.text ?? next.buttonId, reply: reply?.text });
			events.push(...json(result, 'Agent', EVENT));
			const [button] = (reply?.buttons ?? []) as unknown as Array<{ id: string; title: string }>;
			next = button === undefined ? { text: 'Анна' } : { buttonId: button.id, text: button.title };
		}
		expect({ said, events }).toMatchObject({ events: [{ type: 'booked', chatId: 'booker', salonId: SALON }] });
		const appointmentId = { __rl: true, mode: 'id', value: (events[0]?.appointment as IDataObject | undefined)?.id };
		const look: TestNode = { name: 'Look', type: 'builtinBooking', parameters: { resource: 'appointment', operation: 'get', salonId: SALON, appointmentId } as TestNode['parameters'] };
		expect(succeeded(await run({ nodes: [look] }), 'Look')).toMatchObject([{ status: 'booked' }]);
	});

	it('pairs each answer with its item and goes on after a bad one when told so', async () => {
		const items = [message('p1', 'Привет'), { hello: 'world' }, message('p2', 'Привет')];
		const result = await answer(items, { onError: 'continueRegularOutput' });
		expect(output(result, 'Agent', REPLY)).toMatchObject([
			{ json: { chatId: 'p1' }, pairedItem: { item: 0 } },
			{ json: { error: 'The item is not a message of a known channel' }, pairedItem: { item: 1 } },
			{ json: { chatId: 'p2' }, pairedItem: { item: 2 } },
		]);
	});

	it('keeps the chats of two salons apart', async () => {
		await answer([message('twin', 'Хочу на стрижку')]);
		const other: TestNode = { name: 'CRM', type: 'bookingCrm', parameters: { crm: 'builtin', salonId: 'other-salon', demoSalon: true } };
		const agent: TestNode = { name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' } };
		const result = await run({ nodes: [agent, other], connections: CONNECTIONS, items: [message('twin', 'Здравствуйте')] });
		expect(succeeded(result, 'Agent')).toMatchObject([{ salonId: 'other-salon', turn: 1 }]);
	});
});
