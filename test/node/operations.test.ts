import { closeNodes, nodeType } from './support/harness';
import { differences, outputSchema } from './support/schema';
import { walk } from './support/strict-context';
import { chosen, expectNodeError, forms } from './support/walking';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/BuiltinBooking/resources';
import { OPERATIONS } from '../../nodes/Conversation/operations';

const CASES = [
	...RESOURCES.flatMap(({ value, operations }) => operations.map((operation) => ({ node: 'builtinBooking', folder: 'BuiltinBooking', resource: value, operation }))),
	...OPERATIONS.map((operation) => ({ node: 'conversation', folder: 'Conversation', resource: '', operation })),
].map((one) => ({ ...one, title: [one.node, one.resource, one.operation.value].filter(Boolean).join(' ') }));

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
	const values = (): INodeParameters => ({ ...FILLED, appointmentId: chosen(ownVisit.get(title) ?? 'none') });

	it('reads only parameters that the panel shows, and fails only with a node error that says what to do', async () => {
		const type = await nodeType(node);
		for (const form of forms(type, base(), values())) {
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
		const { items } = await walk(await nodeType(node), forms(await nodeType(node), base(), values())[0] ?? {});
		expect(items.length > 0).toBe(!EMPTY.includes(title));
		expect(items.slice(0, 50).flatMap((item) => differences(item, schema))).toEqual([]);
	});
});
