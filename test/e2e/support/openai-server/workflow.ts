/** The assistant with chat models in a real n8n, each variant under an address of its own. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishWebhook } from '../client';
import type { N8n } from '../n8n';

const WORKFLOW = join(__dirname, '..', '..', 'workflows', 'model-assistant.json');

export interface Variant {
	/** Last part of the address. */
	readonly path: string;
	/** Name of the model at the Chat Model input, as the server sees it. */
	readonly main: string;
	/** Name of the model at the Fallback Model input; none is connected when absent. */
	readonly fallback?: string;
	readonly options?: Readonly<Record<string, unknown>>;
}

interface Workflow {
	name: string;
	nodes: { name: string; id: string; webhookId?: string; parameters: Record<string, unknown>; credentials?: { openAiApi: { id: string } } }[];
	connections: Record<string, unknown>;
}

/** A credential of n8n's own OpenAI type that points at the server. */
export async function openAiCredential(n8n: N8n, url: string): Promise<string> {
	return (await n8n.rest.createCredential({ name: 'scripted', type: 'openAiApi', data: { apiKey: 'none', url } })).id;
}

/** Publishes a variant; returns the address of its webhook. */
export async function publishVariant(n8n: N8n, credentialId: string, { path, main, fallback, options = {} }: Variant): Promise<string> {
	const workflow = JSON.parse(await readFile(WORKFLOW, 'utf8')) as Workflow;
	const dropped = fallback === undefined ? ['Second Model'] : [];
	const changes: Readonly<Record<string, Record<string, unknown>>> = {
		Message: { path },
		'Booking Agent': { options },
		'Chat Model': { model: { __rl: true, mode: 'id', value: main } },
		'Second Model': { model: { __rl: true, mode: 'id', value: fallback ?? '' } },
	};
	workflow.name = path;
	workflow.nodes = workflow.nodes.filter(({ name }) => !dropped.includes(name));
	for (const name of dropped) delete workflow.connections[name];
	for (const node of workflow.nodes) {
		node.parameters = { ...node.parameters, ...changes[node.name] };
		if (node.credentials !== undefined) node.credentials.openAiApi.id = credentialId;
		if (node.webhookId !== undefined) node.webhookId = webhookId(path);
	}
	const folder = await mkdtemp(join(tmpdir(), 'ai-admin-variant-'));
	try {
		const file = join(folder, `${path}.json`);
		await writeFile(file, JSON.stringify(workflow));
		return await publishWebhook(n8n, file);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** n8n wants a UUID, and one of its own for each webhook. */
function webhookId(path: string): string {
	const digits = [...path].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 40, 7);
	return `8d3c9b65-4a1f-4e1b-8b8f-${digits.toString(16).padStart(12, '0')}`;
}
