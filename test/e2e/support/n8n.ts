/** One real n8n for a test file: own data folder, own free ports, the package installed as n8n installs it. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatAddress, sendChatMessage, type ChatReply } from '../../../demo/lib/chat-client.mjs';
import { freePorts } from '../../../demo/lib/checks.mjs';
import { hashPassword, startInstance, waitForAnswer, type Instance } from '../../../demo/lib/instance.mjs';
import { placePackage } from '../../../demo/lib/package-install.mjs';
import { PACKAGE_NAME } from '../../../demo/lib/paths.mjs';
import { signIn, type RestClient } from '../../../demo/lib/rest-client.mjs';
import { keepAudit, traceFolder } from './traces.mjs';

export interface StartOptions {
	/** A free one is chosen when absent. */
	port?: number;
	/** Kept after stop() when given; a temporary one is removed. */
	userFolder?: string;
	env?: Record<string, string>;
	/** Dependencies of the package that this installation lacks. */
	without?: readonly string[];
}

export interface N8n {
	readonly url: string;
	readonly userFolder: string;
	/** Signed in as the owner. */
	readonly rest: RestClient;
	/** Sends one client message to a published Chat Trigger. */
	chat(webhookId: string, sessionId: string): { send(text: string): Promise<ChatReply> };
	/** Waits until the chat of a workflow just published can be written to. */
	chatReady(webhookId: string): Promise<void>;
	/** The end of what n8n printed. */
	output(): string;
	/** Ends n8n at once, as a crash would; restart() brings it back with the same data. */
	kill(signal: NodeJS.Signals): Promise<void>;
	/** Same folder, same port; stops n8n first when it still runs. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

export interface Prepared {
	node: string;
	host: string;
	packageFolder: string;
}

/** n8n asks for 8 characters with a digit and a capital letter. */
export const OWNER = { email: 'owner@e2e.example', password: 'End-to-end-1' };

export function prepared(): Prepared {
	const text = process.env['AI_ADMIN_E2E_PREPARED'];
	if (text === undefined) throw new Error('Run the end-to-end tests with "npm run test:e2e": its global setup prepares n8n.');
	return JSON.parse(text) as Prepared;
}

/**
 * @param options all optional
 * @returns a running n8n that answers
 * @throws SetupError with the end of n8n's log when it did not become ready
 */
export async function startN8n(options: StartOptions = {}): Promise<N8n> {
	const { node, host, packageFolder } = prepared();
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'ai-admin-n8n-')));
	await placePackage(packageFolder, userFolder);
	for (const name of options.without ?? []) await rm(join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME, 'node_modules', name), { recursive: true });
	const owner = { ...OWNER, passwordHash: hashPassword(host, OWNER.password) };
	let port = options.port;
	const name = randomUUID();
	let launches = 0;

	const launch = async (): Promise<Instance> => {
		const [free, brokerPort] = await freePorts(2);
		port ??= free;
		const log = existsSync(traceFolder) ? join(traceFolder, `${name}-${++launches}.log`) : undefined;
		const started = await startInstance({ node, host, userFolder, port: Number(port), brokerPort: Number(brokerPort), owner, env: options.env, log });
		await started.ready();
		return started;
	};

	let instance = await launch();
	let rest = await signIn(instance.url, owner);
	return {
		get url() {
			return instance.url;
		},
		userFolder,
		get rest() {
			return rest;
		},
		chat: (webhookId, sessionId) => ({
			send: (text) => sendChatMessage(chatAddress(instance.url, webhookId), sessionId, text),
		}),
		chatReady: (webhookId) => waitForAnswer(chatAddress(instance.url, webhookId)),
		output: () => instance.output(),
		kill: (signal) => instance.kill(signal),
		async restart() {
			await instance.stop();
			instance = await launch();
			rest = await signIn(instance.url, owner);
		},
		async stop() {
			await instance.stop();
			await keepAudit(userFolder, name);
			if (options.userFolder === undefined) await rm(userFolder, { recursive: true, force: true });
		},
	};
}
