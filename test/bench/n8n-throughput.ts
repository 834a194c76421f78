import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import prepare from '../e2e/support/global-setup.mjs';
import { publishWebhook, send } from '../e2e/support/client';
import { startN8n, type N8n } from '../e2e/support/n8n';
import { startScriptedModel } from '../e2e/support/scripted-model';
import { percentiles, type Figure } from './machine';

const IN_FLIGHT = 10;
const WARM_UP = 60;
const REQUESTS = 400;
const ROUNDS = 3;
const WORKFLOWS = join(__dirname, '..', 'e2e', 'workflows');
/** One client's whole dialogue: questions, a booking with its choice and yes, thanks. Days differ, so the salon does not fill up. */
const linesOf = (chat: number): readonly string[] => [
	'Здравствуйте',
	'сколько стоит педикюр?',
	`хочу на маникюр через ${2 + (chat % 40)} дней`,
	'1',
	'Анна',
	'да',
	'где вы находитесь?',
	'спасибо',
];

interface Run {
	readonly perSecond: number;
	readonly times: readonly number[];
}

interface Workflow {
	name: string;
	nodes: { name: string; type: string; typeVersion: number; webhookId?: string; parameters: Record<string, unknown>; credentials?: unknown; position: number[]; id: string }[];
	connections: Record<string, unknown>;
}

/**
 * Throughput of one n8n at ten requests in flight: the webhook workflow with Booking Agent, the same workflow with a
 * no-op in the agent's place, and the same with n8n's AI Agent, a memory, Booking CRM as its
 * one tool, called once a message, and a model without latency. Rounds of the
 * three alternate, so that a busy machine slows all alike; the figures are ratios of one run.
 */
