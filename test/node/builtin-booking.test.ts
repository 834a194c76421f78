import { closeNodes, failure, json, output, run, succeeded, type TestNode } from './support/harness';
import type { IDataObject } from 'n8n-workflow';

const NODE = 'Salon';
const chosen = (value: unknown): IDataObject => ({ __rl: true, mode: 'id', value: value as string });

function node(parameters: IDataObject, more: Partial<TestNode> = {}): TestNode {
	return { name: NODE, type: 'builtinBooking', parameters: { salonId: 'lavender', ...parameters } as TestNode['parameters'], ...more };
}

async function call(resource: string, operation: string, parameters: IDataObject = {}): Promise<readonly IDataObject[]> {
	return succeeded(await run({ nodes: [node({ resource, operation, ...parameters })] }), NODE);
}

/** A date this many days ahead, in UTC. */
function day(ahead: number): string {
	return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}

let serviceId: string;
let staffId: string;
let clientId: string;

beforeAll(async () => {
	await call('company', 'update', { updateFields: { name: 'Lavender', zone: 'Asia/Yekaterinburg', currency: 'RUB', country: 'RU' } });
	const [service] = await call('service', 'create', { title: 'Haircut', durationMinutes: 60, additionalFields: { priceFrom: 1500.5, aliases: 'cut, trim' } });
	serviceId = String(service?.id);
	const [person] = await call('staff', 'create', { name: 'Maria', additionalFields: { serviceIds: serviceId } });
	staffId = String(person?.id);
	const hours = [{ weekdays: ['1', '2', '3', '4', '5', '6', '7'], from: '10:00', to: '20:00', breakFrom: '14:00', breakTo: '15:00' }];
	await call('staff', 'setSchedule', { staffId: chosen(staffId), schedule: { hours } });
	const [client] = await call('client', 'create', { name: 'Anna Petrova', phone: '8 916 123-45-67' });
	clientId = String(client?.id);
});

afterAll(closeNodes);

