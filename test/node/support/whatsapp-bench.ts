import { chosenCredentials, executionData, loadPackage, PACKAGE } from './harness';
import { TriggerContext, WebhookContext } from 'n8n-core';
import { NodeHelpers, Workflow, type IDataObject, type INode, type INodeExecutionData, type INodeParameters, type INodeType, type IRun, type ITriggerResponse, type IWebhookData, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { hostClients } from '../../whatsapp-server/support/host-process';
import { startWhatsAppServer, type WhatsAppServer } from '../../whatsapp-server';

/** What a workflow was started with, and how it ends. */
export interface Started {
	readonly items: readonly (readonly INodeExecutionData[])[];
	readonly key: string | undefined;
	/** Ends the execution. */
	end(): void;
	/** As n8n does with a key it knows: nothing is run. */
	skip(): void;
	fail(error: Error): void;
}

/** A published trigger. */
export interface Live {
	readonly started: Started[];
	readonly failures: Error[];
	readonly response: ITriggerResponse;
	close(): Promise<void>;
}

const RUN = { finished: true } as unknown as IRun;

/** A server and this process as its client, as n8n's main process is. */
export async function startServer(): Promise<{ readonly server: WhatsAppServer; stop(): Promise<void> }> {
	const undo = hostClients();
	const server = await startWhatsAppServer({ seed: 611 });
	server.trust();
	process.env.AI_ADMIN_WHATSAPP_TEST_URL = server.url;
	return {
		server,
		async stop() {
			delete process.env.AI_ADMIN_WHATSAPP_TEST_URL;
			await server.close();
			undo();
		},
	};
}

async function parts(name: string, parameters: INodeParameters, workflowId: string) {
	const loader = await loadPackage();
	const type: INodeType = NodeHelpers.getVersionedNodeType(loader.getNode(name).type);
	const node: INode = { id: `${name}-node`, name, type: `${PACKAGE}.${name}`, typeVersion: 1, position: [0, 0], parameters, credentials: chosenCredentials({}), webhookId: 'b1946ac9-2492-4d23-8b2c-0d8a3a4d5e60' };
	const workflow = new Workflow({ id: workflowId, nodes: [node], connections: {}, active: true, settings: { executionOrder: 'v1' }, nodeTypes: { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) } });
	return { type, node, workflow, data: executionData({ nodes: [{ name, type: name }] }, [node]) };
}

/** Publishes the trigger. Executions stay open until the test ends them, unless `endsAtOnce`. */
export async function publish(parameters: INodeParameters, { workflowId = 'published', endsAtOnce = true, mode = 'trigger' as 'trigger' | 'manual' } = {}): Promise<Live> {
	const { type, node, workflow, data } = await parts('whatsappSessionTrigger', parameters, workflowId);
	const started: Started[] = [];
	const failures: Error[] = [];
	const context = new TriggerContext(
		workflow, node, data, mode, mode === 'manual' ? 'manual' : 'activate',
		(items, _response, done, key) => {
			const one: Started = { items, key, end: () => done?.resolve(RUN), skip: () => done?.resolve(undefined as unknown as IRun), fail: (error) => done?.reject(error) };
			started.push(one);
			if (endsAtOnce) one.end();
		},
		undefined,
		(error) => void failures.push(error),
	);
	const response = await type.trigger?.call(context);
	if (response === undefined) throw new Error('the node is no trigger');
	return { started, failures, response, close: async () => void (await response.closeFunction?.()) };
}

export interface PageRequest {
	readonly method?: 'GET' | 'POST';
	readonly query?: IDataObject;
	readonly body?: IDataObject;
	readonly headers?: Record<string, string>;
	readonly ip?: string;
}
export interface PageAnswer {
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: string;
	readonly started: boolean;
}

/** Asks the pairing page of a salon. */
export async function askPage(salonId: string, { method = 'GET', query = {}, body = {}, headers = {}, ip = '127.0.0.1' }: PageRequest): Promise<PageAnswer> {
	const { type, node, workflow, data } = await parts('whatsappPairingPage', { salonId }, 'page');
	const sent = { status: 0, headers: {} as Record<string, string>, body: '' };
	const response = {
		status: (code: number) => ((sent.status = code), response),
		set: (values: Record<string, string>) => (Object.assign(sent.headers, values), response),
		send: (text: string) => ((sent.body = text), response),
		json: (value: object) => ((sent.body = JSON.stringify(value)), response),
		end: () => response,
	};
	const request = { method, query, body, headers, ip, originalUrl: '/webhook/whatsapp-pairing?x=1', url: '/webhook/whatsapp-pairing' };
	const arrived = { ...data, httpRequest: request, httpResponse: response } as unknown as IWorkflowExecuteAdditionalData;
	const [webhookDescription] = type.description.webhooks ?? [];
	const webhookData = { httpMethod: method, node: node.name, path: 'whatsapp-pairing', webhookDescription, workflowId: 'page', workflowExecuteAdditionalData: data } as IWebhookData;
	const received = await type.webhook?.call(new WebhookContext(workflow, node, arrived, 'webhook', webhookData, [], null));
	return { ...sent, started: received?.workflowData !== undefined };
}

/** Forgets what this process gave to workflows, as the end of a process does. */
export function forgetGiven(): void {
	delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for('n8n-nodes-ai-admin:whatsapp-dispatchers@1')];
}

/** Waits for something, looking often. */
export async function until<T>(find: () => T | undefined | null | false | Promise<T | undefined | null | false>, what: string, patienceMs = 20_000): Promise<T> {
	for (const deadline = Date.now() + patienceMs; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
		const found = await find();
		if (found !== undefined && found !== null && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
	}
}
