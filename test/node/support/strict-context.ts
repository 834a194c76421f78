import { chosenCredentials, fetched, signed, type TestWorkflow } from './harness';
import {
	NodeApiError, NodeHelpers, type ICredentialDataDecryptedObject, type IDataObject, type IExecuteFunctions, type IHttpRequestOptions, type INode, type INodeParameters, type INodeProperties, type INodeType, type JsonObject,
} from 'n8n-workflow';

/** What a walk over one operation saw. */
export interface Walk {
	readonly items: readonly IDataObject[];
	readonly error: unknown;
	/** Parameters that were read though the panel does not show them. */
	readonly hiddenReads: readonly string[];
}

/** What stands around the node. */
export interface Surroundings {
	readonly credentials?: NonNullable<TestWorkflow['credentials']>;
	/** Answers instead of the network. */
	readonly answer?: (options: IHttpRequestOptions) => { readonly status: number; readonly body: string };
}

/** Parameters the panel shows for these values. */
export function displayed(type: INodeType, node: INode): readonly INodeProperties[] {
	return type.description.properties.filter((property) => NodeHelpers.displayParameter(node.parameters, property, node, type.description));
}

/** All displayed parameters at their defaults, over which `given` wins. */
export function withDefaults(type: INodeType, given: INodeParameters): INode {
	const node: INode = { id: 'walk', name: 'Walk', type: 'walk', typeVersion: 1, position: [0, 0], parameters: given };
	for (;;) {
		const missing = displayed(type, node).find(({ name }) => !(name in node.parameters));
		if (missing === undefined) return node;
		node.parameters = { ...node.parameters, [missing.name]: missing.default };
	}
}

/** Runs a node for one item in a context that notes every read of a parameter that is not shown. */
export async function walk(type: INodeType, given: INodeParameters, { credentials = {}, answer }: Surroundings = {}): Promise<Walk> {
	const node: INode = { ...withDefaults(type, given), credentials: chosenCredentials(credentials) };
	const hiddenReads: string[] = [];
	const functions = {
		getNode: () => node,
		getInputData: () => [{ json: {} }],
		getExecutionId: () => 'walk',
		getExecutionCancelSignal: () => undefined,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		continueOnFail: () => false,
		getCredentials: async (name: string) => credentialOf(credentials, name),
		helpers: {
			httpRequestWithAuthentication: async (name: string, options: IHttpRequestOptions) => {
				const credential = credentialOf(credentials, name);
				await fetched(name, { httpRequest: plainRequest } as never, credential, false);
				const request = await signed(name, credential, options);
				return answer === undefined ? exchange(node, request) : answered(node, request, answer(request));
			},
		},
		getNodeParameter(name: string, _i: number, fallback?: unknown, options?: { extractValue?: boolean }) {
			if (!displayed(type, node).some((property) => property.name === name)) hiddenReads.push(name);
			const value: unknown = node.parameters[name] ?? fallback;
			const isLocator = typeof value === 'object' && value !== null && 'mode' in value && 'value' in value;
			return options?.extractValue === true && isLocator ? value.value : value;
		},
	} as unknown as IExecuteFunctions;
	try {
		const output = (await type.execute?.call(functions)) as Array<Array<{ json: IDataObject }>>;
		return { items: output.flat().map(({ json }) => json), error: null, hiddenReads };
	} catch (error) {
		return { items: [], error, hiddenReads };
	}
}

function credentialOf(credentials: NonNullable<TestWorkflow['credentials']>, name: string): ICredentialDataDecryptedObject {
	const found = credentials[name];
	if (found === undefined) throw new Error('No credential is set');
	return { ...found };
}

async function exchange(node: INode, options: IHttpRequestOptions): Promise<unknown> {
	const response = await fetch(options.url, { method: options.method, headers: options.headers as Record<string, string>, body: options.body as string | undefined, redirect: 'manual' });
	return answered(node, options, { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) });
}

/** As n8n answers: bytes with their status, and an error for a status that is to be renewed. */
function answered(node: INode, { ignoreHttpStatusErrors }: IHttpRequestOptions, { status, body, headers = {} }: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> }): unknown {
	const except: readonly unknown[] = typeof ignoreHttpStatusErrors === 'object' ? (ignoreHttpStatusErrors.except ?? []) : [];
	if (except.includes(status)) throw new NodeApiError(node, { message: `status ${status}`, httpCode: String(status) } as JsonObject, { httpCode: String(status) });
	return { statusCode: status, headers, body: Buffer.from(body) };
}

/** What a credential fetches with. */
async function plainRequest({ url, baseURL = '', method = 'GET', headers, body }: IHttpRequestOptions): Promise<unknown> {
	const response = await fetch(`${baseURL}${url}`, { method, headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) }, body: JSON.stringify(body) });
	if (!response.ok) throw Object.assign(new Error(`status ${response.status}`), { response: { status: response.status } });
	return response.json();
}
