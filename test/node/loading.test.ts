import { closeNodes, loadPackage, nodeType, PACKAGE } from './support/harness';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { NodeConnectionTypes } from 'n8n-workflow';
import { VENDORS } from '../../nodes/shared/vendors';

const ROOT = resolve(__dirname, '../..');

/** Published: a name that changes breaks every workflow that has the node. */
const OWN_NODES = ['bookingAgent', 'bookingAgentSetup', 'bookingCrm', 'builtinBooking', 'clientOutreach', 'clientProfile', 'collectMessages', 'conversation', 'crmChangesTrigger', 'crmSync', 'storeQuery', 'whatsappPairingPage', 'whatsappSession', 'whatsappSessionTrigger'];
const VENDOR_NODES = ['altegio', 'amocrm', 'bitrix24', 'dikidi', 'easyweek', 'kommo', 'onec', 'yclients'].map((vendor) => `${vendor}Booking`);
/** 1C calls nobody. */
const TRIGGERS = ['altegio', 'amocrm', 'bitrix24', 'dikidi', 'easyweek', 'kommo', 'yclients'].map((vendor) => `${vendor}BookingTrigger`);

afterAll(closeNodes);

describe('the package in n8n', () => {
	it('offers its nodes and credentials under their published names', async () => {
		const { types } = await loadPackage();
		expect(types.nodes.map(({ name }) => name).sort()).toEqual([...OWN_NODES, ...VENDOR_NODES, ...TRIGGERS].sort());
		expect(types.credentials.map(({ name }) => name).sort()).toEqual(['aiAdminStoreApi', ...VENDORS.flatMap(({ signIns }) => signIns.map(({ credential }) => credential))].sort());
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

	it('names every node and credential so that another package of the same vendor does not clash', async () => {
		const { types } = await loadPackage();
		for (const { displayName } of types.nodes.filter(({ name }) => [...VENDOR_NODES, ...TRIGGERS].includes(name))) expect(displayName).toMatch(/ Booking( Trigger)?$/);
		for (const { name, displayName } of types.credentials) expect([name, displayName]).toEqual([expect.stringMatching(/^aiAdmin.*(Api|OAuth2Api)$/), expect.stringMatching(/ (API|OAuth2 API)$/)]);
	});

	it('has the store credential tested by a method that the nodes really have', async () => {
		const { types } = await loadPackage();
		const withStore = types.nodes.filter(({ credentials }) => credentials?.some(({ name }) => name === 'aiAdminStoreApi') === true).map(({ name }) => name);
		expect(withStore).toEqual(expect.arrayContaining(['bookingCrm', 'builtinBooking', 'conversation', ...VENDOR_NODES, ...TRIGGERS]));
		for (const name of withStore) {
			const { description, methods } = await nodeType(name);
			const credential = description.credentials?.find((one) => one.name === 'aiAdminStoreApi');
			expect(credential?.required).toBe(false);
			expect(methods?.credentialTest?.[String(credential?.testedBy)]).toBeInstanceOf(Function);
		}
	});

	it('keeps secrets of the credentials in password fields, and has every vendor credential tested by a request or a method', async () => {
		const { types } = await loadPackage();
		const store = types.credentials.find(({ name }) => name === 'aiAdminStoreApi');
		const secret = store?.properties.filter(({ typeOptions }) => typeOptions?.password === true).map(({ name }) => name);
		expect(secret?.sort()).toEqual(['connectionString', 'earlierKeys', 'encryptionKey']);
		for (const { name, properties, test, extends: parents = [] } of types.credentials.filter(({ name: type }) => type !== 'aiAdminStoreApi')) {
			const open = properties.filter((one) => one.type === 'string' && /token|password|secret/i.test(one.name) && one.typeOptions?.password !== true);
			expect({ name, open: open.map((one) => one.name) }).toEqual({ name, open: [] });
			const tested = types.nodes.some(({ credentials }) => credentials?.some((one) => one.name === name && one.testedBy !== undefined) === true);
			expect({ name, tested: test !== undefined || tested || parents.includes('oAuth2Api') }).toEqual({ name, tested: true });
		}
	});

	it('outputs the sub-node as a tool connection and the agent as three named outputs', async () => {
		expect((await nodeType('bookingCrm')).description.outputs).toEqual([NodeConnectionTypes.AiTool]);
		expect((await nodeType('bookingAgent')).description.outputNames).toHaveLength(3);
	});
});
