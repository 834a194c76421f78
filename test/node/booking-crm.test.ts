import { closeNodes, failure, run, succeeded, type TestNode } from './support/harness';
import { agentWorkflow, engineAgent, inlineAgent, type ToolCall } from './support/agents';
import type { IDataObject } from 'n8n-workflow';

const SALON = 'tools';
const ANNA = '+79161234567';
const TOOLS = [
	'cancel_appointment',
	'confirm_action',
	'create_appointment',
	'create_client',
	'get_available_slots',
	'get_client_appointments',
	'get_client_by_phone',
	'get_services',
	'get_staff',
	'reschedule_appointment',
];

const parameters = {
	crm: 'builtin',
	salonId: SALON,
	chatId: "={{ $('Chat').first().json.sessionId }}",
	clientMessage: "={{ $('Chat').first().json.chatInput }}",
	clientPhone: "={{ $('Chat').first().json.phone }}",
};

let messages = 0;

/** One message of a client, and the tools a model calls for it, each run by the engine. */
async function say(client: { chat: string; phone?: string }, text: string, calls: readonly ToolCall[]): Promise<readonly IDataObject[]> {
	const item = { sessionId: client.chat, chatInput: text, phone: client.phone ?? '' };
	const result = await run({ ...agentWorkflow(parameters), types: engineAgent(calls), items: [item], start: 'Chat', executionId: `message-${++messages}` });
	return succeeded(result, 'Agent');
}

async function salon(resource: string, operation: string, more: IDataObject = {}): Promise<readonly IDataObject[]> {
	const node: TestNode = { name: 'Salon', type: 'builtinBooking', parameters: { salonId: SALON, resource, operation, ...more } as TestNode['parameters'] };
	return succeeded(await run({ nodes: [node] }), 'Salon');
}

const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
const visits = (): Promise<readonly IDataObject[]> => salon('appointment', 'getAll', { returnAll: true });

let serviceIds: string[];

/** The slot ids the tool gave for these days. */
async function slotsFor(client: { chat: string; phone?: string }, more: IDataObject = {}): Promise<readonly { slotId: string; start: string }[]> {
	const [answer] = await say(client, 'Хочу на стрижку', [{ tool: 'get_available_slots', args: { serviceIds, from: day(2), to: day(3), ...more } }]);
	return answer?.slots as unknown as readonly { slotId: string; start: string }[];
}

beforeAll(async () => {
	await salon('company', 'update', { updateFields: { name: 'Tools', zone: 'Europe/Moscow', currency: 'RUB' } });
	const [service] = await salon('service', 'create', { title: 'Стрижка', durationMinutes: 60, additionalFields: {} });
	serviceIds = [String(service?.id)];
	const [person] = await salon('staff', 'create', { name: 'Мария', additionalFields: { serviceIds: serviceIds[0] } });
	const hours = [{ weekdays: ['1', '2', '3', '4', '5', '6', '7'], from: '08:00', to: '22:00' }];
	await salon('staff', 'setSchedule', { staffId: { __rl: true, mode: 'id', value: person?.id }, schedule: { hours } });
});

afterAll(closeNodes);

describe('the toolkit', () => {
	it('supplies ten tools that LangChain agents of the host accept', async () => {
		const script = inlineAgent((tools) =>
			Promise.resolve({ names: tools.map(({ name }) => name).sort(), langchain: tools.every(({ lc_namespace }) => Array.isArray(lc_namespace)), described: tools.every(({ description }) => description.length > 30) }),
		);
		const result = await run({ ...agentWorkflow(parameters), types: script, items: [{ sessionId: 'kit', chatInput: 'Привет' }], start: 'Chat' });
		expect(succeeded(result, 'Agent')).toEqual([{ names: TOOLS, langchain: true, described: true }]);
	});

	it('answers an inline call and an engine call alike', async () => {
		const call = inlineAgent(async (tools) => JSON.parse(String(await tools.find(({ name }) => name === 'get_services')?.invoke({}))) as IDataObject);
		const inline = succeeded(await run({ ...agentWorkflow(parameters), types: call, items: [{ sessionId: 'same', chatInput: 'Цены?' }], start: 'Chat' }), 'Agent');
		const engine = await say({ chat: 'same' }, 'Цены?', [{ tool: 'get_services' }]);
		expect(engine).toEqual(inline);
		expect(engine).toMatchObject([{ status: 'ok', services: [{ serviceId: serviceIds[0], title: 'Стрижка' }] }]);
	});

	it('refuses a tool it does not have instead of answering nothing', async () => {
		const [answer] = await say({ chat: 'odd' }, 'Привет', [{ tool: 'drop_all_visits' }]);
		expect(JSON.stringify(answer)).toMatch(/No booking tool of this name/);
	});

	it.each(['$json.word', '$input.item.json.word', '$thisItem.json.word', '$data.word', '$items()[0].json.word', '$item(0).$json.word', '$node["Agent"].json.word', '$("Chat" + $json.word).first().json.x'])(
		'does not let a model fill in the message, chat or phone of the client through %s',
		async (expression) => {
			for (const name of ['clientMessage', 'chatId', 'clientPhone']) {
				const open = agentWorkflow({ ...parameters, [name]: `={{ ${expression} }}` });
				const types = engineAgent([{ tool: 'get_client_by_phone', args: { word: ANNA } }]);
				const result = await run({ ...open, types, items: [{ sessionId: 'x', chatInput: 'Привет' }], start: 'Chat' });
				const said = JSON.stringify(result.data.resultData.error?.message ?? succeeded(result, 'Agent'));
				expect(said).toMatch(/could be filled in by the model/);
			}
		},
	);
});

