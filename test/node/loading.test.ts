import { closeNodes, loadPackage, nodeType, PACKAGE } from './support/harness';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NodeConnectionTypes } from 'n8n-workflow';

const ROOT = resolve(__dirname, '../..');

afterAll(closeNodes);

describe('the package in n8n', () => {
	it('offers its nodes and the store credential under their published names', async () => {
		const { types } = await loadPackage();
		expect(types.nodes.map(({ name }) => name).sort()).toEqual(['bookingAgent', 'bookingAgentSetup', 'bookingCrm', 'builtinBooking', 'conversation']);
		expect(types.credentials.map(({ name }) => name)).toEqual(['aiAdminStoreApi']);
	});

	it('gives every node a codex with resources, themed icons that exist and a display name of its own', async () => {
		const { types } = await loadPackage();
		for (const { name, codex, iconUrl } of types.nodes) {
			expect({ name, documented: codex?.resources?.primaryDocumentation?.length }).toEqual({ name, documented: 1 });
			const icons = typeof iconUrl === 'object' ? [iconUrl.light, iconUrl.dark] : [];
			expect(new Set(icons).size).toBe(2);
			// The build copies icons next to the compiled nodes; their sources are what must exist.
			for (const url of icons) await access(resolve(ROOT, url.replace(`icons/${PACKAGE}/dist/`, '')));
		}
		expect(new Set(types.nodes.map(({ displayName }) => displayName)).size).toBe(types.nodes.length);
	});

	it('has the store credential tested by a method that the nodes really have', async () => {
		for (const name of ['bookingCrm', 'builtinBooking', 'conversation']) {
			const { description, methods } = await nodeType(name);
			const [credential] = description.credentials ?? [];
			expect(credential?.required).toBe(false);
			expect(methods?.credentialTest?.[String(credential?.testedBy)]).toBeInstanceOf(Function);
		}
	});

	it('keeps secrets of the credential in password fields', async () => {
		const { types } = await loadPackage();
		const secret = types.credentials[0]?.properties.filter(({ typeOptions }) => typeOptions?.password === true).map(({ name }) => name);
		expect(secret?.sort()).toEqual(['connectionString', 'earlierKeys', 'encryptionKey']);
	});

	it('outputs the sub-node as a tool connection and the agent as three named outputs', async () => {
		expect((await nodeType('bookingCrm')).description.outputs).toEqual([NodeConnectionTypes.AiTool]);
		expect((await nodeType('bookingAgent')).description.outputNames).toHaveLength(3);
	});
});
