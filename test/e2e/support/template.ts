/** Brings a shipped template into a running n8n the way an operator does: credentials chosen, Settings filled in, published. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredWorkflow } from '../../../demo/lib/rest-client.mjs';
import type { N8n } from './n8n';

const TEMPLATES = join(__dirname, '..', '..', '..', 'workflows');
const PATIENCE_MS = 60_000;
const STORE = 'aiAdminStoreApi';
const KEEPING = ['bookingCrm', 'clientOutreach', 'clientProfile', 'collectMessages', 'conversation', 'crmChangesTrigger', 'crmSync', 'storeQuery', 'whatsappPairingPage', 'whatsappSession', 'whatsappSessionTrigger'].map((type) => `n8n-nodes-ai-admin.${type}`);
const FINISHED = ['success', 'error', 'crashed', 'canceled'];

interface TemplateNode {
	readonly name: string;
	readonly type: string;
	credentials?: Record<string, { id: string; name: string }>;
	disabled?: boolean;
	parameters: { assignments?: { assignments: { name: string; value: unknown }[] } } & Record<string, unknown>;
}

export interface Choices {
	/** Data of credentials by type. */
	readonly credentials?: Readonly<Record<string, object>>;
	/** Values for fields of the Settings node. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** Nodes the template ships switched off. */
	readonly activate?: readonly string[];
	/** Data of the store's credential, for every node that keeps something. */
	readonly store?: object;
	/** What the operator chooses in a node's own panel: parameters, and credentials the node ships without. */
	readonly panels?: Readonly<Record<string, { readonly parameters?: object; readonly credentials?: Readonly<Record<string, object>> }>>;
	/** Settings of the workflow. */
	readonly workflow?: object;
	/** A second copy of a template needs a name of its own. */
	readonly name?: string;
}

/** The template as it lies in the package. */
export async function readTemplate(file: string): Promise<{ name: string; nodes: TemplateNode[]; settings: Record<string, unknown> }> {
	return JSON.parse(await readFile(join(TEMPLATES, file), 'utf8')) as { name: string; nodes: TemplateNode[]; settings: Record<string, unknown> };
}

/** Imports without publishing. Executions are saved, so that a test can tell when one has ended. */
export async function importTemplate(n8n: N8n, file: string, { credentials = {}, settings = {}, activate = [], panels = {}, workflow = {}, store, name }: Choices = {}): Promise<StoredWorkflow> {
	const template = await readTemplate(file);
	const ids = new Map<string, string>();
	for (const [type, data] of Object.entries(credentials)) ids.set(type, (await n8n.rest.createCredential({ name: `${file} ${type}`, type, data })).id);
	const stored = store === undefined ? null : await n8n.rest.createCredential({ name: `${file} store`, type: STORE, data: store });
	const unknown = Object.keys(panels).filter((title) => !template.nodes.some((node) => node.name === title));
	if (unknown.length > 0) throw new Error(`${file} has no node "${unknown.join('", "')}"`);
	for (const node of template.nodes) {
		const panel = panels[node.name];
		Object.assign(node.parameters, panel?.parameters);
		for (const [type, data] of Object.entries(panel?.credentials ?? {})) node.credentials = { ...node.credentials, [type]: await n8n.rest.createCredential({ name: `${node.name} ${type}`, type, data }) };
		if (stored !== null && KEEPING.includes(node.type)) node.credentials = { ...node.credentials, [STORE]: stored };
		for (const [type, reference] of Object.entries(node.credentials ?? {})) reference.id = ids.get(type) ?? reference.id;
		if (activate.includes(node.name)) node.disabled = false;
		if (node.name !== 'Settings') continue;
		for (const field of node.parameters.assignments?.assignments ?? []) field.value = settings[field.name] ?? field.value;
	}
	return n8n.rest.importWorkflow({ ...template, name: name ?? template.name, settings: { ...template.settings, saveDataSuccessExecution: 'all', ...workflow } });
}

/** Imports and publishes. */
export async function publishTemplate(n8n: N8n, file: string, choices?: Choices): Promise<StoredWorkflow> {
	return n8n.rest.publish(await importTemplate(n8n, file, choices));
}

interface RunData {
	readonly resultData: { readonly runData: Readonly<Record<string, readonly { readonly data?: { readonly main: readonly (readonly { readonly json: Record<string, unknown> }[] | null)[] } }[]>>; readonly error?: { readonly message: string; readonly description?: string | null } };
}

/** An execution that has ended, and what its nodes put out. */
export interface Ended {
	readonly id: string;
	readonly status: string;
	readonly error: string | null;
	/** What the error says to do. */
	readonly details: string;
	/** Items of a node's last run; none where it did not run. */
	items(node: string, output?: number): readonly Record<string, unknown>[];
}

/** Runs a workflow from one of its triggers and waits for its end. */
export async function runTemplate(n8n: N8n, workflow: StoredWorkflow, trigger: string): Promise<Ended> {
	const { executionId } = (await n8n.rest.run(workflow, trigger)) as { executionId: string };
	return endOf(n8n, executionId);
}

/** Waits for the end of an execution. */
export async function endOf(n8n: N8n, id: string): Promise<Ended> {
	for (const deadline = Date.now() + PATIENCE_MS; ; ) {
		const { status, data } = await n8n.rest.execution(id);
		if (FINISHED.includes(status)) {
			const { runData, error } = (data as RunData).resultData;
			return { id, status, error: error?.message ?? null, details: error?.description ?? '', items: (node, output = 0) => (runData[node]?.at(-1)?.data?.main[output] ?? []).map(({ json }) => json) };
		}
		if (Date.now() > deadline) throw new Error(`The execution ${id} is ${status} still. n8n printed: ${n8n.output().slice(-2000)}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
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
