import { closeNodes, nodeType, run, searchList, succeeded } from './support/harness';
import type { INodeParameters, INodePropertyMode } from 'n8n-workflow';

const NODE = 'builtinBooking';
const SALON = 'selected';

function names(list: Awaited<ReturnType<typeof searchList>>): readonly string[] {
	return list.results.map(({ name }) => name);
}

async function call(parameters: INodeParameters): Promise<readonly Record<string, unknown>[]> {
	return succeeded(await run({ nodes: [{ name: NODE, type: NODE, parameters: { salonId: SALON, ...parameters } }] }), NODE);
}

beforeAll(async () => {
	await call({ resource: 'demo', operation: 'createDemoSalon', seed: 3 });
});

afterAll(closeNodes);

describe('the lists behind the selectors', () => {
	it('exist for every selector the panel has', async () => {
		const { description, methods } = await nodeType(NODE);
		const modes = description.properties.flatMap((property): readonly INodePropertyMode[] => property.modes ?? []);
		const wanted = modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.filter((method) => methods?.listSearch?.[method] === undefined)).toEqual([]);
	});

	it('give the ids the operations take', async () => {
		const [service] = (await searchList(NODE, 'searchServices', { salonId: SALON })).results;
		const [found] = await call({ resource: 'service', operation: 'get', serviceId: { __rl: true, mode: 'list', value: String(service?.value) } });
		expect(found?.title).toBe(service?.name);
	});

	it('find services and staff by a part of the name in any case', async () => {
		const [person = ''] = names(await searchList(NODE, 'searchStaff', { salonId: SALON }));
		expect(names(await searchList(NODE, 'searchStaff', { salonId: SALON }, person.slice(1).toUpperCase()))).toContain(person);
		expect(names(await searchList(NODE, 'searchStaff', { salonId: SALON }, 'nobody is called this'))).toEqual([]);
	});

	it('mark what is archived', async () => {
		const before = (await searchList(NODE, 'searchServices', { salonId: SALON })).results;
		const last = before[before.length - 1];
		await call({ resource: 'service', operation: 'archive', serviceId: { __rl: true, mode: 'id', value: String(last?.value) } });
		const after = (await searchList(NODE, 'searchServices', { salonId: SALON })).results;
		expect(after.find(({ value }) => value === last?.value)?.name).toBe(`${last?.name} (archived)`);
	});

	it('page through every client once', async () => {
		const seen: unknown[] = [];
		for (let token: string | undefined; ; ) {
			const page = await searchList(NODE, 'searchClients', { salonId: SALON }, undefined, token);
			seen.push(...page.results.map(({ value }) => value));
			token = page.paginationToken as string | undefined;
			if (token === undefined) break;
		}
		expect(seen).toHaveLength(300);
		expect(new Set(seen).size).toBe(300);
	});

	it('tell coming appointments apart by time, service and client, and find them by the client', async () => {
		const [visit] = await call({ resource: 'appointment', operation: 'getAll', limit: 1, filters: { from: new Date().toISOString() } });
		const [client] = await call({ resource: 'client', operation: 'get', clientId: { __rl: true, mode: 'id', value: String(visit?.clientId) } });
		const found = await searchList(NODE, 'searchAppointments', { salonId: SALON }, String(client?.name));
		const label = found.results.find(({ value }) => value === visit?.id)?.name;
		expect(label?.startsWith(String(visit?.start).slice(0, 16).replace('T', ' '))).toBe(true);
		expect(label?.endsWith(`${client?.name} · ${visit?.status}`)).toBe(true);
	});

	it('say what to do when the salon is not set up or not named, instead of an empty list', async () => {
		await expect(searchList(NODE, 'searchServices', { salonId: 'nowhere' })).rejects.toMatchObject({ description: expect.stringMatching(/set up/) as string });
		await expect(searchList(NODE, 'searchServices', { salonId: 'two words' })).rejects.toMatchObject({ message: 'Salon ID is not valid' });
	});
});