describe('a visit through the tools', () => {
	const anna = { chat: 'anna', phone: ANNA };

	it('is written only after the client’s own yes in a later message', async () => {
		const before = (await visits()).length;
		const [slot] = await slotsFor(anna);
		const [prepared] = await say(anna, 'Давайте в 8', [{ tool: 'create_appointment', args: { slotId: slot?.slotId, clientName: 'Анна' } }]);
		expect(prepared).toMatchObject({ status: 'needs_confirmation' });
		expect(String(prepared?.summary)).toContain('Стрижка');
		const pendingId = prepared?.pendingId;
		expect(await visits()).toHaveLength(before);

		expect(await say(anna, 'да, но на 4', [{ tool: 'confirm_action', args: { pendingId } }])).toMatchObject([{ status: 'refused', reason: 'not_a_yes' }]);
		expect(await say(anna, 'спасибо', [{ tool: 'confirm_action', args: { pendingId } }])).toMatchObject([{ status: 'refused', reason: 'not_a_yes' }]);
		expect(await visits()).toHaveLength(before);

		expect(await say(anna, 'да', [{ tool: 'confirm_action', args: { pendingId } }])).toMatchObject([{ status: 'ok', result: 'booked', appointment: { start: slot?.start } }]);
		expect(await visits()).toHaveLength(before + 1);
		expect(await say(anna, 'да', [{ tool: 'confirm_action', args: { pendingId } }])).toMatchObject([{ status: 'ok', result: 'booked' }]);
		expect(await visits()).toHaveLength(before + 1);
	});

	it('is not confirmed in the message it was prepared in, even when that message is a yes', async () => {
		const before = (await visits()).length;
		const slot = (await slotsFor(anna)).at(-1);
		const calls: ToolCall[] = [{ tool: 'create_appointment', args: { slotId: slot?.slotId } }];
		const item = { sessionId: 'anna', chatInput: 'да', phone: ANNA };
		const first = succeeded(await run({ ...agentWorkflow(parameters), types: engineAgent(calls), items: [item], start: 'Chat', executionId: 'one-message' }), 'Agent');
		const confirm = engineAgent([{ tool: 'confirm_action', args: { pendingId: first[0]?.pendingId } }]);
		const second = succeeded(await run({ ...agentWorkflow(parameters), types: confirm, items: [item], start: 'Chat', executionId: 'one-message' }), 'Agent');
		expect(second).toMatchObject([{ status: 'refused', reason: 'same_message' }]);
		expect(await visits()).toHaveLength(before);
	});

	it('is not made of a slot that was invented or offered to another chat', async () => {
		const [slot] = await slotsFor({ chat: 'boris' });
		for (const slotId of ['invented', slot?.slotId]) {
			expect(await say(anna, 'Запишите', [{ tool: 'create_appointment', args: { slotId } }])).toMatchObject([{ status: 'refused', reason: 'unknown_slot' }]);
		}
	});

	it('asks for a phone where the channel has none, and takes only one the client wrote', async () => {
		const guest = { chat: 'guest' };
		const [slot] = await slotsFor(guest);
		const args = { slotId: slot?.slotId, clientName: 'Пётр', phone: '+79990000000', clientPhone: '+79990000000' };
		expect(await say(guest, 'Запишите', [{ tool: 'create_appointment', args }])).toMatchObject([{ status: 'refused', reason: 'phone_needed' }]);
		expect(await say(guest, 'мой номер 8 916 765-43-21', [{ tool: 'create_appointment', args }])).toMatchObject([{ status: 'needs_confirmation' }]);
		expect(await salon('client', 'findByPhone', { phone: '+79990000000' })).toEqual([]);
	});

	it('is seen, moved and cancelled by its own client only', async () => {
		const [listed] = await say(anna, 'Мои записи', [{ tool: 'get_client_appointments' }]);
		const [own] = listed?.appointments as IDataObject[];
		const stranger = { chat: 'stranger', phone: '+79031112233' };
		const appointmentId = own?.appointmentId;
		expect(await say(stranger, 'Записи Анны', [{ tool: 'get_client_appointments', args: { phone: ANNA } }])).toMatchObject([{ appointments: [] }]);
		expect(await say(stranger, 'Карточка', [{ tool: 'get_client_by_phone', args: { phone: ANNA } }])).toMatchObject([{ clients: [] }]);
		expect(await say(stranger, 'Отмените', [{ tool: 'cancel_appointment', args: { appointmentId } }])).toMatchObject([{ status: 'refused', reason: 'not_this_client' }]);
		expect(await say(stranger, 'Перенесите', [{ tool: 'get_available_slots', args: { serviceIds, from: day(2), to: day(2), appointmentId } }])).toMatchObject([{ reason: 'not_this_client' }]);

		const slots = await slotsFor(anna, { appointmentId });
		expect(await say(anna, 'Ещё одну', [{ tool: 'create_appointment', args: { slotId: slots[3]?.slotId } }])).toMatchObject([{ reason: 'unknown_slot' }]);
		const [move] = await say(anna, 'Перенесите', [{ tool: 'reschedule_appointment', args: { appointmentId, slotId: slots[3]?.slotId } }]);
		expect(await say(anna, 'да', [{ tool: 'confirm_action', args: { pendingId: move?.pendingId } }])).toMatchObject([{ result: 'rescheduled', appointment: { appointmentId, start: slots[3]?.start } }]);
		const [cancel] = await say(anna, 'Отмените', [{ tool: 'cancel_appointment', args: { appointmentId } }]);
		expect(await say(anna, 'нет', [{ tool: 'confirm_action', args: { pendingId: cancel?.pendingId } }])).toMatchObject([{ result: 'dropped' }]);
		const [again] = await say(anna, 'Всё же отмените', [{ tool: 'cancel_appointment', args: { appointmentId } }]);
		expect(await say(anna, 'да', [{ tool: 'confirm_action', args: { pendingId: again?.pendingId } }])).toMatchObject([{ result: 'cancelled' }]);
		expect((await visits()).find(({ id }) => id === appointmentId)?.status).toBe('cancelled');
	});

	it('is not prepared while a person answers the chat', async () => {
		const [slot] = await slotsFor(anna);
		const take: TestNode = { name: 'Chats', type: 'conversation', parameters: { operation: 'handOver', salonId: SALON, channel: 'ai_agent', chatId: 'anna', untilResumed: true } };
		succeeded(await run({ nodes: [take] }), 'Chats');
		expect(await say(anna, 'Запишите', [{ tool: 'create_appointment', args: { slotId: slot?.slotId } }])).toMatchObject([{ status: 'refused', reason: 'person_answers' }]);
	});

	it('goes to one of two clients who confirm the same slot', async () => {
		const clients = ['+79031110001', '+79031110002'].map((phone, index) => ({ chat: `rival-${index}`, phone }));
		const ready = [];
		for (const client of clients) {
			const slot = (await slotsFor(client)).at(-2);
			ready.push({ client, pending: (await say(client, 'Запишите', [{ tool: 'create_appointment', args: { slotId: slot?.slotId, clientName: 'Ольга' } }]))[0]?.pendingId });
		}
		const answers = await Promise.all(ready.map(({ client, pending }) => say(client, 'да', [{ tool: 'confirm_action', args: { pendingId: pending } }])));
		expect(answers.flat().map(({ status, reason }) => reason ?? status).sort()).toEqual(['ok', 'slot_taken']);
	});
});

it('names the chat it needs when the chat is empty', async () => {
	const types = engineAgent([{ tool: 'get_services' }]);
	const result = await run({ ...agentWorkflow(parameters), types, items: [{ sessionId: '', chatInput: 'Привет' }], start: 'Chat' });
	const said = result.data.resultData.error === undefined ? JSON.stringify(succeeded(result, 'Agent')) : failure(result).message;
	expect(said).toMatch(/Chat ID is empty/);
});
