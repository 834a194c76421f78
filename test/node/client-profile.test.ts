import { closeNodes, failure, json, nodeType, output, run, succeeded } from './support/harness';
import type { IDataObject, INodeParameters, IRun } from 'n8n-workflow';
import { createSync } from '../../core/sync';
import { openNodeStore } from '../../nodes/shared/store';
import { client, createCrmDouble, visit } from '../unit/sync/double';
import { differences, outputSchema } from './support/schema';

jest.setTimeout(60_000);

const NODE = 'Profiles';
const SALON = 'copied';
const DAY_MS = 86_400_000;
const MARIA = '+79161110001';
const on = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
const at = (days: number): { start: string; end: string } => ({ start: on(days), end: new Date(Date.parse(on(days)) + 3_600_000).toISOString() });

function attempt(parameters: INodeParameters, items: readonly IDataObject[] = [{}], onError?: 'continueRegularOutput'): Promise<IRun> {
	return run({ nodes: [{ name: NODE, type: 'clientProfile', parameters: { salonId: SALON, ...parameters }, ...(onError === undefined ? {} : { onError }) }], items });
}

async function call(parameters: INodeParameters): Promise<readonly IDataObject[]> {
	return succeeded(await attempt(parameters), NODE);
}

beforeAll(async () => {
	const node = { id: '1', name: NODE, type: 'n8n-nodes-ai-admin.clientProfile', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const { store } = await openNodeStore({ getNode: () => node, getCredentials: () => Promise.reject(new Error('No credential is chosen')) });
	const double = createCrmDouble({ pageSize: 50 });
	double.put('company', { entity: 'company', id: '1', name: 'Салон', zone: 'Europe/Moscow', currency: 'RUB', extra: {} });
	double.put('services', { entity: 'service', id: 'cut', title: 'Стрижка', active: true, extra: {} });
	double.put('staff', { entity: 'staff', id: 's1', name: 'Анна', active: true, extra: {} });
	double.put('clients', client('1', { name: 'Мария', phone: MARIA, totalSpent: 900_000 }));
	for (const [index, days] of [10, 40, 70].entries()) double.put('visits', visit(`a${index}`, '1', at(days)));
	double.put('visits', visit('next', '1', { ...at(-1), status: 'booked', createdAt: on(20) }));
	for (let index = 2; index <= 5; index++) {
		double.put('clients', client(`${index}`, { phone: index > 3 ? '+79165550000' : undefined, totalSpent: 1000 }));
		for (const days of [100, 130, 160]) double.put('visits', visit(`b${index}-${days}`, `${index}`, at(days)));
	}
	await createSync({ store, crm: double.crm, reader: double.reader, tenant: SALON }).run({ kind: 'full' });
});

afterAll(closeNodes);

describe('Client Profile', () => {
	it('puts out a client by phone and by ID, in the shape its schema tells', async () => {
		const items = await call({ operation: 'get', phone: '+7 916 111-00-01' });
		expect(items).toMatchObject([
			{
				salonId: SALON, clientId: '1', name: 'Мария', segments: ['regular', 'vip'], historyKnown: true, visits: 3, usualInterval: { days: 30, samples: 2 }, favouriteServices: [{ id: 'cut', name: 'Стрижка', active: true, visits: 3 }],
				favouriteStaff: [{ id: 's1', name: 'Анна' }], currency: 'RUB', totalSpent: 900_000, servicesAmount: 150_000, nextVisit: { visitId: 'next', end: 'ahead' },
			},
		]);
		expect(items[0]?.latestVisits).toHaveLength(4);
		expect(items.flatMap((item) => differences(item, outputSchema('ClientProfile', '', 'get')))).toEqual([]);
		expect(await call({ operation: 'get', clientBy: 'id', clientId: '1' })).toEqual(items);
		expect((await call({ operation: 'get', phone: '+79165550000' })).map(({ clientId }) => clientId)).toEqual(['4', '5']);
	});

	it('lists a segment, with limit and filters, and leaves out who opted out', async () => {
		const ids = async (parameters: INodeParameters): Promise<readonly unknown[]> => (await call({ operation: 'getAll', ...parameters })).map(({ clientId }) => clientId);
		expect(await ids({ segment: 'sleeping' })).toEqual(['2', '3', '4', '5']);
		expect(await ids({ segment: 'sleeping', limit: 2 })).toEqual(['2', '3']);
		expect(await ids({ segment: 'sleeping', filters: { phoneOnly: true } })).toEqual(['4', '5']);
		expect(await ids({ segment: 'any', returnAll: true, filters: { serviceId: 'cut', staffId: 's1' } })).toEqual(['1', '2', '3', '4', '5']);
		expect(await ids({ segment: 'any', filters: { staffId: 's9' } })).toEqual([]);
		await call({ operation: 'updateNotes', clientBy: 'id', clientId: '5', notes: { optedOut: true } });
		// the other card of the phone is the same person's
		expect(await ids({ segment: 'sleeping', filters: { phoneOnly: true } })).toEqual([]);
		expect(await ids({ segment: 'sleeping', filters: { phoneOnly: true, withOptedOut: true } })).toEqual(['4', '5']);
		await call({ operation: 'updateNotes', clientBy: 'id', clientId: '4', notes: { optedOut: false } });
		expect(await ids({ segment: 'sleeping', filters: { phoneOnly: true } })).toEqual(['4', '5']);
		await call({ operation: 'updateNotes', clientBy: 'id', clientId: '3', notes: { optedOut: true } });
		expect(await ids({ segment: 'sleeping' })).toEqual(['2', '4', '5']);
		await call({ operation: 'updateNotes', clientBy: 'id', clientId: '3', notes: { optedOut: false } });
		const items = await call({ operation: 'getAll', segment: 'any' });
		expect(items.flatMap((item) => differences(item, outputSchema('ClientProfile', '', 'getAll')))).toEqual([]);
	});

	it('puts out visits ahead with their risk and its reasons', async () => {
		const items = await call({ operation: 'getRisk', to: on(-3).slice(0, 10) });
		expect(items).toMatchObject([{ appointmentId: 'next', clientId: '1', phone: MARIA, staffName: 'Анна', services: [{ id: 'cut' }], time: expect.stringMatching(/^\d\d:\d\d$/), level: 'low' }]);
		expect(items[0]?.risk).toBeGreaterThan(0);
		expect(items.flatMap((item) => differences(item, outputSchema('ClientProfile', '', 'getRisk')))).toEqual([]);
		expect(await call({ operation: 'getRisk', to: on(-3).slice(0, 10), level: 'high' })).toEqual([]);
		expect(await call({ operation: 'getRisk', from: on(-5).slice(0, 10) })).toEqual([]);
	});

	it('writes our own fields only, keeps the day of the first consent, and empties what is emptied', async () => {
		const update = (notes: IDataObject): Promise<readonly IDataObject[]> => call({ operation: 'updateNotes', clientBy: 'id', clientId: '2', notes } as INodeParameters);
		const [first] = await update({ note: 'Любит чай', consent: 'given', dative: 'Марии', genitive: 'Марии' });
		expect(first).toMatchObject({ note: 'Любит чай', nameForms: { dative: 'Марии', genitive: 'Марии' }, consentAt: expect.any(String), optedOutAt: null });
		expect(differences(first, outputSchema('ClientProfile', '', 'updateNotes'))).toEqual([]);
		const [second] = await update({ consent: 'given', note: '', genitive: '' });
		expect(second).toMatchObject({ note: null, nameForms: { dative: 'Марии' }, consentAt: first?.consentAt });
		expect((await update({ consent: 'withdrawn' }))[0]?.consentAt).toBeNull();
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a salon without a copy', { salonId: 'nothing', operation: 'get', phone: MARIA }, /CRM Sync/],
		['a client the copy does not know', { operation: 'get', phone: '+79990000000' }, /no such client/],
		['a phone that is none', { operation: 'get', phone: '12' }, /country code/],
		['an ID that is none', { operation: 'get', clientBy: 'id', clientId: ' ' }, /Client ID/],
		['a segment nobody knows', { operation: 'getAll', segment: '={{ "rich" }}' }, /sleeping/],
		['a range turned round', { operation: 'getRisk', from: '2026-11-24', to: '2026-11-23' }, /From Date/],
		['notes of several clients', { operation: 'updateNotes', phone: '+79165550000', notes: { note: 'x' } }, /ID/],
		['no change at all', { operation: 'updateNotes', phone: MARIA, notes: {} }, /Add a field/],
		['a note without end', { operation: 'updateNotes', phone: MARIA, notes: { note: 'x'.repeat(2001) } }, /2000/],
	])('refuses %s and says what to do', async (_title, parameters, todo) => {
		expect(failure(await attempt(parameters)).description).toMatch(todo);
	});

	it('pairs items, and goes on after a bad one when told so', async () => {
		const result = await attempt({ operation: 'get', phone: '={{ $json.phone }}' }, [{ phone: MARIA }, { phone: 'x' }, { phone: '+79165550000' }], 'continueRegularOutput');
		expect(output(result, NODE).map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 2].map((item) => ({ item })));
		expect(json(result, NODE)[1]).toEqual({ error: 'The phone is not a valid number', details: expect.any(String) });
	});

	it('is no tool: a model must not read one client for another', async () => {
		expect((await nodeType('clientProfile')).description.usableAsTool).toBeUndefined();
	});
});

