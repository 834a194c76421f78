import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeNodes } from './support/harness';
import { triggerBench, type Received, type Request, type TriggerBench } from './support/trigger-bench';
import { differences, type Schema } from './support/schema';
import { startDikidi, type DikidiSimulator, signedHeaders } from '../contract/simulators/dikidi';
import SCHEMA from '../../nodes/DikidiBookingTrigger/__schema__/v1.0.0.json';
import type { INodeParameters } from 'n8n-workflow';

const ALL = ['booking.created', 'booking.updated', 'booking.rescheduled', 'booking.cancelled', 'booking.completed', 'booking.no_show', 'client.created', 'client.updated', 'test.ping'];
const open: DikidiSimulator[] = [];
const servers: Server[] = [];

afterAll(async () => {
	await Promise.all(open.map((sim) => sim.close()));
	for (const server of servers) server.close();
	await closeNodes();
});

interface World {
	readonly sim: DikidiSimulator;
	readonly trigger: TriggerBench;
	/** Hands everything the platform has sent since to the trigger, in its order. */
	deliver(): Promise<readonly Received[]>;
}

let workflows = 0;

/** An address where every delivery is taken at once; what it says is read from the platform's own list. */
async function taken(): Promise<string> {
	const server = createServer((request, response) => void request.resume().on('end', () => response.writeHead(200).end()));
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

async function world({ proof = 'hmac', parameters = {}, credential = {} }: { readonly proof?: string; readonly parameters?: INodeParameters; readonly credential?: Record<string, string> } = {}): Promise<World> {
	const sim = await startDikidi({ now: new Date().toISOString(), running: true });
	open.push(sim);
	sim.events.url = await taken();
	const credentials = { aiAdminDikidiApi: { companyId: sim.companyId, gatewayUrl: '', gatewaySecret: sim.secret, commands: [], idempotent: false, eventProof: proof, baseUrl: sim.url, ...credential } };
	const trigger = await triggerBench({ node: 'dikidiBookingTrigger', parameters: { events: ALL, zone: 'Europe/Moscow', crmOptions: {}, ...parameters }, credentials, workflowId: `dikidi-${(workflows += 1)}` });
	let handed = 0;
	return {
		sim,
		trigger,
		async deliver() {
			await sim.events.sender.flush();
			const fresh = sim.events.sender.deliveries.slice(handed);
			handed += fresh.length;
			const received: Received[] = [];
			for (const { call } of fresh) received.push(await trigger.deliver(requestOf(call)));
			return received;
		},
	};
}

const requestOf = ({ url, headers, body }: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }): Request => ({
	query: Object.fromEntries(new URL(url).searchParams),
	headers: { ...headers },
	body: JSON.parse(body) as unknown,
	raw: Buffer.from(body),
});
const inDays = (days: number): string => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T12:00:00+03:00`;
const book = ({ desk }: DikidiSimulator, days = 3) => desk.book('Анна', '+79990000001', '9001', '501', inDays(days));

describe('DIKIDI Booking Trigger', () => {
	it('needs nobody to register at', async () => {
		const { trigger } = await world();
		await trigger.publish();
		await trigger.unpublish();
	});

	it('gives an event in the fields of every trigger, with the whole of it beside them', async () => {
		const { sim, deliver } = await world();
		const { id } = book(sim);
		sim.desk.mark(id, 'cancelled');
		const [created, cancelled] = await deliver();
		expect(created).toMatchObject({
			status: 200,
			items: [{
				event: 'appointment', change: 'create', id, problem: null,
				record: { id, clientId: ':+79990000001', serviceIds: ['9001'], staffId: '501', start: inDays(3), status: 'booked', price: { min: 250_000, currency: 'RUB' } },
				gatewayEvent: { event: 'booking.created', companyId: '100500', client: { phone: '+79990000001' }, raw: { source: 'dikidi' } },
			}],
		});
		expect(cancelled?.items).toMatchObject([{ change: 'delete', id, record: { status: 'cancelled' } }]);
		for (const item of created?.items ?? []) expect(differences(item, SCHEMA as Schema)).toEqual([]);
	});

	it('lets one piece of news through once, however often it comes, also with another signature', async () => {
		const { sim, trigger, deliver } = await world();
		Object.assign(sim.events.sender.faults, { copies: 3 });
		book(sim);
		const received = await deliver();
		expect(received.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(received.filter(({ items }) => items !== null)).toHaveLength(1);
		const body = sim.events.sender.deliveries[0]?.call.body ?? '';
		const again = signedHeaders(sim.secret, 'other', Math.floor(Date.now() / 1000), body);
		expect(await trigger.deliver({ headers: { ...again }, body: JSON.parse(body) as unknown, raw: Buffer.from(body) })).toEqual({ status: 200, items: null });
	});

	it('holds a burst of fifty at once, each once', async () => {
		const { sim, trigger } = await world();
		for (let index = 0; index < 50; index += 1) sim.events.post('client.updated', { client: { id: String(index % 25), name: 'Анна' }, event_id: `evt_${index % 25}` });
		await sim.events.sender.flush();
		const received = await Promise.all(sim.events.sender.deliveries.map(({ call }) => trigger.deliver(requestOf(call))));
		expect(received.every(({ status }) => status === 200)).toBe(true);
		expect(new Set(received.flatMap(({ items }) => items?.map(({ id, gatewayEvent }) => JSON.stringify([id, gatewayEvent])) ?? [])).size).toBe(25);
		expect(received.filter(({ items }) => items !== null)).toHaveLength(25);
	});

	it.each([['bad-signature', 'hmac'], ['stale', 'hmac'], ['none', 'hmac'], ['header', 'hmac'], ['none', 'header'], ['none', 'query'], ['hmac', 'header']] as const)('answers 401 and starts nothing, sent by %s where %s is expected', async (sent, proof) => {
		const { sim, deliver } = await world({ proof });
		sim.events.authenticity = sent;
		book(sim);
		for (const one of await deliver()) expect(one).toEqual({ status: 401, items: null });
	});

	it.each([['header', 'header'], ['query', 'query']] as const)('takes a token by %s where it is expected', async (sent, proof) => {
		const { sim, deliver } = await world({ proof });
		sim.events.authenticity = sent;
		book(sim);
		expect((await deliver())[0]).toMatchObject({ status: 200, items: [{}] });
	});

	it('has no way in without a secret', async () => {
		for (const proof of ['hmac', 'header', 'query']) {
			const { sim, trigger } = await world({ proof, credential: { gatewaySecret: '' } });
			const body = JSON.stringify({ schema: 'booking.gateway.v1', event: 'test.ping', company_id: sim.companyId });
			const headers = { ...signedHeaders('', 'e', Math.floor(Date.now() / 1000), body), 'x-gateway-token': '' };
			expect(await trigger.deliver({ query: { token: '' }, headers, body: {}, raw: Buffer.from(body) })).toEqual({ status: 401, items: null });
		}
	});

	it('answers a wrong company, a wrong body and a wrong shape by the contract, and starts nothing', async () => {
		const { sim, trigger } = await world();
		const send = (body: string): Promise<Received> => trigger.deliver({ headers: { ...signedHeaders(sim.secret, 'e', Math.floor(Date.now() / 1000), body) }, body: {}, raw: Buffer.from(body) });
		const ping = { schema: 'booking.gateway.v1', event: 'test.ping', company_id: sim.companyId };
		expect(await send(JSON.stringify({ ...ping, company_id: '1' }))).toEqual({ status: 403, items: null });
		expect(await send('ok')).toEqual({ status: 400, items: null });
		expect(await send(JSON.stringify({ ...ping, event: 'booking.created' }))).toEqual({ status: 422, items: null });
		expect(await send(JSON.stringify({ ...ping, filler: 'x'.repeat(300_000) }))).toEqual({ status: 413, items: null });
		expect(await send(JSON.stringify(ping))).toMatchObject({ status: 200, items: [{ event: 'ping', id: null, record: null }] });
	});

	it('answers what is not listened for, and starts nothing', async () => {
		const { sim, deliver } = await world({ parameters: { events: ['booking.cancelled'] } });
		const { id } = book(sim);
		sim.desk.mark(id, 'cancelled');
		expect((await deliver()).map(({ status, items }) => [status, items?.length ?? 0])).toEqual([[200, 0], [200, 1]]);
	});

	it('reads a platform’s own shape by the mapping of the panel', async () => {
		const row = (field: string, path: string, value = ''): INodeParameters => ({ field, path, value });
		const mapping = { field: [row('event', '', 'booking.created'), row('company_id', '', '100500'), row('booking.id', 'lead.num'), row('booking.starts_at', 'lead.when'), row('client.phone', 'lead.tel')] };
		const { trigger, sim } = await world({ proof: 'header', parameters: { crmOptions: { mapping } } });
		const body = JSON.stringify({ lead: { num: 77, when: '2026-11-24 12:00', tel: '89990000001' } });
		const received = await trigger.deliver({ headers: { 'x-gateway-token': sim.secret }, body: {}, raw: Buffer.from(body) });
		expect(received).toMatchObject({ status: 200, items: [{ event: 'appointment', id: '77', record: { start: '2026-11-24T12:00:00+03:00', clientId: ':+79990000001' } }] });
	});

	it('names a setting that cannot be', async () => {
		const { sim, deliver } = await world({ parameters: { zone: 'Moscow' } });
		book(sim);
		await expect(deliver()).rejects.toMatchObject({ message: 'The settings of DIKIDI cannot be used', description: expect.stringContaining('zone') as string });
	});
});
