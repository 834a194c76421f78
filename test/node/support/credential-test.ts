import { chosenCredentials, credentialType, executionData, PACKAGE } from './harness';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createRunExecutionData, Workflow, type ICredentialDataDecryptedObject, type INode, type INodeType, type INodeTypes } from 'n8n-workflow';

/**
 * Runs the test of a credential as n8n's own tester does: the request goes through the routing of declarative nodes, then the
 * rules are read. Null when it passes, else the message the operator sees.
 */
export async function testCredential(name: string, data: ICredentialDataDecryptedObject): Promise<string | null> {
	const test = (await credentialType(name))?.test;
	if (test === undefined) throw new TypeError(`${name} has no test`);
	const type = {
		description: {
			displayName: 'Test', name: 'test', group: [], version: 1, description: '', defaults: {}, inputs: ['main'], outputs: ['main'],
			credentials: [{ name, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request: test.request }, default: '' }],
		},
	} as unknown as INodeType;
	const nodeTypes: INodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const credentials = { [name]: data };
	const node: INode = { id: 'temp', name: 'Temp', type: `${PACKAGE}.test`, typeVersion: 1, position: [0, 0], parameters: {}, credentials: chosenCredentials(credentials) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additional = executionData({ nodes: [{ name: 'Temp', type: 'test' }], credentials }, [node]);
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(workflow, node, additional, 'internal', createRunExecutionData(), 0, [], input, { node, data: {}, source: null }, []);
	try {
		const response = await new RoutingNode(context, type, { id: name, name, type: name, data }).runNode();
		const json: unknown = response?.[0]?.[0]?.json;
		const broken = (test.rules ?? []).find((rule) => rule.type === 'responseSuccessBody' && valueAt(json, rule.properties.key) === rule.properties.value);
		return broken?.properties.message ?? null;
	} catch (error) {
		const { status } = (error as { readonly cause?: { readonly response?: { readonly status?: number } } }).cause?.response ?? {};
		const rule = (test.rules ?? []).find(({ type: kind, properties }) => kind === 'responseCode' && properties.value === status);
		return rule?.properties.message ?? (status === undefined ? (error as Error).message : `status ${status}`);
	}
}

function valueAt(holder: unknown, key: string): unknown {
	return key.split('.').reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined), holder);
}