describe('Booking Agent over the same copy', () => {
	it('asks the client the channel vouches for whether to book as usual, and nobody else', async () => {
		const connections = { CRM: { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] } };
		const crm = { name: 'CRM', type: 'bookingCrm', parameters: { crm: 'builtin', salonId: 'usual', demoSalon: true } };
		const say = async (item: IDataObject): Promise<IDataObject | undefined> => (succeeded(await run({ nodes: [{ name: 'Agent', type: 'bookingAgent', parameters: { operation: 'answer', source: 'fields' } }, crm], connections, items: [item] }), 'Agent') as IDataObject[])[0];
		await say({ chatId: 'first', text: 'Здравствуйте', messageId: '1' });
		const look = async (resource: string): Promise<readonly IDataObject[]> => succeeded(await run({ nodes: [{ name: 'Look', type: 'builtinBooking', parameters: { resource, operation: 'getAll', salonId: 'usual', returnAll: true } }] }), 'Look');
		const [staff, services] = [await look('staff'), await look('service')];
		const person = staff[0];
		const serviceId = String((person?.services as IDataObject[] | undefined)?.[0]?.serviceId ?? services[0]?.id);
		const node = { id: '1', name: NODE, type: 'n8n-nodes-ai-admin.clientProfile', typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
		const { store } = await openNodeStore({ getNode: () => node, getCredentials: () => Promise.reject(new Error('No credential is chosen')) });
		const double = createCrmDouble();
		double.put('clients', client('1', { phone: '+79160009988' }));
		for (const days of [20, 50]) double.put('visits', visit(`v${days}`, '1', { ...at(days), staffId: String(person?.id), lines: [{ serviceId, title: 'x', amount: 1, cost: 1 }] }));
		await createSync({ store, crm: double.crm, reader: double.reader, tenant: 'usual' }).run({ kind: 'full' });
		expect((await say({ chatId: 'known', text: 'Здравствуйте', messageId: '1', phone: '+79160009988', phoneVerified: true }))?.text).toMatch(/обычно: /);
		expect((await say({ chatId: 'claimed', text: 'Здравствуйте, мой номер +79160009988', messageId: '1', phone: '+79160009988', phoneVerified: false }))?.text).not.toMatch(/обычно/);
	});
});
