/** Brings workflow files into a running n8n and publishes them, without duplicates and without touching a person's edits. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';
const WEBHOOK = 'n8n-nodes-base.webhook';

/**
 * @param {import('./rest-client.mjs').RestClient} rest
 * @param {string} file path of the workflow file
 * @param {{ id: string, hash: string, versionId: string } | undefined} known what the last call for this file returned
 * @param {(text: string) => void} say told when a person's edited copy is kept
 * @returns {Promise<{ id: string, hash: string, versionId: string, webhookId: string | undefined, page: string | undefined }>} webhookId of its chat and path of its own page, when it has them
 */
export async function ensureWorkflow(rest, file, known, say = () => {}) {
	const text = await readFile(file, 'utf8');
	const hash = createHash('sha256').update(text).digest('hex');
	const template = JSON.parse(text);
	let stored = known && (await rest.workflow(known.id));
	let templateHash = hash;
	if (!known || !stored) {
		stored = await rest.importWorkflow(template);
	} else if (known.hash !== hash) {
		if (stored.versionId === known.versionId) {
			stored = await rest.updateWorkflow(stored.id, { ...template, versionId: stored.versionId });
		} else {
			templateHash = known.hash;
			say(`"${stored.name}" was edited in this n8n and is kept as it is; archive it in the editor to get the new ${basename(file)}.`);
		}
	}
	const published = stored.active && stored.activeVersionId === stored.versionId;
	if (!published) await rest.publish(stored);
	const versionId = known && templateHash === known.hash && stored.id === known.id ? known.versionId : stored.versionId;
	return { id: stored.id, hash: templateHash, versionId, webhookId: chatWebhookId(stored), page: pagePath(stored) };
}

/** @param {{ nodes: Record<string, unknown>[] }} workflow */
export function chatWebhookId(workflow) {
	const trigger = workflow.nodes.find((node) => node.type === CHAT_TRIGGER);
	return typeof trigger?.webhookId === 'string' ? trigger.webhookId : undefined;
}

/** @param {{ nodes: Record<string, any>[] }} workflow @returns {string | undefined} path of the page a workflow serves itself */
export function pagePath(workflow) {
	const page = workflow.nodes.find(({ type, parameters }) => type === WEBHOOK && parameters?.multipleMethods === true && parameters.httpMethod?.includes('GET'));
	return typeof page?.parameters.path === 'string' ? page.parameters.path : undefined;
}
