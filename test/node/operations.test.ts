import { closeNodes, nodeType } from './support/harness';
import { differences, outputSchema } from './support/schema';
import { displayed, walk, withDefaults } from './support/strict-context';
import { NodeApiError, NodeOperationError, type IDataObject, type INodeParameters, type INodePropertyOptions, type INodeType } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/BuiltinBooking/resources';
import { OPERATIONS } from '../../nodes/Conversation/operations';

const CASES = [
	...RESOURCES.flatMap(({ value, operations }) => operations.map((operation) => ({ node: 'builtinBooking', folder: 'BuiltinBooking', resource: value, operation }))),
	...OPERATIONS.map((operation) => ({ node: 'conversation', folder: 'Conversation', resource: '', operation })),
].map((one) => ({ ...one, title: [one.node, one.resource, one.operation.value].filter(Boolean).join(' ') }));

const chosen = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });
const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

/** Values a form would hold, by parameter name; everything else is left at its default. */
const FILLED: INodeParameters = {
	salonId: 'demo',
	clientId: chosen('none'),
	serviceId: chosen('none'),
	staffId: chosen('none'),
	start: tomorrow,
	from: tomorrow,
	to: tomorrow,
	date: tomorrow,
	name: 'Anna',
	title: 'Haircut',
	phone: '+79161234567',
	channel: 'web',
	chatId: 'nobody',
	confirmErase: true,
};

/** The form of an operation, and one more form for every value of a field that shows or hides others. */
function forms(type: INodeType, title: string, base: INodeParameters): readonly INodeParameters[] {
	const fill = (given: INodeParameters): INodeParameters => {
		const shown = displayed(type, withDefaults(type, given)).map(({ name }) => name);
		const values: INodeParameters = { ...FILLED, appointmentId: chosen(ownVisit.get(title) ?? 'none') };
		return { ...Object.fromEntries(shown.filter((name) => name in values).map((name) => [name, values[name]])), ...given };
	};
	const controls = new Set(type.description.properties.flatMap(({ displayOptions }) => Object.keys({ ...displayOptions?.show, ...displayOptions?.hide })));
	const flips = displayed(type, withDefaults(type, base)).flatMap(({ name, type: kind, options }) => {
		if (!controls.has(name) || name === 'resource' || name === 'operation') return [];
		const values = kind === 'boolean' ? [true, false] : ((options ?? []) as INodePropertyOptions[]).map(({ value }) => value);
		return values.map((value) => ({ ...base, [name]: value }));
	});
	return [base, ...flips].map(fill);
}

/** A visit for each operation, so that none depends on what another did. */
const ownVisit = new Map<string, string>();

/** Operations that rightly give no item here: nothing waits for an answer, and the moved visit fits no free start. */
const EMPTY: readonly string[] = ['conversation getUnanswered', 'builtinBooking appointment reschedule', 'builtinBooking company update', 'builtinBooking client update', 'builtinBooking service update', 'builtinBooking staff update', 'builtinBooking sale create'];

beforeAll(async () => {
	const builtin = await nodeType('builtinBooking');
	const read = async (form: INodeParameters): Promise<readonly IDataObject[]> => (await walk(builtin, { salonId: 'demo', ...form })).items;
	await read({ resource: 'demo', operation: 'createDemoSalon' });
	const services = await read({ resource: 'service', operation: 'getAll' });
	const [client] = await read({ resource: 'client', operation: 'getAll', limit: 1 });
	const visits = await read({ resource: 'appointment', operation: 'getAll', limit: CASES.length, filters: { from: tomorrow, status: 'booked' } });
	for (const [index, { title }] of CASES.entries()) ownVisit.set(title, String(visits[index]?.id));
	const serviceId = String(services[0]?.id);
	const week = new Date(Date.now() + 7 * 86_400_000).toISOString();
	const slots = await read({ resource: 'availability', operation: 'getSlots', serviceId: chosen(serviceId), from: tomorrow, to: week });
	const slot = slots[slots.length - 1];
	Object.assign(FILLED, {
		serviceId: chosen(serviceId),
		clientId: chosen(String(client?.id)),
		phone: String(client?.phone),
		staffId: chosen(String(slot?.staffId)),
		start: slot?.start,
		to: week,
	});
	await walk(await nodeType('conversation'), { operation: 'handOver', salonId: 'demo', channel: 'web', chatId: 'nobody' });
});

afterAll(closeNodes);

describe.each(CASES)('$title', ({ title, node, folder, resource, operation }) => {
	const base = (): INodeParameters => ({ ...(resource === '' ? {} : { resource }), operation: operation.value });

	it('reads only parameters that the panel shows, and fails only with a node error that says what to do', async () => {
		const type = await nodeType(node);
		for (const form of forms(type, title, base())) {
			const { error, hiddenReads } = await walk(type, form);
			expect(hiddenReads).toEqual([]);
			if (error !== null) expectNodeError(error);
		}
	});

	it('fails with a node error for an empty form', async () => {
		const { error, hiddenReads } = await walk(await nodeType(node), { ...base(), salonId: '' });
		expect(hiddenReads).toEqual([]);
		expectNodeError(error);
	});

	it('tells people and agents what it does', () => {
		expect(operation.action).toMatch(/^[A-Z][^A-Z.]+$/);
		expect(operation.description).toMatch(/^[A-Z].{15,}[^.]$/);
		expect(operation.name).toMatch(/^[A-Z]/);
	});

	it('has an output schema that its outputs keep', async () => {
		const schema = outputSchema(folder, resource, operation.value);
		const { items } = await walk(await nodeType(node), forms(await nodeType(node), title, base())[0] ?? {});
		expect(items.length > 0).toBe(!EMPTY.includes(title));
		expect(items.slice(0, 50).flatMap((item) => differences(item, schema))).toEqual([]);
	});
});

/** Fails unless the error names its item and says what to do. */
function expectNodeError(error: unknown): void {
	const isNodeError = error instanceof NodeOperationError || error instanceof NodeApiError;
	const description = isNodeError ? (error.description ?? '') : '';
	expect({ isNodeError, item: isNodeError && error.context.itemIndex, told: description.length > 10, defect: /defect/.test(description) }).toEqual({
		isNodeError: true,
		item: 0,
		told: true,
		defect: false,
	});
}
