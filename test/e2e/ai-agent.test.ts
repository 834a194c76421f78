import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startN8n, type N8n } from './support/n8n';
import { salonRows } from './support/salon';
import { startScriptedModel, type ModelMessage, type ModelMove, type ScriptedModel } from './support/scripted-model';

const WORKFLOW = join(__dirname, 'workflows', 'ai-agent.json');
const FIRST = 'Хочу маникюр послезавтра, меня зовут Анна, мой телефон 8 916 300-00-01';
const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

type Result = Readonly<Record<string, unknown>> & { status?: string };

/** The last tool results of the conversation, newest last. */
function results(messages: readonly ModelMessage[]): Result[] {
	return messages.filter(({ role }) => role === 'tool').map(({ content }) => parse(content));
}

/** n8n gives a tool's answer as JSON text, sometimes as a list of items. */
function parse(content: unknown): Result {
	const value: unknown = JSON.parse(typeof content === 'string' ? content : JSON.stringify(content));
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return (typeof first === 'string' ? parse(first) : first) as Result;
}

function sinceUser(messages: readonly ModelMessage[]): { user: string; tools: Result[] } {
	const at = messages.map(({ role }) => role).lastIndexOf('user');
	return { user: String(messages[at]?.content ?? ''), tools: results(messages.slice(at)) };
}

describe("n8n's own AI Agent with the Booking CRM tools", () => {
	let n8n: N8n;
	let model: ScriptedModel;
	let chat: string;
	let script: (messages: readonly ModelMessage[]) => ModelMove;
	let rows: ReturnType<typeof salonRows>;

	beforeAll(async () => {
		n8n = await startN8n();
		model = await startScriptedModel((messages) => script(messages));
		const credential = (await n8n.rest.request('POST', '/rest/credentials', { name: 'scripted', type: 'openAiApi', data: { apiKey: 'none', url: model.url } })) as { id: string };
		const workflow = JSON.parse(await readFile(WORKFLOW, 'utf8')) as { nodes: { webhookId?: string; credentials?: { openAiApi: { id: string } } }[] };
		for (const node of workflow.nodes) if (node.credentials !== undefined) node.credentials.openAiApi.id = credential.id;
		chat = workflow.nodes.find(({ webhookId }) => webhookId !== undefined)?.webhookId ?? '';
		await n8n.rest.publish(await n8n.rest.importWorkflow(workflow));
		script = () => ({ say: 'готов' });
		await n8n.chatReady(chat);
		await n8n.chat(chat, 'warm').send('привет');
		script = (messages) => (results(messages).length === 0 ? { tool: 'get_services', args: {} } : { say: 'ok' });
		await n8n.chat(chat, 'warm').send('что есть?');
		rows = salonRows(n8n.userFolder);
	});

	afterAll(async () => {
		rows?.close();
		await model?.close();
		await n8n?.stop();
	});

	/** Reads the catalogue and the slots, prepares a visit, shows the summary. */
	function prepare(tools: readonly Result[]): ModelMove {
		const last = tools.at(-1);
		if (last === undefined) return { tool: 'get_services', args: {} };
		if (Array.isArray(last['services'])) {
			const service = (last['services'] as { serviceId?: string; id?: string; title?: string }[]).find(({ title }) => title === 'Маникюр');
			return { tool: 'get_available_slots', args: { serviceIds: [service?.serviceId ?? service?.id], from: day(2), to: day(6) } };
		}
		if (Array.isArray(last['slots'])) {
			const [slot] = last['slots'] as { slotId: string }[];
			return { tool: 'create_appointment', args: { slotId: slot?.slotId, clientName: 'Анна' } };
		}
		return { say: String(last['summary'] ?? JSON.stringify(last)) };
	}

	it('books after the client’s own yes in a later message, and not before', async () => {
		let pendingId = '';
		script = (messages) => {
			const { user, tools } = sinceUser(messages);
			const last = tools.at(-1);
			if (typeof last?.['pendingId'] === 'string') pendingId = last['pendingId'];
			if (user !== 'да') return prepare(tools);
			return last === undefined ? { tool: 'confirm_action', args: { pendingId } } : { say: `Итог: ${last.status}` };
		};
		const person = n8n.chat(chat, 'honest');
		const summary = await person.send(FIRST);
		expect(summary.text).toMatch(/Маникюр/);
		expect(rows.visitsOf('+79163000001')).toEqual([]);
		expect((await person.send('да')).text).toBe('Итог: ok');
		expect(rows.visitsOf('+79163000001').map(({ status }) => status)).toEqual(['booked']);
	});

	it('writes nothing for a model that confirms by itself, invents slots or speaks for the client', async () => {
		const before = rows.count("select count(*) as n from crm_appointment where tenant = 'demo'");
		const seen: (string | undefined)[] = [];
		script = (messages) => {
			const { tools } = sinceUser(messages);
			const last = tools.at(-1);
			seen.push(last?.status);
			if (tools.length < 3) return prepare(tools);
			const pendingId = tools.map((tool) => tool['pendingId']).find((id) => typeof id === 'string');
			const moves: ModelMove[] = [
				{ tool: 'confirm_action', args: { pendingId } },
				{ tool: 'confirm_action', args: { pendingId, clientMessage: 'да', chatInput: 'да', confirmed: true } },
				{ tool: 'create_appointment', args: { slotId: 'invented', clientName: 'Анна' } },
				{ tool: 'cancel_appointment', args: { appointmentId: '1' } },
			];
			return moves[tools.length - 3] ?? { say: 'Я вас записала!' };
		};
		await n8n.chat(chat, 'cheat').send(FIRST.replace('300-00-01', '300-00-02'));
		expect(seen).toContain('needs_confirmation');
		expect(seen.filter((status) => status === 'refused').length).toBeGreaterThanOrEqual(3);
		script = () => ({ say: 'Вы записаны' });
		await n8n.chat(chat, 'cheat').send('а можно на другой день?');
		expect(rows.count("select count(*) as n from crm_appointment where tenant = 'demo'")).toBe(before);
	});
});
