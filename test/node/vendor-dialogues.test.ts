const mockLanes: string[] = [];
jest.mock('../../core/store/limiter', () => ({
	createLimiter: () => ({
		async take(lane: string) {
			mockLanes.push(lane);
			return { kind: 'granted', at: 0 };
		},
		refused: async () => undefined,
	}),
}));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { chosenCredentials, closeNodes, json, nodeType, run, searchList, succeeded, type TestNode } from './support/harness';
import { agentWorkflow, engineAgent } from './support/agents';
import { vendorFixtures } from './support/fixtures';
import type { VendorBench } from './support/vendor-fixture';
import type { IConnections, IDataObject, INodeParameters } from 'n8n-workflow';
import { VENDORS } from '../../nodes/shared/vendors';

const CONNECTIONS: IConnections = { CRM: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } };
const EVENT = 2;
const HANDOFF = 1;
const PHONE = '+79161112233';

afterAll(closeNodes);

describe.each(vendorFixtures())('Booking CRM on $node', ({ node, start }) => {
	let bench: VendorBench;
	let vendor: (typeof VENDORS)[number];

	beforeAll(async () => {
		bench = await start();
		const found = VENDORS.find(({ signIns }) => signIns.some(({ credential }) => credential in bench.credentials));
		if (found === undefined) throw new Error(`${node} is not among the vendors of Booking CRM`);
		vendor = found;
	});

	afterAll(() => bench.close());

	const around = () => ({ credentials: bench.credentials });
	const own = async (parameters: INodeParameters): Promise<readonly IDataObject[]> => {
		const one: TestNode = { name: 'Own', type: node, parameters: { ...bench.settings, ...parameters }, credentials: chosenCredentials(bench.credentials) };
		return succeeded(await run({ nodes: [one], ...around() }), 'Own');
	};

	it('shows the vendor with its credentials and settings, and hides those of all others', async () => {
		const { description, methods } = await nodeType('bookingCrm');
		const crm = description.properties.find(({ name }) => name === 'crm');
		expect(crm?.options).toContainEqual(expect.objectContaining({ value: vendor.value, name: vendor.name }));
		for (const { credential } of vendor.signIns) {
			const declared = description.credentials?.find(({ name }) => name === credential);
			expect(declared?.displayOptions?.show?.crm).toEqual([vendor.value]);
		}
		const settings = description.properties.filter(({ displayOptions }) => displayOptions?.show?.crm?.includes(vendor.value) === true);
		expect(settings.map(({ name }) => name)).toEqual(expect.arrayContaining(vendor.settings.map(({ name }) => name)));
		const searches = settings.flatMap(({ modes }) => (modes ?? []).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []));
		expect(searches.filter((method) => methods?.listSearch?.[method] === undefined)).toEqual([]);
	});

	it('has lists that answer with names and ids, or say what to choose first', async () => {
		for (const method of Object.keys(vendor.searches ?? {})) {
			const found = searchList('bookingCrm', method, { crm: vendor.value, ...bench.settings }, undefined, undefined, bench.credentials);
			// a list that depends on a setting nobody chose says which
			const seen = await found.then(({ results }) => results.every(({ name, value }) => name !== '' && value !== ''), (error: unknown) => (error as { description?: string }).description?.startsWith('Choose') ?? false);
			expect({ method, seen }).toEqual({ method, seen: true });
		}
	});

	it('books through a dialogue of Booking Agent, and the vendor holds the visit', async () => {
		const crm: TestNode = { name: 'CRM', type: 'bookingCrm', parameters: { crm: vendor.value, salonId: node.toLowerCase(), ...bench.settings }, credentials: chosenCredentials(bench.credentials) };
		const agent: TestNode = { name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' } };
		const service = (await own({ resource: 'service', operation: 'getAll' })).find(({ bookableOnline }) => bookableOnline === true);
		const said: IDataObject[] = [];
		let next: IDataObject = { text: `Здравствуйте, запишите меня завтра на ${String(service?.title)}` };
		const events: IDataObject[] = [];
		const handoffs: IDataObject[] = [];
		for (let turn = 0; turn < 10 && events.length + handoffs.length === 0; turn++) {
			const item = { chatId: `dialogue-${node}`, messageId: `turn-${turn}`, phone: PHONE, phoneVerified: true, name: 'Анна', ...next };
			mockLanes.length = 0;
			const result = await run({ nodes: [agent, crm], connections: CONNECTIONS, items: [item], ...around() });
			// a client waits: nobody else's requests come before
			expect(mockLanes.filter((lane) => lane !== 'dialogue')).toEqual([]);
			const [reply] = succeeded(result, 'Agent');
			said.push({ client: next.text ?? next.buttonId, reply: reply?.text });
			events.push(...json(result, 'Agent', EVENT).filter(({ type }) => type === 'booked'));
			handoffs.push(...json(result, 'Agent', HANDOFF));
			const [button] = (reply?.buttons ?? []) as unknown as Array<{ id: string; title: string }>;
			next = button === undefined ? { text: said.length % 2 === 0 ? 'Анна' : String(service?.title) } : { buttonId: button.id, text: button.title };
		}
		if (bench.unsupported?.includes('appointment create') === true) {
			expect({ said, handoffs: handoffs.length, events }).toMatchObject({ handoffs: 1, events: [] });
			return;
		}
		expect({ said, events }).toMatchObject({ events: [{ type: 'booked', salonId: node.toLowerCase() }] });
		mockLanes.length = 0;
		const id = String((events[0]?.appointment as IDataObject | undefined)?.id);
		const [visit] = await own({ resource: 'appointment', operation: 'get', appointmentId: { __rl: true, mode: 'id', value: id } });
		expect(visit).toMatchObject({ id, status: expect.stringMatching(/booked|confirmed/) as string });
		// the vendor's own node leaves the reserve to dialogues
		expect(new Set(mockLanes)).toEqual(new Set(['incremental']));
	});

	it('takes no setting of the vendor that a model could fill in', async () => {
		const setting = vendor.settings.find(({ noDataExpression }) => noDataExpression !== true);
		const open = '={{ $json.branch }}';
		const value = setting?.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: open } : setting?.type === 'collection' ? { country: open } : open;
		const parameters = { crm: vendor.value, salonId: 'open', ...bench.settings, chatId: 'chat', clientMessage: 'да', [setting?.name ?? '']: value };
		const { nodes, connections } = agentWorkflow(parameters);
		const withCredentials = nodes.map((one) => (one.name === 'CRM' ? { ...one, credentials: chosenCredentials(bench.credentials) } : one));
		const result = await run({ nodes: withCredentials, connections, types: engineAgent([{ tool: 'get_services', args: { branch: '1' } }]), items: [{ sessionId: 'chat' }], ...around() });
		expect(JSON.stringify(json(result, 'Agent'))).toMatch(/could be filled in by the model/);
	});

	it('asks for the credential when none is chosen', async () => {
		const crm: TestNode = { name: 'CRM', type: 'bookingCrm', parameters: { crm: vendor.value, salonId: 'bare', ...bench.settings } };
		const agent: TestNode = { name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer' } };
		const result = await run({ nodes: [agent, crm], connections: CONNECTIONS, items: [{ chatId: 'x', messageId: '1', text: 'Привет' }] });
		expect(JSON.stringify(result.data.resultData)).toMatch(new RegExp(`No credential of ${vendor.name} is chosen|Choose a credential|credential`, 'i'));
	});
});
