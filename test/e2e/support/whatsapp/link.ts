import type { StoredWorkflow } from '../../../../demo/lib/rest-client.mjs';
import type { N8n } from '../n8n';
import { runTemplate } from '../template';

/** Runs the template by hand and takes the link out of its execution, as an operator does. */
export async function pairingLink(n8n: N8n, workflow: StoredWorkflow): Promise<string> {
	const { error, items } = await runTemplate(n8n, workflow, 'Make a link');
	const url = items('Create pairing link')[0]?.url;
	if (typeof url !== 'string') throw new Error(`no link was made: ${error}`);
	return url;
}
