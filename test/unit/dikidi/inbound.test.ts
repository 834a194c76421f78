import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Authenticity, type Delivery, type FieldRule, type Gate, mappedEvent, parseEvent, type Reception, receive, signedHeaders, supersedes } from '../../../core/crm/dikidi';
import { type DikidiOptions, type DikidiSimulator, startDikidi } from '../../contract/simulators/dikidi';
import { NOW } from '../../contract/support/vendor-bench';

const LOCALE = { zone: 'Europe/Moscow', currency: 'RUB', country: 'RU' };
const gate = (more: Partial<Gate> = {}): Gate => ({ authenticity: 'hmac', secret: 'gateway-secret', companyId: '100500', locale: LOCALE, now: Date.parse(NOW), ...more });
const started: { close(): Promise<void> }[] = [];

afterEach(async () => {
	await Promise.all(started.splice(0).map((one) => one.close()));
});

/** A platform that posts to us, and what came. */
async function platform(options: DikidiOptions = {}): Promise<{ readonly sim: DikidiSimulator; readonly came: Delivery[]; told(more?: Partial<Gate>): readonly Reception[] }> {
	const sim = await startDikidi({ now: NOW, ...options });
	const came: Delivery[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const headers: IncomingHttpHeaders = request.headers;
			came.push({ headers, query: Object.fromEntries(new URL(request.url ?? '', 'http://x').searchParams), body: Buffer.concat(chunks) });
			response.writeHead(200).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	started.push(sim, { close: async () => await new Promise<void>((resolve) => server.close(() => resolve())) });
	sim.events.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	return { sim, came, told: (more) => came.map((delivery) => receive(delivery, gate({ now: sim.clock.now(), ...more }))) };
}

const book = ({ desk }: DikidiSimulator) => desk.book('Анна', '+79990000001', '9001', '501', '2026-11-24T12:00:00+03:00');

describe('who may send an event', () => {
	it.each([
		['hmac', 'hmac', 200], ['bad-signature', 'hmac', 401], ['stale', 'hmac', 401], ['none', 'hmac', 401], ['header', 'hmac', 401],
		['header', 'header', 200], ['none', 'header', 401], ['query', 'header', 401], ['query', 'query', 200], ['none', 'query', 401],
	] as const)('sent by %s, expected by %s: %i', async (sent, authenticity, status) => {
		const { sim, told } = await platform();
		sim.events.authenticity = sent;
		sim.events.post('test.ping');
		await sim.events.sender.flush();
		expect(told({ authenticity }).map((one) => one.status)).toEqual([status]);
	});

	it('nobody without a secret, by another secret, or for another company', async () => {
		const { sim, told } = await platform();
		sim.events.post('test.ping');
		await sim.events.sender.flush();
		for (const authenticity of ['hmac', 'header', 'query'] as const) expect(told({ secret: '', authenticity })[0]?.status).toBe(401);
		expect(told({ secret: 'gateway-secreT' })[0]?.status).toBe(401);
		expect(told({ companyId: '1' })[0]).toMatchObject({ status: 403, event: null });
	});

	const signed = (body: string, seconds: number | string, secret = 'gateway-secret'): Delivery => ({ headers: { ...signedHeaders(secret, 'e', Number(seconds), body), 'x-gateway-timestamp': String(seconds) }, query: {}, body: Buffer.from(body) });
	const ping = JSON.stringify({ schema: 'booking.gateway.v1', event: 'test.ping', company_id: '100500' });
	const now = Date.parse(NOW) / 1000;

	it('within five minutes on either side, by these bytes and no others', () => {
		const status = (delivery: Delivery): number => receive(delivery, gate()).status;
		expect([status(signed(ping, now - 300)), status(signed(ping, now + 300)), status(signed(ping, now - 301)), status(signed(ping, now + 301))]).toEqual([200, 200, 401, 401]);
		expect(status({ ...signed(ping, now), body: Buffer.from(`${ping} `) })).toBe(401);
		expect(status({ ...signed(ping, now), headers: { ...signed(ping, now).headers, 'x-gateway-timestamp': String(now - 1) } })).toBe(401);
		for (const stamp of ['', 'NaN', '-1', `${now}.0`, '1e9', 'Infinity', ` ${now}`]) expect(status(signed(ping, stamp))).toBe(401);
		expect(status({ ...signed(ping, now), headers: { ...signed(ping, now).headers, 'x-gateway-signature': ['v1=', 'v1='] } })).toBe(401);
	});

	it('says why a body is none', () => {
		const status = (body: string): number => receive(signed(body, now), gate()).status;
		expect([status('ok'), status(''), status('{'), status('null'), status('[]'), status('{}')]).toEqual([400, 400, 400, 422, 422, 422]);
		expect(status(ping.replace('v1', 'v2'))).toBe(422);
		const huge = JSON.stringify({ ...(JSON.parse(ping) as object), filler: 'x'.repeat(256 * 1024) });
		expect(status(huge)).toBe(413);
		const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
		expect(receive({ ...signed('', now), body: bytes }, gate()).status).toBe(401);
	});
});

describe('what an event says', () => {
	it.each([{}, { eventTimes: 'naive_without_zone' }, { eventTimes: 'offset' }, { eventNumbers: 'comma' }, { eventNumbers: 'number' }, { eventPhones: 'local' }] as const)('is the same however a platform writes it, %p', async (switches) => {
		const { sim, told } = await platform({ switches });
		const { id } = book(sim);
		await sim.events.sender.flush();
		expect(told()[0]?.event).toMatchObject({
			id: expect.stringMatching(/^evt_/) as string, event: 'booking.created', occurredAt: '2026-11-20T09:00:00+03:00', companyId: '100500', commandId: null,
			booking: { id, status: 'created', start: '2026-11-24T12:00:00+03:00', end: '2026-11-24T13:00:00+03:00', staff: { id: '501', name: 'Anna' }, services: [{ id: '9001', title: 'cut', price: { min: 250_000, max: 250_000, currency: 'RUB' }, durationMinutes: 60 }], price: { min: 250_000 }, comment: null },
			client: { id: null, name: 'Анна', phone: '+79990000001', email: null },
			raw: { source: 'dikidi' },
		});
	});

	it('has one id for one piece of news, also where the platform gives none', async () => {
		const { sim, told } = await platform({ switches: { eventIds: 'absent' } });
		Object.assign(sim.events.sender.faults, { copies: 2 });
		const { id } = book(sim);
		sim.desk.mark(id, 'cancelled');
		await sim.events.sender.flush();
		const ids = told().map(({ event }) => event?.id);
		expect(new Set(ids).size).toBe(2);
		expect(ids.every((one) => /^sha256-[0-9a-f]{64}$/.test(one ?? ''))).toBe(true);
	});

	it('tells the news of two bookings apart where the platform gives no id', async () => {
		const { sim, told } = await platform({ switches: { eventIds: 'absent' } });
		book(sim);
		sim.desk.book('Вера', '+79990000002', '9001', '502', '2026-11-24T12:00:00+03:00');
		sim.events.post('client.updated', { client: { id: '1', name: 'Анна' } });
		sim.events.post('client.updated', { client: { id: '2', name: 'Вера' } });
		await sim.events.sender.flush();
		expect(new Set(told().map(({ event }) => event?.id)).size).toBe(4);
	});

	it('names the command it ends, and keeps what it does not know', async () => {
		const { sim, told } = await platform();
		sim.events.booking('booking.created', book(sim), { commandId: 'cmd_1' });
		sim.events.post('client.updated', { client: { id: '5', name: 'Анна' }, extra: { deep: [1] } });
		await sim.events.sender.flush();
		const events = told().map(({ event }) => event);
		expect(events[1]?.commandId).toBe('cmd_1');
		expect(events[2]).toMatchObject({ client: { id: '5', phone: null }, raw: { extra: { deep: [1] } } });
	});

	const base = { schema: 'booking.gateway.v1', event: 'booking.created', company_id: 100500, booking: { id: 1, starts_at: '2026-11-24T12:00:00' }, client: { phone: '89990000001' } };
	const parse = (input: unknown, count?: (field: string) => void) => parseEvent(input, LOCALE, NOW, count);
	const problems = (changes: object): unknown => {
		const parsed = parse({ ...base, ...changes });
		return parsed.ok ? [] : parsed.problems;
	};

	it('names what is wrong by its path, never by its value', () => {
		expect(problems({})).toEqual([]);
		expect(problems({ event: 'booking.exploded' })).toEqual([{ path: 'event', message: 'invalid' }]);
		expect(problems({ booking: undefined })).toEqual([{ path: 'booking', message: 'required' }]);
		expect(problems({ booking: { id: 1 } })).toEqual([{ path: 'booking.starts_at', message: 'required' }]);
		expect(problems({ booking: { id: 1, starts_at: '2026-02-30T10:00:00' } })).toEqual([{ path: 'booking.starts_at', message: 'invalid' }]);
		expect(problems({ booking: { id: 1, starts_at: '2026-11-24T12:00:00', ends_at: '2026-11-24T11:00:00' } })).toEqual([{ path: 'booking.ends_at', message: 'before the start' }]);
		expect(problems({ booking: { id: 1, starts_at: '2026-03-29T02:30:00', timezone: 'Europe/Berlin' } })).toEqual([{ path: 'booking.starts_at', message: 'the clock jumps over this time' }]);
		expect(problems({ booking: { id: 1, starts_at: '2026-11-24T12:00:00', timezone: 'Mars/Base' } })).toEqual([{ path: 'booking.timezone', message: 'invalid' }]);
		expect(problems({ booking: { id: 1, starts_at: '2026-11-24T12:00:00', services: [{ price: '12 rub' }] } })).toMatchObject([{ path: expect.stringContaining('booking.services') as string }]);
		expect(problems({ client: { phone: 'секрет' } })).toEqual([{ path: 'client.phone', message: 'not a phone; send it with the country code' }]);
		expect(problems({ client: { phone: ' ' } })).toEqual([{ path: 'client.phone', message: 'required' }]);
		expect(problems({ event: 'booking.updated', client: null })).toEqual([]);
	});

	it('tells a status by the booking, else by the event, else not at all', () => {
		const counted: string[] = [];
		const status = (event: string, told?: string): unknown => {
			const parsed = parse({ ...base, event, booking: { ...base.booking, status: told } }, (field) => counted.push(field));
			return parsed.ok ? parsed.event.booking?.status : parsed.problems;
		};
		expect([status('booking.created'), status('booking.cancelled'), status('booking.no_show'), status('booking.updated'), status('booking.updated', 'confirmed'), status('booking.updated', 'dreaming')]).toEqual(['created', 'cancelled', 'no_show', null, 'confirmed', null]);
		expect(counted).toEqual(['booking.status']);
	});

	it('survives any value in any place', () => {
		for (const junk of [null, '', -1, 1e21, true, [], {}, [{}], '__proto__', '🙃'.repeat(3000)]) {
			for (const key of [...Object.keys(base), 'event_id', 'occurred_at', 'command_id']) expect(typeof parse({ ...base, [key]: junk }).ok).toBe('boolean');
			for (const key of ['id', 'status', 'starts_at', 'ends_at', 'timezone', 'staff', 'services', 'total', 'currency', 'comment']) expect(typeof parse({ ...base, booking: { ...base.booking, [key]: junk } }).ok).toBe('boolean');
		}
	});
});

describe('a platform with a shape of its own', () => {
	const body = { trigger: 'new', lead: { num: 77, when: '2026-11-24 12:00', who: { tel: '8 999 000-00-01', name: 'Анна' }, what: 'Стрижка', sum: '2 500' }, booking: { comment: 'у окна' } };
	const rules: readonly FieldRule[] = [
		{ field: 'event', value: 'booking.created' }, { field: 'company_id', value: '100500' }, { field: 'booking.id', path: 'lead.num' }, { field: 'booking.starts_at', path: 'lead.when' },
		{ field: 'booking.services.0.name', path: 'lead.what' }, { field: 'booking.services.0.duration_min', value: '60' }, { field: 'client.phone', path: 'lead.who.tel' }, { field: 'client.email', path: 'lead.who.mail' },
	];

	it('is read by the mapping, and what it sent stays beside', () => {
		const parsed = parseEvent(mappedEvent(body, rules), LOCALE, NOW);
		expect(parsed).toMatchObject({
			ok: true,
			event: {
				event: 'booking.created', companyId: '100500', client: { phone: '+79990000001', email: null }, raw: { lead: { what: 'Стрижка' } },
				booking: { id: '77', start: '2026-11-24T12:00:00+03:00', services: [{ title: 'Стрижка', durationMinutes: 60 }], comment: 'у окна' },
			},
		});
		expect(body).not.toHaveProperty('event');
	});

	it('is told what its mapping does not find, and reaches no prototype', () => {
		expect(parseEvent(mappedEvent(body, rules.filter(({ field }) => field !== 'booking.id')), LOCALE, NOW)).toEqual({ ok: false, problems: [{ path: 'booking.id', message: 'required' }] });
		expect(mappedEvent(body, [{ field: 'client.name', path: '__proto__.toString' }, { field: 'client.id', path: 'constructor.name' }])).not.toHaveProperty('client');
		for (const junk of [null, 'x', 7, []]) expect(parseEvent(mappedEvent(junk, rules), LOCALE, NOW).ok).toBe(false);
		expect(mappedEvent(body, [])).toBe(body);
	});
});

describe('which news changes what is held', () => {
	const at = (minute: number): string => `2026-11-20T09:${String(minute).padStart(2, '0')}:00+03:00`;

	it('only newer news, and a cancelled booking comes back by few', () => {
		expect(supersedes({ event: 'booking.created', occurredAt: at(1) }, null)).toBe(true);
		expect(supersedes({ event: 'booking.created', occurredAt: at(1) }, { occurredAt: at(2), status: 'created' })).toBe(false);
		expect(supersedes({ event: 'booking.updated', occurredAt: at(2) }, { occurredAt: at(2), status: 'created' })).toBe(false);
		expect(supersedes({ event: 'booking.completed', occurredAt: at(3) }, { occurredAt: at(2), status: 'created' })).toBe(true);
		const cancelled = { occurredAt: at(2), status: 'cancelled' } as const;
		expect((['booking.created', 'booking.updated', 'booking.rescheduled', 'booking.completed', 'booking.no_show'] as const).map((event) => supersedes({ event, occurredAt: at(3) }, cancelled))).toEqual([true, true, false, false, false]);
		expect(supersedes({ event: 'booking.created', occurredAt: '2026-11-20T06:01:30Z' }, { occurredAt: at(2), status: 'created' })).toBe(false);
	});

	it('ends the same whatever the order of delivery', async () => {
		const { sim, told } = await platform();
		Object.assign(sim.events.sender.faults, { copies: 2, reversed: true });
		const { id } = book(sim);
		sim.clock.advance(60_000);
		sim.desk.mark(id, 'cancelled');
		await sim.events.sender.flush();
		let held: { readonly occurredAt: string; readonly status: 'created' | 'confirmed' | 'completed' | 'no_show' | 'cancelled' | null } | null = null;
		let changes = 0;
		for (const { event } of told()) {
			if (event === null || !supersedes(event, held)) continue;
			held = { occurredAt: event.occurredAt, status: event.booking?.status ?? null };
			changes += 1;
		}
		expect({ held, changes }).toEqual({ held: { occurredAt: '2026-11-20T09:01:00+03:00', status: 'cancelled' }, changes: 1 });
	});
});

it('offers no way in without a secret', () => {
	const ways: readonly Authenticity[] = ['hmac', 'header', 'query'];
	for (const authenticity of ways) expect(receive({ headers: { 'x-gateway-token': '' }, query: { token: '' }, body: Buffer.from('{}') }, gate({ authenticity, secret: '' })).status).toBe(401);
});