export async function benchN8n(rounds = ROUNDS): Promise<readonly Figure[]> {
	await prepare();
	const n8n = await startN8n();
	// n8n's agent looks one thing up with its tool and answers; Booking Agent reads, offers, books and cancels meanwhile.
	const model = await startScriptedModel((messages) => (messages.at(-1)?.role === 'tool' ? { say: 'ok' } : { tool: 'get_services', args: {} }));
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-bench-'));
	try {
		const agent = await publishWebhook(n8n, 'webhook-assistant.json');
		const noop = await publishVariant(n8n, folder, 'noop', withNoOp);
		const credential = await n8n.rest.createCredential({ name: 'scripted', type: 'openAiApi', data: { apiKey: 'none', url: model.url } });
		const aiAgent = await publishVariant(n8n, folder, 'ai-agent', (workflow) => withAiAgent(workflow, credential.id));
		const runs = { agent: [] as Run[], noop: [] as Run[], aiAgent: [] as Run[] };
		await load(agent, 'warm', WARM_UP);
		await load(noop, 'warm', WARM_UP);
		await load(aiAgent, 'warm', WARM_UP);
		for (let round = 0; round < rounds; round++) {
			runs.noop.push(await load(noop, `n${round}`, REQUESTS));
			runs.agent.push(await load(agent, `a${round}`, REQUESTS));
			runs.aiAgent.push(await load(aiAgent, `i${round}`, REQUESTS));
		}
		return figures(runs, rounds);
	} finally {
		await model.close();
		await n8n.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

function figures(runs: { agent: Run[]; noop: Run[]; aiAgent: Run[] }, rounds: number): readonly Figure[] {
	const rate = (list: readonly Run[]): number => list.reduce((sum, run) => sum + run.perSecond, 0) / list.length;
	const [agent, noop, aiAgent] = [rate(runs.agent), rate(runs.noop), rate(runs.aiAgent)];
	const { p50, p95 } = percentiles(runs.agent.flatMap((run) => run.times));
	const method = `${rounds} alternating rounds of ${REQUESTS} requests, ${IN_FLIGHT} in flight, whole booking dialogues of 8 messages, one n8n on SQLite, executions not saved`;
	return [
		{ name: 'n8n with Booking Agent, request p50 / p95', value: `${p50.toFixed(0)} / ${p95.toFixed(0)} ms`, goal: '-', met: true, method },
		{ name: 'throughput: Booking Agent', value: `${agent.toFixed(1)}/s`, goal: '-', met: true, method },
		{ name: 'throughput: no-op in its place', value: `${noop.toFixed(1)}/s`, goal: '-', met: true, method },
		{ name: "throughput: n8n's AI Agent with memory, Booking CRM as its tool called once, model without latency", value: `${aiAgent.toFixed(1)}/s`, goal: '-', met: true, method },
		{ name: 'Booking Agent / no-op', value: (agent / noop).toFixed(2), goal: '>= 0.9', met: agent / noop >= 0.9, method },
		{ name: "Booking Agent / n8n's AI Agent", value: (agent / aiAgent).toFixed(2), goal: '>= 1.5', met: agent / aiAgent >= 1.5, method },
	];
}

/** Ten clients write one dialogue after another until `total` messages are answered. */
async function load(address: string, prefix: string, total: number): Promise<Run> {
	const times: number[] = [];
	let left = total;
	let chats = 0;
	const began = performance.now();
	const client = async (): Promise<void> => {
		while (left > 0) {
			const chat = chats++;
			const phone = `+79165${String(hash(prefix) % 100)}${String(chat).padStart(4, '0')}`.padEnd(12, '0');
			for (const [index, text] of linesOf(chat).entries()) {
				if (left-- <= 0) return;
				const started = performance.now();
				await send(address, { chatId: `${prefix}-${chat}`, messageId: `m${index}`, text, phone });
				times.push(performance.now() - started);
			}
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, client));
	return { perSecond: times.length / ((performance.now() - began) / 1000), times };
}

function hash(text: string): number {
	return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 97, 7);
}

async function publishVariant(n8n: N8n, folder: string, name: string, change: (workflow: Workflow) => Workflow): Promise<string> {
	const workflow = change(JSON.parse(readFileSync(join(WORKFLOWS, 'webhook-assistant.json'), 'utf8')) as Workflow);
	const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.webhook');
	if (trigger === undefined) throw new Error('The workflow has no webhook');
	trigger.parameters['path'] = name;
	trigger.webhookId = `${(trigger.webhookId ?? '').slice(0, 24)}${String(hash(name)).padStart(12, '0')}`;
	const file = join(folder, `${name}.json`);
	writeFileSync(file, JSON.stringify({ ...workflow, name }));
	return publishWebhook(n8n, file);
}

function withNoOp(workflow: Workflow): Workflow {
	const nodes = workflow.nodes
		.filter(({ type }) => !type.endsWith('.bookingCrm'))
		.map((node) => (node.type.endsWith('.bookingAgent') ? { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} } : node));
	const { ['Booking CRM']: _crm, ...connections } = workflow.connections;
	return { ...workflow, nodes, connections };
}

/** n8n's agent in the same place, doing the same job: a model, a memory of the chat, and Booking CRM as its one tool. */
function withAiAgent(workflow: Workflow, credentialId: string): Workflow {
	const own = (field: string): string => `={{ $('Channel vouches for the phone').first().json.${field} }}`;
	const nodes = workflow.nodes.flatMap((node) => {
		if (node.type.endsWith('.bookingCrm')) {
			return [{ ...node, parameters: { ...node.parameters, chatId: own('chatId'), clientMessage: own('text'), clientPhone: own('phone') } }];
		}
		if (!node.type.endsWith('.bookingAgent')) return [node];
		return [
			{ ...node, type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3.1, parameters: { promptType: 'define', text: '={{ $json.text }}', options: {} } },
			{
				...node,
				id: '9f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f',
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.2,
				parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				credentials: { openAiApi: { id: credentialId, name: 'scripted' } },
			},
			{
				...node,
				id: '8e9b0c1d-2a3f-4b4c-9d5e-6f7a8b9c0d1e',
				name: 'Memory',
				type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
				typeVersion: 1.3,
				parameters: { sessionIdType: 'customKey', sessionKey: own('chatId') },
			},
		];
	});
	const to = (type: string): unknown => ({ [type]: [[{ node: 'Booking Agent', type, index: 0 }]] });
	return { ...workflow, nodes, connections: { ...workflow.connections, Model: to('ai_languageModel'), Memory: to('ai_memory') } };
}
