import { dropUserFolder } from './environment';
import { resolve } from 'node:path';
import { ExecutionLifecycleHooks, ExternalSecretsProxy, LoadOptionsContext, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IConnections,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

export const PACKAGE = 'n8n-nodes-ai-admin';
const ROOT = resolve(__dirname, '../../..');

/** Loads the package as n8n does, from its sources: what package.json calls dist/x.js is x.ts here. */
class SourceLoader extends PackageDirectoryLoader {
	protected override resolvePath(file: string): string {
		const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts').replace(/\.tson$/, '.json');
		return super.resolvePath(source);
	}
}

let loading: Promise<SourceLoader> | null = null;

/** A credential of the package by its type; undefined for those of n8n. */
export async function credentialType(name: string): Promise<ICredentialType | undefined> {
	const { known } = await loadPackage();
	return name in known.credentials ? (await loadPackage()).getCredential(name).type : undefined;
}

/** Signs a request as the credential itself does, having fetched what expires, as n8n does it. */
export async function signed(name: string, credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
	const type = await credentialType(name);
	return typeof type?.authenticate === 'function' ? type.authenticate(credentials, options) : options;
}

/** What a credential fetches for itself; undefined when it has nothing to fetch. */
export async function fetched(name: string, helpers: IHttpRequestHelper['helpers'], credentials: ICredentialDataDecryptedObject, isExpired: boolean): Promise<ICredentialDataDecryptedObject | undefined> {
	const type = await credentialType(name);
	const expiring = type?.properties.find(({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable === true)?.name;
	if (type?.preAuthentication === undefined || expiring === undefined || !(isExpired || credentials[expiring] === '')) return undefined;
	const output = await type.preAuthentication.call({ helpers }, credentials);
	return output[expiring] === undefined ? undefined : (Object.assign(credentials, output) as ICredentialDataDecryptedObject);
}

/** The package's nodes and credentials, loaded once a test file. */
export function loadPackage(): Promise<SourceLoader> {
	loading ??= (async () => {
		const loader = new SourceLoader(ROOT);
		await loader.loadAll();
		return loader;
	})();
	return loading;
}

/** A node of the package by its name without prefix. */
export async function nodeType(name: string): Promise<INodeType> {
	return NodeHelpers.getVersionedNodeType((await loadPackage()).getNode(name).type);
}

/** What a test runs: nodes named by the tests' own short form. */
export interface TestWorkflow {
	readonly nodes: readonly TestNode[];
	readonly connections?: IConnections;
	/** Node that gets the items; the first one when absent. */
	readonly start?: string;
	readonly items?: readonly IDataObject[];
	/** Node types that only the test has, by full type. */
	readonly types?: Readonly<Record<string, INodeType>>;
	readonly credentials?: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	readonly executionId?: string;
	/** `manual` when absent. */
	readonly mode?: WorkflowExecuteMode;
	readonly settings?: IWorkflowSettings;
	/** Cancels the execution when it settles, as the button of the editor does. */
	readonly cancelled?: Promise<unknown>;
}

export interface TestNode {
	readonly name: string;
	/** `builtinBooking`, or a full type with a dot. */
	readonly type: string;
	readonly parameters?: INode['parameters'];
	readonly onError?: INode['onError'];
	readonly credentials?: INode['credentials'];
}

/** Runs a workflow on n8n's own engine. */
export async function run(test: TestWorkflow): Promise<IRun> {
	const nodeTypes = await typesFor(test);
	const nodes = test.nodes.map((node, index) => fullNode(node, index));
	const workflow = new Workflow({ id: 'test', nodes, connections: test.connections ?? {}, active: false, nodeTypes, settings: { executionOrder: 'v1', ...test.settings } });
	const node = nodes.find(({ name }) => name === test.start) ?? nodes[0];
	if (node === undefined) throw new TypeError('A workflow needs a node');
	const items: INodeExecutionData[] = (test.items ?? [{}]).map((json) => ({ json }));
	const data = createRunExecutionData({ executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] } });
	const running = new WorkflowExecute(executionData(test, nodes), test.mode ?? 'manual', data).processRunExecutionData(workflow);
	void test.cancelled?.then(() => running.cancel());
	return running;
}

/** Items of an output of the last run of a node. */
export function output(result: IRun, node: string, index = 0): readonly INodeExecutionData[] {
	const runs = result.data.resultData.runData[node];
	return runs?.[runs.length - 1]?.data?.main?.[index] ?? [];
}

/** JSON of those items. */
export function json(result: IRun, node: string, index = 0): readonly IDataObject[] {
	return output(result, node, index).map((item) => item.json);
}

/** The error the workflow stopped with. Throws when it did not. */
export function failure(result: IRun): NonNullable<IRun['data']['resultData']['error']> {
	const { error } = result.data.resultData;
	if (error === undefined) throw new TypeError('The workflow ended without an error');
	return error;
}

/** The items of a run that must have succeeded. */
export function succeeded(result: IRun, node: string, index = 0): readonly IDataObject[] {
	const { error } = result.data.resultData;
	if (error !== undefined) throw new Error(`${error.message}: ${error.description ?? ''}`);
	return json(result, node, index);
}

function fullNode(node: TestNode, index: number): INode {
	return {
		id: `node-${index}`,
		name: node.name,
		type: node.type.includes('.') ? node.type : `${PACKAGE}.${node.type}`,
		typeVersion: 1,
		position: [index * 220, 0],
		parameters: node.parameters ?? {},
		...(node.onError === undefined ? {} : { onError: node.onError }),
		...(node.credentials === undefined ? {} : { credentials: node.credentials }),
	};
}

async function typesFor(test: TestWorkflow): Promise<INodeTypes> {
	const loader = await loadPackage();
	const get = (type: string): INodeType | IVersionedNodeType => test.types?.[type] ?? loader.getNode(type.slice(type.indexOf('.') + 1)).type;
	return {
		getByName: get,
		getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(get(type), version),
		getKnownTypes: () => ({}),
	};
}

class Credentials extends ICredentialsHelper {
	constructor(private readonly fixtures: NonNullable<TestWorkflow['credentials']>) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	authenticate(credentials: ICredentialDataDecryptedObject, type: string, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		return signed(type, credentials, options);
	}

	/** What was fetched is kept in the credential, as n8n does. */
	async preAuthentication({ helpers }: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject, type: string, _node: INode, isExpired: boolean): Promise<ICredentialDataDecryptedObject | undefined> {
		const output = await fetched(type, helpers, credentials, isExpired);
		const stored = this.fixtures[type];
		if (output !== undefined && stored !== undefined) Object.assign(stored, output);
		return output;
	}

	runPreAuthentication(): Promise<undefined> {
		return Promise.resolve(undefined);
	}

	getCredentials(): Promise<ICredentials> {
		return Promise.reject(new Error('Tests read decrypted credentials only'));
	}

	getDecrypted(_data: IWorkflowExecuteAdditionalData, _node: unknown, type: string): Promise<ICredentialDataDecryptedObject> {
		return Promise.resolve(this.fixtures[type] ?? {});
	}

	updateCredentials(): Promise<void> {
		return Promise.resolve();
	}

	updateCredentialsOauthTokenData(): Promise<void> {
		return Promise.resolve();
	}

	getCredentialsProperties(): INodeProperties[] {
		return [];
	}
}

let executions = 0;

/** What n8n gives every execution. */
export function executionData(test: TestWorkflow, nodes: INode[]): IWorkflowExecuteAdditionalData {
	const executionId = test.executionId ?? `run-${++executions}`;
	const workflow = { id: 'test', name: 'test', nodes, connections: test.connections ?? {}, active: false, activeVersionId: null, isArchived: false, createdAt: new Date(0), updatedAt: new Date(0) };
	// nothing listens there: what a simulator sends back is refused at once
	const base = 'http://127.0.0.1:9';
	return {
		executionId,
		externalSecretsProxy: new ExternalSecretsProxy(),
		hooks: new ExecutionLifecycleHooks('manual', executionId, workflow),
		credentialsHelper: new Credentials(test.credentials ?? {}),
		executeWorkflow: () => Promise.reject(new Error('Tests run one workflow')),
		getRunExecutionData: () => Promise.resolve(undefined),
		getRuntimeCredential: () => Promise.resolve(undefined),
		startRunnerTask: () => Promise.reject(new Error('Tests have no task runner')),
		currentNodeExecutionIndex: 0,
		variables: {},
		logAiEvent: () => undefined,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
	};
}

/** One page of a selector's list, asked for as the panel does it with these parameters in the form. */
export async function searchList(
	type: string, method: string, currentNodeParameters: INode['parameters'], filter?: string, token?: string, credentials: NonNullable<TestWorkflow['credentials']> = {},
): Promise<INodeListSearchResult> {
	const node = fullNode({ name: type, type, parameters: currentNodeParameters, credentials: chosenCredentials(credentials) }, 0);
	const test: TestWorkflow = { nodes: [{ name: type, type }], credentials };
	const workflow = new Workflow({ id: 'test', nodes: [node], connections: {}, active: false, nodeTypes: await typesFor(test) });
	const context = new LoadOptionsContext(workflow, node, { ...executionData(test, [node]), currentNodeParameters }, 'parameters');
	const search = (await nodeType(type)).methods?.listSearch?.[method];
	if (search === undefined) throw new TypeError(`${type} has no list ${method}`);
	return search.call(context, filter, token);
}

/** The choice of these credentials in a node. */
export function chosenCredentials(credentials: NonNullable<TestWorkflow['credentials']>): NonNullable<INode['credentials']> {
	return Object.fromEntries(Object.keys(credentials).map((type) => [type, { id: type, name: type }]));
}

/** Drops what this process keeps of vendors' accounts over executions, which would answer for a vendor that cannot. */
export function forgetAccounts(): void {
	const holder = globalThis as unknown as Record<symbol, unknown>;
	delete holder[Symbol.for('n8n-nodes-ai-admin:vendors@1')];
}

/** Closes the stores the nodes opened and removes their files. */
export async function closeNodes(): Promise<void> {
	const holder = globalThis as unknown as Record<symbol, Map<number, Map<string, Promise<{ close(): Promise<void> }>>> | undefined>;
	const stores = holder[Symbol.for('n8n-nodes-ai-admin:stores')];
	for (const ofVersion of stores?.values() ?? []) {
		for (const opening of [...ofVersion.values()]) await (await opening).close();
	}
	dropUserFolder();
}