describe('Built-in Booking', () => {
	it('keeps money in minor units and words as a list', async () => {
		const [service] = await call('service', 'get', { serviceId: chosen(serviceId) });
		expect(service).toMatchObject({ title: 'Haircut', aliases: ['cut', 'trim'], price: { min: 150_050, max: 150_050, currency: 'RUB' } });
	});

	it('reads a start without an offset on the clock of the salon, books it and takes it out of the free starts', async () => {
		const on = day(2);
		const query = { serviceId: chosen(serviceId), from: on, to: on, returnAll: true };
		const before = await call('availability', 'getSlots', query);
		const [visit] = await call('appointment', 'create', { clientId: chosen(clientId), serviceId: chosen(serviceId), staffId: chosen(staffId), start: `${on}T11:00:00` });
		expect(visit).toMatchObject({ clientId, staffId, serviceIds: [serviceId], start: `${on}T11:00:00+05:00`, status: 'booked' });
		const after = await call('availability', 'getSlots', query);
		const starts = (slots: readonly IDataObject[]): unknown[] => slots.map(({ start }) => start);
		expect(starts(before)).toContain(`${on}T11:00:00+05:00`);
		expect(starts(after)).not.toContain(`${on}T11:00:00+05:00`);
		expect(starts(before).some((start) => String(start).includes('T14:'))).toBe(false);
	});

	it('books once however often the node of one execution is retried, and twice for two executions', async () => {
		const on = day(3);
		const booking = { resource: 'appointment', operation: 'create', clientId: chosen(clientId), serviceId: chosen(serviceId), staffId: chosen(staffId), start: `${on}T16:00:00` };
		const first = await run({ nodes: [node(booking)], executionId: 'same' });
		const retried = await run({ nodes: [node(booking)], executionId: 'same' });
		expect(json(retried, NODE)[0]?.id).toBe(succeeded(first, NODE)[0]?.id);
		const other = await run({ nodes: [node(booking)], executionId: 'another' });
		expect(failure(other).message).toMatch(/already/i);
	});

	it('moves, marks and cancels an appointment, and lists it by its day', async () => {
		const on = day(4);
		const [visit] = await call('appointment', 'create', { clientId: chosen(clientId), serviceId: chosen(serviceId), staffId: chosen(staffId), start: `${on}T10:00:00` });
		const id = chosen(visit?.id);
		const [moved] = await call('appointment', 'reschedule', { appointmentId: id, start: `${on}T17:00:00+05:00` });
		expect(moved).toMatchObject({ id: visit?.id, start: `${on}T17:00:00+05:00` });
		const [marked] = await call('appointment', 'setStatus', { appointmentId: id, status: 'confirmed' });
		expect(marked?.status).toBe('confirmed');
		const listed = await call('appointment', 'getAll', { returnAll: true, filters: { from: `${on}T00:00:00`, to: `${on}T23:59:00` } });
		expect(listed.map((one) => one.id)).toEqual([visit?.id]);
		const [cancelled] = await call('appointment', 'cancel', { appointmentId: id });
		expect(cancelled?.status).toBe('cancelled');
	});

	it('gives no free start on a day off, and none of the days when nobody works', async () => {
		const on = day(6);
		await call('staff', 'addException', { staffId: chosen(staffId), date: on, kind: 'off' });
		expect(await call('availability', 'getDays', { serviceId: chosen(serviceId), from: on, to: on })).toEqual([]);
		await call('staff', 'addException', { staffId: chosen(staffId), date: on, kind: 'none' });
		expect(await call('availability', 'getDays', { serviceId: chosen(serviceId), from: on, to: on })).toEqual([{ date: on }]);
	});

	it('finds a client by any spelling of the phone, updates the card and erases it', async () => {
		const [created] = await call('client', 'create', { name: 'Olga', phone: '+79167654321' });
		expect(await call('client', 'findByPhone', { phone: '8 (916) 765-43-21' })).toEqual([created]);
		const [renamed] = await call('client', 'update', { clientId: chosen(created?.id), updateFields: { name: 'Olga Ivanova' } });
		expect(renamed).toEqual({ ...created, name: 'Olga Ivanova' });
		expect(await call('client', 'delete', { clientId: chosen(created?.id) })).toEqual([{ id: created?.id, deleted: true }]);
		expect(await call('client', 'findByPhone', { phone: '+79167654321' })).toEqual([]);
	});

	it('writes down a sale with its total and lists it', async () => {
		const [sale] = await call('sale', 'create', { lines: { line: [{ title: 'Shampoo', quantity: 2, unitPrice: 350 }] }, buyerId: chosen(clientId) });
		expect(sale).toMatchObject({ clientId, total: 70_000, currency: 'RUB' });
		expect(await call('sale', 'getAll', { returnAll: true })).toMatchObject([{ id: sale?.id, total: 70_000 }]);
	});

	it('fills an empty salon with demo data once and leaves a salon that is set up alone', async () => {
		const demo = { resource: 'demo', operation: 'createDemoSalon', salonId: 'shown' };
		expect(succeeded(await run({ nodes: [node(demo)] }), NODE)).toEqual([{ salonId: 'shown', created: true }]);
		expect(succeeded(await run({ nodes: [node({ ...demo, salonId: 'lavender' })] }), NODE)).toEqual([{ salonId: 'lavender', created: false }]);
		const clients = succeeded(await run({ nodes: [node({ resource: 'client', operation: 'getAll', returnAll: true, salonId: 'shown' })] }), NODE);
		expect(clients).toHaveLength(300);
		expect(new Set(clients.map(({ id }) => id)).size).toBe(300);
	});

	it('pages through every appointment once', async () => {
		const all = succeeded(await run({ nodes: [node({ resource: 'appointment', operation: 'getAll', returnAll: true, salonId: 'shown' })] }), NODE);
		expect(all.length).toBeGreaterThan(1000);
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		const some = succeeded(await run({ nodes: [node({ resource: 'appointment', operation: 'getAll', limit: 7, salonId: 'shown' })] }), NODE);
		expect(some).toEqual(all.slice(0, 7));
	});

	it('never shows one salon to another', async () => {
		const clients = succeeded(await run({ nodes: [node({ resource: 'client', operation: 'getAll', search: 'Anna Petrova' })] }), NODE);
		expect(clients.map(({ id }) => id)).toEqual([clientId]);
		const other = await run({ nodes: [node({ resource: 'client', operation: 'get', clientId: chosen(clientId), salonId: 'shown' })] });
		expect(failure(other).message).toBe('The record was not found');
	});

	it('pairs every output with the item it came from', async () => {
		const result = await run({
			nodes: [node({ resource: 'client', operation: 'findByPhone', phone: '={{ $json.phone }}' })],
			items: [{ phone: '+79160000000' }, { phone: '+79161234567' }],
		});
		expect(output(result, NODE)).toMatchObject([{ json: { id: clientId }, pairedItem: { item: 1 } }]);
	});

	it('goes on after a bad item when told so, and names the item in the error when not', async () => {
		const items = [{ phone: 'nonsense' }, { phone: '+79161234567' }];
		const find = { resource: 'client', operation: 'findByPhone', phone: '={{ $json.phone }}' };
		const going = await run({ nodes: [node(find, { onError: 'continueRegularOutput' })], items });
		expect(json(going, NODE)).toMatchObject([{ error: 'The phone is not a valid number' }, { id: clientId }]);
		const stopped = failure(await run({ nodes: [node(find)], items: [...items].reverse() }));
		expect(stopped).toMatchObject({ context: { itemIndex: 1 } });
		expect(stopped.description).toMatch(/\[phone_invalid\]/);
	});

	it('refuses the embedded database in queue mode with what to do', async () => {
		process.env.EXECUTIONS_MODE = 'queue';
		const result = await run({ nodes: [node({ resource: 'company', operation: 'get' })] });
		delete process.env.EXECUTIONS_MODE;
		expect(failure(result).description).toMatch(/Postgres/);
	});

	it('says that a salon is not set up instead of an empty answer', async () => {
		const result = await run({ nodes: [node({ resource: 'service', operation: 'getAll', salonId: 'nowhere' })] });
		expect(failure(result).message).toBe('The record was not found');
	});

	it('takes the file of the credential instead of the default one', async () => {
		const elsewhere = await run({
			nodes: [node({ resource: 'company', operation: 'get' }, { credentials: { aiAdminStoreApi: { id: '1', name: 'Store' } } })],
			credentials: { aiAdminStoreApi: { engine: 'sqlite', file: `${process.env.N8N_USER_FOLDER}/elsewhere.sqlite`, encryptionKey: 'own' } },
		});
		expect(failure(elsewhere).message).toBe('The record was not found');
	});
});
