import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cut } from '../kit';
import { type DikidiOptions, type DikidiSimulator, isSigned, signedHeaders, startDikidi } from './index';

const started: { close(): Promise<void> }[] = [];

afterEach(async () => {
	await Promise.all(started.splice(0).map((one) => one.close()));
});

async function company(options: DikidiOptions = {}): Promise<DikidiSimulator> {
	const sim = await startDikidi(options);
	started.push(sim);
	return sim;
}

interface Told {
	readonly status: number;
	readonly text: string;
}

/** Posts a command as our side does. */
async function command(sim: DikidiSimulator, name: string, payload: object, id = 'cmd-1', secret = sim.secret, more: object = {}): Promise<Told> {
	const body = JSON.stringify({ schema: 'booking.command.v1', command_id: id, command: name, company_id: sim.companyId, payload, ...more });
	const response = await fetch(sim.gatewayUrl, { method: 'POST', body, headers: signedHeaders(secret, id, Math.floor(sim.clock.now() / 1000), body) });
	return { status: response.status, text: await response.text() };
}

const resultOf = (told: Told): Record<string, unknown> => (JSON.parse(told.text) as { readonly result: Record<string, unknown> }).result;

function wish({ ids }: DikidiSimulator, more: object = {}): object {
	return { client: { name: 'Anna', phone: '+79990000001' }, service_ids: [ids.services.get('cut')], staff_id: ids.staff.get('Anna'), starts_at: '2026-11-24T12:00:00+03:00', ...more };
}

describe('commands to the owner’s gateway (our own definition)', () => {
	it('books with a signature only, and says what it made', async () => {
		const sim = await company();
		expect((await command(sim, 'booking.create', wish(sim), 'c', 'other')).status).toBe(401);
		expect((await command(sim, 'booking.create', wish(sim), 'c', sim.secret, { company_id: '1' })).status).toBe(403);
		const told = await command(sim, 'booking.create', wish(sim));
		expect([told.status, resultOf(told)]).toEqual([200, { booking_id: [...sim.state.bookings.keys()][0] }]);
		sim.clock.advance(-301_000);
		const body = '{}';
		const stale = await fetch(sim.gatewayUrl, { method: 'POST', body, headers: signedHeaders(sim.secret, 'c', Math.floor(sim.clock.now() / 1000) + 301, body) });
		expect(stale.status).toBe(401);
	});

	it('does one command once when it is idempotent, and again when it is not', async () => {
		const sim = await company();
		const first = await command(sim, 'booking.create', wish(sim));
		expect(await command(sim, 'booking.create', wish(sim))).toEqual(first);
		sim.switches.gatewayIdempotent = 'no';
		expect((await command(sim, 'booking.create', wish(sim))).status).toBe(409);
		expect((await command(sim, 'booking.create', wish(sim, { staff_id: sim.ids.staff.get('Maria') }))).status).toBe(200);
		expect(sim.state.bookings.size).toBe(2);
	});

	it('answers by its mode: taken, unsupported, plain 200, down', async () => {
		const sim = await company();
		const create = async (): Promise<Told> => await command(sim, 'booking.create', wish(sim), `c-${sim.switches.gateway}`);
		sim.switches.gateway = 'slot-taken';
		expect(await create()).toEqual({ status: 409, text: '{"ok":false,"code":"SLOT_TAKEN"}' });
		sim.switches.gateway = 'unsupported';
		expect(await create()).toEqual({ status: 501, text: '{"ok":false,"code":"UNSUPPORTED"}' });
		sim.switches.gateway = 'plain-200';
		expect(await create()).toEqual({ status: 200, text: 'ok' });
		sim.switches.plainBody = 'ok_true';
		expect(await create()).toEqual({ status: 200, text: '{"ok":true}' });
		sim.switches.gateway = 'down';
		expect((await create()).status).toBe(503);
		expect(sim.state.bookings.size).toBe(0);
		sim.switches.gateway = 'sync';
		sim.gateway.supported.delete('booking.create');
		expect((await create()).status).toBe(501);
	});

	it('reads, moves and cancels', async () => {
		const sim = await company();
		const { booking_id: id } = resultOf(await command(sim, 'booking.create', wish(sim), 'c1'));
		const day = { service_ids: [sim.ids.services.get('cut')], staff_id: sim.ids.staff.get('Anna'), date_from: '2026-11-24', date_to: '2026-11-24' };
		const starts = async (): Promise<string[]> => (resultOf(await command(sim, 'slots.list', day, 'r')).slots as readonly { readonly starts_at: string }[]).map((slot) => slot.starts_at.slice(11, 16));
		expect(await starts()).not.toContain('12:00');
		expect((await command(sim, 'booking.reschedule', { booking_id: id, starts_at: '2026-11-24T12:30:00+03:00' }, 'c2')).status).toBe(200);
		expect(await starts()).toContain('11:30');
		expect((await command(sim, 'booking.cancel', { booking_id: id }, 'c3')).status).toBe(200);
		expect((await command(sim, 'booking.cancel', { booking_id: id }, 'c4')).status).toBe(422);
		expect(await starts()).toContain('12:30');
		expect(resultOf(await command(sim, 'booking.list', { phone: '+79990000001' }, 'c5')).bookings).toMatchObject([{ id, status: 'cancelled' }]);
		expect((await command(sim, 'booking.get', { booking_id: '1' }, 'c6')).status).toBe(404);
	});

	it('books once when the answer is lost and the command is sent again', async () => {
		const sim = await company();
		sim.faults.add(cut('done'), { path: /gateway/ });
		await expect(command(sim, 'booking.create', wish(sim))).rejects.toThrow();
		expect((await command(sim, 'booking.create', wish(sim))).status).toBe(200);
		expect(sim.state.bookings.size).toBe(1);
		expect(sim.gateway.seen.map(({ repeated }) => repeated)).toEqual([false, true]);
	});
});

