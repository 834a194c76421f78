import { closeNodes, failure, run, succeeded } from './support/harness';
import type { IDataObject, IRun, INodeParameters } from 'n8n-workflow';

const NODE = 'Salon';
const chosen = (value: unknown): INodeParameters => ({ __rl: true, mode: 'id', value: String(value) });

/** Every attempt is an execution of its own. */
function attempt(parameters: INodeParameters): Promise<IRun> {
	return run({ nodes: [{ name: NODE, type: 'builtinBooking', parameters: { salonId: 'writes', ...parameters } }] });
}

async function call(parameters: INodeParameters): Promise<readonly IDataObject[]> {
	return succeeded(await attempt(parameters), NODE);
}

let booking: INodeParameters;

beforeAll(async () => {
	await call({ resource: 'company', operation: 'update', updateFields: { name: 'Writes', zone: 'Europe/Berlin', currency: 'EUR', country: 'DE' } });
	const [service] = await call({ resource: 'service', operation: 'create', title: 'Haircut', durationMinutes: 60 });
	const [person] = await call({ resource: 'staff', operation: 'create', name: 'Maria', additionalFields: { serviceIds: String(service?.id) } });
	const hours = [{ weekdays: ['1', '2', '3', '4', '5', '6', '7'], from: '10:00', to: '20:00' }];
	await call({ resource: 'staff', operation: 'setSchedule', staffId: chosen(person?.id), schedule: { hours } });
	const [client] = await call({ resource: 'client', operation: 'create', name: 'Anna', phone: '+491711234567' });
	const on = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
	booking = { resource: 'appointment', operation: 'create', clientId: chosen(client?.id), serviceId: chosen(service?.id), staffId: chosen(person?.id), start: `${on}T12:00:00` };
});

afterAll(closeNodes);

describe('writes of Built-in Booking', () => {
	it('have one effect under one operation key, in whatever execution', async () => {
		const [visit] = await call({ ...booking, additionalFields: { operationKey: 'order-1' } });
		expect(await call({ ...booking, additionalFields: { operationKey: 'order-1' } })).toEqual([visit]);

		const move = { resource: 'appointment', operation: 'reschedule', appointmentId: chosen(visit?.id), start: String(booking.start).replace('T12', 'T15'), options: { operationKey: 'order-1-move' } };
		const [moved] = await call(move);
		expect(await call(move)).toEqual([moved]);

		const cancel = { resource: 'appointment', operation: 'cancel', appointmentId: chosen(visit?.id) };
		const [cancelled] = await call({ ...cancel, options: { operationKey: 'order-1-cancel' } });
		expect(await call({ ...cancel, options: { operationKey: 'order-1-cancel' } })).toEqual([cancelled]);
		expect(failure(await attempt(cancel)).message).toBe('The appointment is already cancelled');
	});

	it('refuse to move a visit onto a taken time and leave it where it was', async () => {
		const noon = String(booking.start);
		await call(booking);
		const [other] = await call({ resource: 'client', operation: 'create', name: 'Eva', phone: '+491717654321' });
		const [visit] = await call({ ...booking, clientId: chosen(other?.id), start: noon.replace('T12', 'T14') });
		const refused = failure(await attempt({ resource: 'appointment', operation: 'reschedule', appointmentId: chosen(visit?.id), start: noon.replace('T12:00', 'T12:30') }));
		expect(refused).toMatchObject({ message: 'The time is already taken', description: expect.stringMatching(/\[slot_taken\]$/) as string });
		expect(await call({ resource: 'appointment', operation: 'get', appointmentId: chosen(visit?.id) })).toEqual([visit]);
	});

	it('refuse wall time that a change to summer time leaves out, instead of an hour later', async () => {
		const error = failure(await attempt({ ...booking, start: '2027-03-28T02:30:00' }));
		expect(error.message).toBe('"Start" is a time that the day does not have');
	});

	it('change nothing of a client when a part of the change is refused', async () => {
		const [client] = await call({ resource: 'client', operation: 'create', name: 'Ida', phone: '+491711111111' });
		const error = failure(await attempt({ resource: 'client', operation: 'update', clientId: chosen(client?.id), updateFields: { blocked: true, phone: 'none' } }));
		expect(error.message).toBe('The phone is not a valid number');
		expect(await call({ resource: 'client', operation: 'get', clientId: chosen(client?.id) })).toEqual([client]);
	});

	it('put out a sale as the list of sales does', async () => {
		const [sale] = await call({ resource: 'sale', operation: 'create', lines: { line: [{ title: 'Shampoo', quantity: 3, unitPrice: 9.99 }] }, additionalFields: { soldAt: '2026-07-01T12:00:00' } });
		expect(sale).toMatchObject({ soldAt: '2026-07-01T12:00:00+02:00', total: 2997 });
		expect(await call({ resource: 'sale', operation: 'getAll' })).toEqual([sale]);
	});

	it('name a resource and an operation nobody knows', async () => {
		expect(failure(await attempt({ resource: 'room', operation: 'get' })).message).toBe('The resource "room" is not known');
		expect(failure(await attempt({ resource: 'company', operation: 'erase' })).message).toBe('The operation "erase" is not known');
	});
});
