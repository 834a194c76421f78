import { chosenCredentials, executionData, loadPackage, PACKAGE, type TestWorkflow } from './harness';
import { HookContext, PollContext, WebhookContext } from 'n8n-core';
import { NodeHelpers, Workflow, type IDataObject, type INode, type INodeParameters, type INodeType, type IWebhookData, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** A request as it reaches n8n. */
export interface Request {
	readonly query?: IDataObject;
	readonly body?: unknown;
	readonly headers?: Record<string, string>;
	readonly raw?: Buffer;
	/** Delivered to the address of a test run in the editor. */
	readonly isTest?: boolean;
}

/** What became of a delivery. */
export interface Received {
	readonly status: number | null;
	/** Null when no run was started. */
	readonly items: readonly IDataObject[] | null;
}

/** A trigger node of a published workflow, in n8n's own contexts. */
export interface TriggerBench {
	/** As n8n does when the workflow is published: asks whether the webhook is there, and has it made. */
	publish(): Promise<void>;
	/** As n8n does when it is taken down. */
	unpublish(): Promise<void>;
	deliver(request: Request): Promise<Received>;
	/** One tick; null when it starts no run. */
	poll(): Promise<readonly IDataObject[] | null>;
	/** Where polling stands, as n8n keeps it. */
	cursor(): unknown;
}

export interface TriggerSetup {
	readonly node: string;
	readonly parameters: INodeParameters;
	readonly credentials: NonNullable<TestWorkflow['credentials']>;
	readonly workflowId?: string;
}

/** Sets one up. */
export async function triggerBench({ node: name, parameters, credentials, workflowId = 'published' }: TriggerSetup): Promise<TriggerBench> {
	const loader = await loadPackage();
	const type: INodeType = NodeHelpers.getVersionedNodeType(loader.getNode(name).type);
	const node: INode = { id: 'trigger-node', name, type: `${PACKAGE}.${name}`, typeVersion: 1, position: [0, 0], parameters, credentials: chosenCredentials(credentials), webhookId: 'b1946ac9-2492-4d23-8b2c-0d8a3a4d5e6f' };
	const workflow = new Workflow({
		id: workflowId, nodes: [node], connections: {}, active: true, settings: { executionOrder: 'v1' },
		nodeTypes: { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) },
	});
	const data = executionData({ nodes: [{ name, type: name }], credentials }, [node]);
	const [description] = type.description.webhooks ?? [];
	const webhookData = { httpMethod: 'POST', node: name, path: 'hook', webhookDescription: description, workflowId, workflowExecuteAdditionalData: data } as IWebhookData;
	const hook = (): HookContext => new HookContext(workflow, node, data, 'trigger', 'activate', webhookData);
	const methods = type.webhookMethods?.default;
	return {
		async publish() {
			if (!(await methods?.checkExists?.call(hook()))) await methods?.create?.call(hook());
		},
		async unpublish() {
			await methods?.delete?.call(hook());
		},
		async deliver({ query = {}, body = {}, headers = {}, raw, isTest = false }) {
			let status: number | null = null;
			const response = { status: (code: number) => ((status = code), response), json: () => response };
			const arrived = { ...data, httpRequest: { query, body, headers, rawBody: raw ?? Buffer.from(JSON.stringify(body)) }, httpResponse: response } as unknown as IWorkflowExecuteAdditionalData;
			const received = await type.webhook?.call(new WebhookContext(workflow, node, arrived, isTest ? 'manual' : 'webhook', webhookData, [], null));
			return { status, items: received?.workflowData?.[0]?.map(({ json }) => json) ?? null };
		},
		async poll() {
			const output = await type.poll?.call(new PollContext(workflow, node, data, 'trigger', 'activate'));
			return output?.[0]?.map(({ json }) => json) ?? null;
		},
		cursor: () => workflow.getStaticData('node', node).since,
	};
}