describe('events to us (our own definition; platforms: at least once, strings, local times)', () => {
	interface Arrived {
		readonly body: string;
		readonly headers: IncomingHttpHeaders;
		readonly url: string;
	}

	async function listening(sim: DikidiSimulator, status = 200): Promise<readonly Arrived[]> {
		const arrived: Arrived[] = [];
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				arrived.push({ body, headers: request.headers, url: request.url ?? '' });
				response.writeHead(status).end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		started.push({ close: async () => await new Promise<void>((resolve) => server.close(() => resolve())) });
		sim.events.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
		return arrived;
	}

	const book = ({ desk, ids }: DikidiSimulator): ReturnType<DikidiSimulator['desk']['book']> => desk.book('Анна', '+79990000001', ids.services.get('cut') ?? '', ids.staff.get('Anna') ?? '', '2026-11-24T12:00:00+03:00');

	it('signs the raw bytes, names itself, and writes local times and prices as strings', async () => {
		const sim = await company();
		const arrived = await listening(sim);
		book(sim);
		await sim.events.sender.flush();
		const [one] = arrived;
		expect(JSON.parse(one?.body ?? '')).toMatchObject({
			schema: 'booking.gateway.v1', event: 'booking.created', source: 'dikidi', company_id: '100500', event_id: expect.stringMatching(/^evt_/),
			booking: { status: 'created', starts_at: '2026-11-24T12:00:00', ends_at: '2026-11-24T13:00:00', timezone: 'Europe/Moscow', total: '2500.00', services: [{ price: '2500.00', duration_min: 60 }] },
			client: { id: null, phone: '+79990000001' },
		});
		const now = sim.clock.now() / 1000;
		expect(isSigned(sim.secret, one?.headers ?? {}, one?.body ?? '', now)).toBe(true);
		expect(isSigned(sim.secret, one?.headers ?? {}, `${one?.body ?? ''} `, now)).toBe(false);
		expect(isSigned(sim.secret, one?.headers ?? {}, one?.body ?? '', now + 301)).toBe(false);
	});

	it('proves itself worse, or not at all, as told', async () => {
		const sim = await company();
		const arrived = await listening(sim, 401);
		for (const way of ['bad-signature', 'stale', 'header', 'query', 'none'] as const) {
			sim.events.authenticity = way;
			sim.events.post('test.ping');
			await sim.events.sender.flush();
		}
		const firsts = arrived.filter((_, index) => index % 3 === 0);
		const now = sim.clock.now() / 1000;
		expect(firsts.map(({ headers, body }) => isSigned(sim.secret, headers, body, now))).toEqual([false, false, false, false, false]);
		expect(firsts[1]?.headers['x-gateway-timestamp']).toBe(String(now - 301));
		expect(firsts[2]?.headers['x-gateway-token']).toBe(sim.secret);
		expect(firsts[3]?.url).toBe(`/hook?token=${sim.secret}`);
		expect(Object.keys(firsts[4]?.headers ?? {}).filter((name) => name.startsWith('x-gateway'))).toEqual([]);
	});

	it('writes other numbers, times and phones by switch, and leaves the id out', async () => {
		const sim = await company({ switches: { eventNumbers: 'comma', eventTimes: 'naive_without_zone', eventPhones: 'local', eventIds: 'absent' } });
		const arrived = await listening(sim);
		book(sim);
		await sim.events.sender.flush();
		const event = JSON.parse(arrived[0]?.body ?? '') as Record<string, Record<string, unknown>>;
		expect(event).not.toHaveProperty('event_id');
		expect(event.booking).toMatchObject({ total: '2500,00', starts_at: '2026-11-24T12:00:00' });
		expect(event.booking).not.toHaveProperty('timezone');
		expect(event.client?.phone).toBe('89990000001');
	});

	it('sends twice and in the wrong order', async () => {
		const sim = await company();
		const arrived = await listening(sim);
		Object.assign(sim.events.sender.faults, { copies: 2, reversed: true });
		const { id } = book(sim);
		sim.clock.advance(60_000);
		sim.desk.mark(id, 'cancelled');
		await sim.events.sender.flush();
		expect(arrived.map(({ body }) => (JSON.parse(body) as { readonly event: string }).event)).toEqual(['booking.cancelled', 'booking.cancelled', 'booking.created', 'booking.created']);
	});

	it('tells the end of an accepted command by an event that names it', async () => {
		const sim = await company({ switches: { gateway: 'async' } });
		const arrived = await listening(sim);
		expect(await command(sim, 'booking.create', wish(sim), 'c1')).toEqual({ status: 202, text: '{"ok":true,"pending":true}' });
		expect((await command(sim, 'booking.create', wish(sim, { client: { name: 'Olga', phone: '+79990000002' } }), 'c2')).status).toBe(202);
		expect(sim.state.bookings.size).toBe(0);
		await sim.gateway.finish();
		expect(sim.state.bookings.size).toBe(1);
		expect(arrived.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
			{ event: 'booking.created', command_id: 'c1' },
			{ event: 'booking.cancelled', command_id: 'c2' },
		]);
	});
});
