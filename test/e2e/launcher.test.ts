/** The launcher's decisions, without n8n: what it refuses, what it does once, and what a template may not carry. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReply } from '../../demo/lib/chat-client.mjs';
import { checkFreeDisk, checkNodeVersion, checkPortFree, checkRegistry, freePorts, parsePort } from '../../demo/lib/checks.mjs';
import { expectSuccess } from '../../demo/lib/command.mjs';
import { exclusively } from '../../demo/lib/exclusive.mjs';
import { hashOf } from '../../demo/lib/fingerprint.mjs';
import { instanceEnvironment } from '../../demo/lib/instance.mjs';
import { machineCacheFolder } from '../../demo/lib/paths.mjs';
import { validateTogether, validateWorkflow } from '../../scripts/workflow-validation.mjs';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'ai-admin-launcher-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('checks', () => {
	it.each(['18.20.0', '20.18.9', '19.9.0'])('refuses Node %s and says what to install', (version) => {
		expect(() => checkNodeVersion(version)).toThrow(/install Node\.js 20\.19 or newer/);
	});

	it.each(['20.19.0', '22.0.0', '24.1.0'])('accepts Node %s', (version) => {
		expect(() => checkNodeVersion(version)).not.toThrow();
	});

	it('refuses a disk with one byte too few, and takes one that is just enough', async () => {
		await expect(checkFreeDisk(folder, 1000, async () => 999)).rejects.toThrow(/free some space/);
		await expect(checkFreeDisk(folder, 1000, async () => 1000)).resolves.toBeUndefined();
	});

	it('takes any answer of the registry for a network, and silence for none', async () => {
		await expect(checkRegistry('http://registry.example', async () => ({ status: 503 }))).resolves.toBeUndefined();
		const silence = checkRegistry('http://registry.example', () => Promise.reject(new TypeError('fetch failed')));
		await expect(silence).rejects.toThrow(/check the network/);
	});

	it.each(['abc', '80', '70000', '5678.5'])('refuses PORT=%s', (text) => {
		expect(() => parsePort(text, 5678)).toThrow(/choose a number/);
	});

	it('names another port when the port is taken', async () => {
		const server = await new Promise<Server>((resolve) => {
			const opened = createServer().listen({ port: 0, host: '127.0.0.1' }, () => resolve(opened));
		});
		const address = server.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		await expect(checkPortFree(port)).rejects.toThrow(/PORT=\d+ npm start/);
		await new Promise((resolve) => server.close(resolve));
		await expect(checkPortFree(port)).resolves.toBeUndefined();
	});

	it('gives free ports that differ', async () => {
		const ports = await freePorts(5);
		expect(new Set(ports).size).toBe(5);
	});
});

describe('a failed command', () => {
	it.each([
		['npm error code ENOSPC', /disk is full/i],
		['npm error getaddrinfo EAI_AGAIN registry', /check the connection/],
		['gyp ERR! find Python', /C\+\+ compiler/],
	])('explains %s', (output, sentence) => {
		expect(() => expectSuccess('Installing', { code: 1, output })).toThrow(sentence);
	});
});

describe('the end of what a failed command printed', () => {
	it('is what a screen would show, not every frame of a spinner', () => {
		const output = `${'◐  Building\u001b[999D\u001b[J◓  Building.\u001b[999D\u001b[J'.repeat(300)}│\n■  a.ts(1,2): error TS2304\n`;
		expect(() => expectSuccess('Building', { code: 1, output })).toThrow(/below\.\n│\n■ {2}a\.ts\(1,2\): error TS2304$/);
	});
});

describe('exclusively', () => {
	it('lets one run at a time', async () => {
		let inside = 0;
		let most = 0;
		const work = async () => {
			inside += 1;
			most = Math.max(most, inside);
			await new Promise((resolve) => setImmediate(resolve));
			inside -= 1;
		};
		await Promise.all([1, 2, 3].map(() => exclusively(join(folder, 'lock'), work)));
		expect(most).toBe(1);
	});

	it('takes over the lock of a process that is gone, and frees its own after a failure', async () => {
		const lock = join(folder, 'lock');
		// above the largest process id of any system
		await writeFile(lock, '99999999');
		await expect(exclusively(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
		await expect(exclusively(lock, async () => 'done')).resolves.toBe('done');
	});
});

describe('fingerprints and folders', () => {
	it('change with a content and with a name', async () => {
		await writeFile(join(folder, 'a'), '1');
		const first = await hashOf(folder, ['a', 'absent']);
		await writeFile(join(folder, 'a'), '2');
		const second = await hashOf(folder, ['a', 'absent']);
		await writeFile(join(folder, 'absent'), '');
		expect(new Set([first, second, await hashOf(folder, ['a', 'absent'])]).size).toBe(3);
	});

	it('follow the habits of each system', () => {
		expect(machineCacheFolder({ XDG_CACHE_HOME: '/x' }, 'darwin', '/h')).toBe(join('/x', 'n8n-nodes-ai-admin'));
		expect(machineCacheFolder({}, 'darwin', '/h')).toBe(join('/h', 'Library', 'Caches', 'n8n-nodes-ai-admin'));
		expect(machineCacheFolder({}, 'linux', '/h')).toBe(join('/h', '.cache', 'n8n-nodes-ai-admin'));
	});
});

describe('the environment of n8n', () => {
	it('takes no settings of another n8n', () => {
		process.env['N8N_ENCRYPTION_KEY'] = 'of another n8n';
		process.env['DB_POSTGRESDB_HOST'] = 'elsewhere';
		try {
			const owner = { email: 'a@b.example', password: 'x', passwordHash: 'hash' };
			const env = instanceEnvironment({ node: '/n/node', host: '/h', userFolder: '/u', port: 1, brokerPort: 2, owner, env: { N8N_PORT: '3' } });
			expect(env).toMatchObject({ N8N_PORT: '3', N8N_USER_FOLDER: '/u', N8N_DIAGNOSTICS_ENABLED: 'false' });
			expect(env['N8N_ENCRYPTION_KEY']).toBeUndefined();
			expect(env['DB_POSTGRESDB_HOST']).toBeUndefined();
			expect(Object.values(env)).not.toContain('x');
		} finally {
			delete process.env['N8N_ENCRYPTION_KEY'];
			delete process.env['DB_POSTGRESDB_HOST'];
		}
	});
});

describe('the terminal chat', () => {
	it('reads a reply with buttons, a list of items, and a bare text', () => {
		expect(readReply('{"output":"Когда?","buttons":[{"id":"1","title":"15:00"},"16:00"]}')).toMatchObject({
			text: 'Когда?',
			buttons: [{ text: '15:00' }, { text: '16:00' }],
		});
		expect(readReply('[{"text":"Да"}]').text).toBe('Да');
		expect(readReply('plain').text).toBe('plain');
	});
});

describe('workflow templates', () => {
	const nodeTypes = new Set(['n8n-nodes-ai-admin.bookingAgent']);
	const valid = {
		name: 'Good',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.webhook', typeVersion: 2, position: [0, 0], webhookId: 'w1' },
			{ name: 'Agent', type: 'n8n-nodes-ai-admin.bookingAgent', typeVersion: 1, position: [220, 0], credentials: { storeApi: { id: '', name: 'Store' } } },
		],
		connections: { Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		pinData: {},
	};
	const [start, agent] = valid.nodes;

	it('passes one without mistakes, and the tool form of a node', () => {
		expect(validateWorkflow(valid, { nodeTypes })).toEqual([]);
		const tool = { ...valid, nodes: [start, { ...agent, type: 'n8n-nodes-ai-admin.bookingAgentTool' }] };
		expect(validateWorkflow(tool, { nodeTypes })).toEqual([]);
	});

	it.each([
		['no object', [], /not a JSON object/],
		['no nodes', { ...valid, nodes: [] }, /at least one node/],
		['an old execution order', { ...valid, settings: {} }, /executionOrder/],
		['a name twice', { ...valid, nodes: [start, agent, { ...agent }] }, /Two nodes are named "Agent"/],
		['a type the package lacks', { ...valid, nodes: [start, { ...agent, type: 'n8n-nodes-ai-admin.gone' }] }, /which the package does not have/],
		['a linked type', { ...valid, nodes: [start, { ...agent, type: 'CUSTOM.bookingAgent' }] }, /not linked/],
		['a credential id', { ...valid, nodes: [start, { ...agent, credentials: { storeApi: { id: '7', name: 'x' } } }] }, /id of a credential/],
		['a connection to nowhere', { ...valid, connections: { Start: { main: [[{ node: 'Gone', type: 'main', index: 0 }]] } } }, /ends at "Gone"/],
		['a connection from nowhere', { ...valid, connections: { Gone: { main: [[]] } } }, /starts at "Gone"/],
		['a workflow id', { ...valid, id: 'abc' }, /"id" belongs/],
		['an instance id', { ...valid, meta: { instanceId: 'x' } }, /instanceId/],
		['pinned people', { ...valid, pinData: { Start: [{ json: { phone: '1' } }] } }, /pinData/],
		['an active flag', { ...valid, active: true }, /"active"/],
		['a secret', { ...valid, nodes: [{ ...start, parameters: { key: `sk-${'a1'.repeat(12)}` } }, agent] }, /OpenAI-style key/],
	])('refuses one with %s', (_title, workflow, sentence) => {
		expect(validateWorkflow(workflow, { nodeTypes }).join('\n')).toMatch(sentence);
	});

	it('refuses two that share a webhook', () => {
		expect(validateTogether(new Map([['a.json', valid], ['b.json', valid]])).join()).toMatch(/a\.json.*w1|b\.json and a\.json/);
	});

	it('passes every template of the package that names only nodes of n8n and ours', async () => {
		const text = await readFile(join(__dirname, '..', '..', 'workflows', '01-demo-assistant.json'), 'utf8');
		const workflow = JSON.parse(text) as { nodes: { type: string }[] };
		const known = new Set(workflow.nodes.map(({ type }) => type));
		expect(validateWorkflow(workflow, { nodeTypes: known })).toEqual([]);
	});
});
