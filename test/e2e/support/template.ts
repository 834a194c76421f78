/** Brings a shipped template into a running n8n the way an operator does: credentials chosen, Settings filled in, published. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredWorkflow } from '../../../demo/lib/rest-client.mjs';
import type { N8n } from './n8n';

const TEMPLATES = join(__dirname, '..', '..', '..', 'workflows');
const PATIENCE_MS = 60_000;
const FINISHED = ['success', 'error', 'crashed', 'canceled'];

interface TemplateNode {
	readonly name: string;
	credentials?: Record<string, { id: string; name: string }>;
	disabled?: boolean;
	parameters: { assignments?: { assignments: { name: string; value: unknown }[] } };
}

export interface Choices {
	/** Data of credentials by type. */
	readonly credentials?: Readonly<Record<string, object>>;
	/** Values for fields of the Settings node. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Nodes the template ships switched off. */
	readonly activate?: readonly string[];
	/** A second copy of a template needs a name of its own. */
	readonly name?: string;
}

/** The template as it lies in the package. */
export async function readTemplate(file: string): Promise<{ name: string; nodes: TemplateNode[]; settings: Record<string, unknown> }> {
	return JSON.parse(await readFile(join(TEMPLATES, file), 'utf8')) as { name: string; nodes: TemplateNode[]; settings: Record<string, unknown> };
}

/** Imports without publishing. Executions are saved, so that a test can tell when one has ended. */
export async function importTemplate(n8n: N8n, file: string, { credentials = {}, settings = {}, activate = [], name }: Choices = {}): Promise<StoredWorkflow> {
	const template = await readTemplate(file);
	const ids = new Map<string, string>();
	for (const [type, data] of Object.entries(credentials)) ids.set(type, (await n8n.rest.createCredential({ name: `${file} ${type}`, type, data })).id);
	for (const node of template.nodes) {
		for (const [type, reference] of Object.entries(node.credentials ?? {})) reference.id = ids.get(type) ?? reference.id;
		if (activate.includes(node.name)) node.disabled = false;
		if (node.name !== 'Settings') continue;
		for (const field of node.parameters.assignments?.assignments ?? []) field.value = settings[field.name] ?? field.value;
	}
	return n8n.rest.importWorkflow({ ...template, name: name ?? template.name, settings: { ...template.settings, saveDataSuccessExecution: 'all' } });
}

/** Imports and publishes. */
export async function publishTemplate(n8n: N8n, file: string, choices?: Choices): Promise<StoredWorkflow> {
	return n8n.rest.publish(await importTemplate(n8n, file, choices));
}

/** Counts the ended executions of a workflow. */
export function endings(n8n: N8n, workflowId: string): { /** Waits until so many have ended in all; gives the state of the newest. */ reach(count: number): Promise<string> } {
	const ended = new Set<string>();
	return {
		async reach(count) {
			for (const deadline = Date.now() + PATIENCE_MS; ; ) {
				// n8n lists at most a hundred, the newest first
				const list = (await n8n.rest.executions({ workflowId, limit: 100 })).filter(({ status }) => FINISHED.includes(status));
				for (const { id } of list) ended.add(id);
				if (ended.size >= count) return list[0]?.status ?? 'none';
				if (Date.now() > deadline) throw new Error(`${ended.size} of ${count} executions ended in time. n8n printed: ${n8n.output().slice(-2000)}`);
				await new Promise((resolve) => setTimeout(resolve, 50));
			}
		},
	};
}
