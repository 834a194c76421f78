import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureWorkflow } from '../../demo/lib/workflow-install.mjs';
import { startN8n, type N8n } from './support/n8n';

const ROOT = join(__dirname, '..', '..');
const DEMO = join(ROOT, 'workflows', '01-demo-assistant.json');

describe('the packed package in a real n8n', () => {
	let n8n: N8n;

	beforeAll(async () => {
		n8n = await startN8n();
	});

	afterAll(async () => {
		await n8n?.stop();
	});

	it('loads every node of package.json under its real name', async () => {
		const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
		const loaded = new Set((await n8n.rest.nodeTypes()).map(({ name }) => name));
		const expected = manifest.n8n.nodes.map((file) => {
			const className = file.split('/').at(-1)?.split('.')[0] ?? '';
			return `n8n-nodes-ai-admin.${className.charAt(0).toLowerCase()}${className.slice(1)}`;
		});
		expect(expected.filter((name) => !loaded.has(name))).toEqual([]);
		expect([...loaded].filter((name) => name.startsWith('CUSTOM.'))).toEqual([]);
	});

	it('imports and publishes the demo workflow once, and answers in its chat before and after a crash', async () => {
		const first = await ensureWorkflow(n8n.rest, DEMO, undefined);
		const again = await ensureWorkflow(n8n.rest, DEMO, first);
		expect(again.id).toBe(first.id);
		const webhookId = first.webhookId ?? '';
		await n8n.chatReady(webhookId);
		expect((await n8n.chat(webhookId, 'smoke').send('Здравствуйте')).text).not.toBe('');

		await n8n.kill('SIGKILL');
		await n8n.restart();
		await n8n.chatReady(webhookId);
		expect((await n8n.chat(webhookId, 'smoke').send('Здравствуйте')).text).not.toBe('');
	});
});
