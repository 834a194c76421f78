/** The same webhook workflow twice: with Booking Agent, and with n8n's AI Agent, its memory and the same CRM as tools. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishWebhook } from '../../e2e/support/client';
import type { N8n } from '../../e2e/support/n8n';

const WORKFLOW = join(__dirname, '..', '..', 'e2e', 'workflows', 'model-assistant.json');

interface Node {
	name: string;
	type: string;
	typeVersion: number;
	webhookId?: string;
	parameters: Record<string, unknown>;
	credentials?: { openAiApi: { id: string; name: string } };
	position: number[];
	id: string;
}

interface Workflow {
	name: string;
	nodes: Node[];
	connections: Record<string, unknown>;
}

/** Both sides by the name that is also their path, their salon and their model. */
export const SIDES = ['ours', 'theirs'] as const;
export type Side = (typeof SIDES)[number];

const FROM_CHANNEL = (field: string): string => `={{ $('Channel vouches for the phone').first().json.${field} }}`;

/** What a careful operator writes; today's date stands at the end, so that a provider can keep what is before it. */
const SYSTEM_MESSAGE = `=You are the administrator of the beauty salon «Лаванда» and answer clients in a chat. Be warm, short and to the point; answer in the client's language; say hello only once. The address is: Москва, ул. Садовая, 12. We work daily from 10:00 to 21:00.

Rules:
1. Use the tools for everything about services, prices, staff, free times and visits. Never name a service, price, person or time that is not in a tool's answer.
2. To book: find the service with get_services, ask for the day if it is not known, look up free times with get_available_slots for that day only, and offer three of them as a numbered list.
3. When the client has chosen, call create_appointment with the slotId and the client's name, and show the client its summary word for word. Nothing is booked yet.
4. When the client answers the summary with a yes, call confirm_action with the pendingId. Only when it returns ok tell the client that it is done.
5. To move a visit: get_client_appointments, then get_available_slots with its appointmentId, then reschedule_appointment, then as above. To cancel: get_client_appointments, cancel_appointment, then as above.
6. If a tool refuses, read its reason and do what it says. Never claim that something is booked, moved or cancelled without the tool's ok.
7. Do not give medical advice, do not discuss other clients, do not talk about anything but the salon.

The client's name is {{ $('Channel vouches for the phone').first().json.name }}. Today is {{ $now.setZone('Europe/Moscow').toFormat('cccc, yyyy-MM-dd') }}.`;

/** Publishes both sides in one n8n; returns the addresses of their webhooks. */
export async function publishSides(n8n: N8n, credentialId: string): Promise<Readonly<Record<Side, string>>> {
	const template = JSON.parse(await readFile(WORKFLOW, 'utf8')) as Workflow;
	const folder = await mkdtemp(join(tmpdir(), 'ai-admin-sides-'));
	try {
		const ours = await publish(n8n, folder, common(template, 'ours', credentialId));
		const theirs = await publish(n8n, folder, withAiAgent(common(template, 'theirs', credentialId)));
		return { ours, theirs };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function publish(n8n: N8n, folder: string, workflow: Workflow): Promise<string> {
	const file = join(folder, `${workflow.name}.json`);
	await writeFile(file, JSON.stringify(workflow));
	return publishWebhook(n8n, file);
}

function common(template: Workflow, side: Side, credentialId: string): Workflow {
	const { ['Second Model']: _second, ...connections } = template.connections;
	const changes: Readonly<Record<string, Record<string, unknown>>> = {
		Message: { path: side },
		'Channel vouches for the phone': {
			jsonOutput: '={{ { chatId: $json.body.chatId, messageId: $json.body.messageId, text: $json.body.text, phone: $json.body.phone, phoneVerified: true, name: $json.body.name } }}',
		},
		'Booking CRM': { salonId: side },
		'Chat Model': { model: { __rl: true, mode: 'id', value: side } },
		Answer: { responseBody: '={{ { text: $json.output } }}' },
	};
	const nodes = template.nodes
		.filter(({ name }) => name !== 'Second Model')
		.map((node) => ({
			...node,
			parameters: { ...node.parameters, ...changes[node.name] },
			...(node.webhookId === undefined ? {} : { webhookId: `${node.webhookId.slice(0, -1)}${SIDES.indexOf(side) + 1}` }),
			...(node.credentials === undefined ? {} : { credentials: { openAiApi: { id: credentialId, name: 'scripted' } } }),
		}));
	return { ...template, name: side, nodes, connections };
}

function withAiAgent(workflow: Workflow): Workflow {
	const nodes = workflow.nodes.flatMap((node): Node[] => {
		if (node.name === 'Booking CRM') {
			return [{ ...node, parameters: { ...node.parameters, chatId: FROM_CHANNEL('chatId'), clientMessage: FROM_CHANNEL('text'), clientPhone: FROM_CHANNEL('phone') } }];
		}
		if (node.name !== 'Booking Agent') return [node];
		const agent = { type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3.1, parameters: { promptType: 'define', text: '={{ $json.text }}', options: { systemMessage: SYSTEM_MESSAGE } } };
		const memory = { id: '8e9b0c1d-2a3f-4b4c-9d5e-6f7a8b9c0d2f', name: 'Memory', type: '@n8n/n8n-nodes-langchain.memoryBufferWindow', typeVersion: 1.3, parameters: { sessionIdType: 'customKey', sessionKey: FROM_CHANNEL('chatId') } };
		return [{ ...node, ...agent }, { ...node, ...memory }];
	});
	return { ...workflow, nodes, connections: { ...workflow.connections, Memory: { ai_memory: [[{ node: 'Booking Agent', type: 'ai_memory', index: 0 }]] } } };
}
