jest.mock('../../core/store/limiter', () => ({ createLimiter: () => ({ take: async () => ({ kind: 'granted', at: 0 }), refused: async () => undefined }) }));
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

import { closeNodes, forgetAccounts, nodeType } from './support/harness';
import { vendorFixtures } from './support/fixtures';
import { differences, outputSchema } from './support/schema';
import { walk, type Surroundings, type Walk } from './support/strict-context';
import type { VendorBench, WalkRecords } from './support/vendor-fixture';
import { chosen, expectNodeError, forms } from './support/walking';
import { NodeApiError, type INodeParameters } from 'n8n-workflow';

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 6;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

/** Answers no vendor gives when all is well, and what the error must say about them. */
const BAD_ANSWERS = [
	{ what: 'a page for people', answer: { status: 200, body: '<html><body>maintenance</body></html>' }, kind: /not available|not known whether/ },
	{ what: 'a gateway that fails', answer: { status: 502, body: '' }, kind: /not available|not known whether/ },
	{ what: 'a credential nobody accepts', answer: { status: 401, body: '{}' }, kind: /does not accept the credential|not available/ },
] as const;

afterAll(closeNodes);

describe.each(vendorFixtures())('$node', ({ node, folder, resources, start }) => {
	const cases = resources.flatMap(({ value, operations }) => operations.map((operation) => ({ title: `${value} ${operation.value}`, resource: value, operation })));
	let bench: VendorBench;
	let around: Surroundings;
	const values = new Map<string, INodeParameters>();

	const run = async (form: INodeParameters, surroundings: Surroundings = around): Promise<Walk> => walk(await nodeType(node), { ...bench.settings, ...form }, surroundings);
	const must = async (form: INodeParameters): Promise<Walk['items']> => {
		const { items, error } = await run(form);
		if (error !== null) throw error;
		return items;
	};

	beforeAll(async () => {
		bench = await start();
		around = { credentials: bench.credentials };
		const service = (await must({ resource: 'service', operation: 'getAll' })).find(({ bookableOnline }) => bookableOnline === true);
		const serviceId = String(service?.id);
		const [client] = await must({ resource: 'client', operation: 'findByPhone', phone: bench.phone });
		const clientId = String(client?.id);
		const slots = await freeSlots(serviceId);
		const visits = new Map<string, string>();
		for (const { title, resource, operation } of cases) {
			if (!operation.fields.some(({ name }) => name === 'appointmentId')) continue;
			const { staffId, start: at } = slots.shift() ?? {};
			const visit = { clientId: chosen(clientId), serviceId: chosen(serviceId), staffId: chosen(String(staffId)), start: String(at) };
			const [made] = await must({ resource: 'appointment', operation: 'create', ...visit });
			visits.set(`${resource} ${operation.value}`, String(made?.id ?? title));
		}
		const free = slots.pop();
		const moved = slots.pop();
		const staffId = String(free?.staffId);
		const records: WalkRecords = { serviceId, staffId, clientId, appointmentId: (title) => visits.get(title) ?? 'none' };
		const appointment = { appointmentId: chosen('none') };
		const range = { from: inDays(1), to: inDays(DAYS_AHEAD) };
		const common: Record<string, INodeParameters> = {
			'appointment create': { clientId: chosen(clientId), serviceId: chosen(serviceId), staffId: chosen(staffId), start: String(free?.start) },
			'appointment getAll': { filters: { from: inDays(0), to: inDays(DAYS_AHEAD + 1) } },
			'appointment reschedule': { start: String(moved?.start), staffId: chosen(String(moved?.staffId)) },
			'availability getSlots': { serviceId: chosen(serviceId), ...range },
			'availability getDays': { serviceId: chosen(serviceId), ...range },
			'client findByPhone': { phone: bench.phone },
			'client create': { name: 'Ольга', phone: '+79161234777' },
			'client update': { clientId: chosen(clientId), updateFields: { name: 'Вера Петрова' } },
		};
		const own = bench.own(records);
		for (const { title } of cases) values.set(title, { ...appointment, appointmentId: chosen(records.appointmentId(title)), ...common[title], ...own[title] });
	}, 120_000);

	afterAll(() => bench.close());

	async function freeSlots(serviceId: string): Promise<Walk['items'][number][]> {
		const all = await must({ resource: 'availability', operation: 'getSlots', serviceId: chosen(serviceId), from: inDays(1), to: inDays(DAYS_AHEAD), returnAll: true });
		// starts that do not touch each other
		return all.filter((_slot, index) => index % 4 === 0);
	}

	it('has a form for every operation of its own', () => {
		const common = /^(appointment|availability|client|company|service|staff) (create|cancel|get|getAll|reschedule|getSlots|getDays|findByPhone|update)$/;
		const own = Object.keys(bench.own({ serviceId: '', staffId: '', clientId: '', appointmentId: () => '' }));
		expect(cases.map(({ title }) => title).filter((title) => !common.test(title) && !own.includes(title))).toEqual([]);
	});

	it('has a list for every selector of its panel', async () => {
		const { description, methods } = await nodeType(node);
		const wanted = description.properties.flatMap(({ modes }) => (modes ?? []).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []));
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.filter((method) => methods?.listSearch?.[method] === undefined)).toEqual([]);
	});

	describe.each(cases)('$title', ({ title, resource, operation }) => {
		const base = (): INodeParameters => ({ ...bench.settings, resource, operation: operation.value });
		const allForms = async (): Promise<readonly INodeParameters[]> => forms(await nodeType(node), base(), values.get(title) ?? {});

		it('tells people and agents what it does', () => {
			expect(operation.action).toMatch(/^[A-Z][^.]+$/);
			expect(operation.description).toMatch(/^[A-Z].{15,}[^.]$/);
			expect(operation.name).toMatch(/^[A-Z]/);
		});

		it('works, reads only parameters that the panel shows, and gives what its schema says', async () => {
			const schema = outputSchema(folder, resource, operation.value);
			for (const [index, form] of (await allForms()).entries()) {
				const { items, error, hiddenReads } = await run(form);
				expect(hiddenReads).toEqual([]);
				if (error !== null) expectNodeError(error);
				if (index > 0) continue;
				if (bench.unsupported?.includes(title) === true) expect(error).not.toBeNull();
				else expect({ error, given: items.length > 0 }).toEqual({ error: null, given: bench.empty?.includes(title) !== true });
				expect(items.slice(0, 50).flatMap((item) => differences(item, schema))).toEqual([]);
			}
		});

		it('fails with a node error for an empty form and without a credential', async () => {
			const bare = Object.fromEntries(Object.keys(bench.settings).map((name) => [name, '']));
			for (const surroundings of [around, {}]) {
				const { error, hiddenReads } = await walk(await nodeType(node), { ...bare, resource, operation: operation.value }, surroundings);
				expect(hiddenReads).toEqual([]);
				expectNodeError(error);
			}
		});

		it.each(BAD_ANSWERS)('never takes $what for an empty answer', async ({ answer, kind }) => {
			const [form = {}] = await allForms();
			forgetAccounts();
			const { items, error } = await run(form, { ...around, answer: () => answer });
			if (bench.local?.includes(title) === true) return;
			if (bench.unsupported?.includes(title) !== true) expect(items).toEqual([]);
			expectNodeError(error);
			if (error instanceof NodeApiError) expect(error.message).toMatch(kind);
		});
	});
});
