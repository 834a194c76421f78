/** A client who writes to the webhook workflow, as a channel that vouches for the phone would pass it on. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ensureWorkflow } from '../../../demo/lib/workflow-install.mjs';
import type { N8n } from './n8n';

const WORKFLOWS = join(__dirname, '..', 'workflows');

export interface Answer {
	readonly text: string;
	readonly kind: string;
	readonly turn: number | null;
}

interface WebhookWorkflow {
	readonly nodes: { readonly type: string; readonly parameters: { path?: string } }[];
}

/** Imports and publishes a workflow, by its name in test/e2e/workflows or a whole path; returns the address of its webhook. */
export async function publishWebhook(n8n: N8n, file: string): Promise<string> {
	const path = isAbsolute(file) ? file : join(WORKFLOWS, file);
	await ensureWorkflow(n8n.rest, path, undefined);
	const { nodes } = JSON.parse(await readFile(path, 'utf8')) as WebhookWorkflow;
	const address = `${n8n.url}/webhook/${webhookOf(nodes).path ?? ''}`;
	await reachable(address);
	return address;
}

/**
 * The same under a path that no other n8n has: while this one is down another may take its port, and must not be the one
 * who answers its clients.
 */
export async function publishUnique(n8n: N8n, file: string): Promise<string> {
	const workflow = JSON.parse(await readFile(join(WORKFLOWS, file), 'utf8')) as WebhookWorkflow;
	webhookOf(workflow.nodes).path = `assistant-${randomUUID()}`;
	const folder = await mkdtemp(join(tmpdir(), 'ai-admin-workflow-'));
	try {
		await writeFile(join(folder, file), JSON.stringify(workflow));
		return await publishWebhook(n8n, join(folder, file));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function webhookOf(nodes: WebhookWorkflow['nodes']): { path?: string } {
	const webhook = nodes.find((node) => node.type === 'n8n-nodes-base.webhook');
	if (webhook === undefined) throw new Error('The workflow has no webhook');
	return webhook.parameters;
}

/** Waits until a webhook just published is served; it is asked with a greeting. */
export async function reachable(address: string): Promise<void> {
	for (let attempt = 0; attempt < 100; attempt++) {
		const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ chatId: 'probe', text: 'привет' }) });
		await response.text();
		if (response.status !== 404) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`The webhook ${address} did not appear`);
}

/** Sends one message; the same `messageId` is the same message. */
export async function send(address: string, message: { chatId: string; messageId: string; text?: string; phone?: string }): Promise<Answer> {
	const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) });
	const body = await response.text();
	if (!response.ok) throw new Error(`The webhook answered ${response.status}: ${body.slice(0, 300)}`);
	return JSON.parse(body) as Answer;
}

/** One chat with its own phone and running message ids. */
export function client(address: string, chatId: string, phone?: string): { say(text: string, messageId?: string): Promise<Answer>; sent: number } {
	let number = 0;
	return {
		get sent() {
			return number;
		},
		say: (text, messageId) => send(address, { chatId, messageId: messageId ?? `m${++number}`, text, ...(phone === undefined ? {} : { phone }) }),
	};
}

/** Answers what the assistant asks until a visit stands or `most` messages are sent. */
export async function talkUntilBooked(say: (text: string) => Promise<{ text: string }>, first: string, facts: { service: string; contact: string }, most = 8): Promise<{ messages: number; texts: string[] }> {
	const texts: string[] = [];
	let next: string | null = first;
	while (next !== null && texts.length < most) {
		const { text } = await say(next);
		texts.push(text);
		next = replyTo(text, facts);
	}
	return { messages: texts.length, texts };
}

/** What a client answers; null when the visit stands. */
export function replyTo(text: string, facts: { service: string; contact: string }): string | null {
	if (/записаны|you are booked/i.test(text)) return null;
	if (/ответьте «да»|reply "yes"/i.test(text)) return 'да';
	if (/имя|зовут|name and phone/i.test(text)) return facts.contact;
	if (/услуг/i.test(text)) return facts.service;
	if (/^1\. /m.test(text)) return '1';
	return facts.service;
}
