import { capabilitiesOf, createDikidiCrm, createGatewayTransport, type DikidiSettings, gatewayAddress, isSameSecret, signedPort } from '../../../core/crm/dikidi';
import type { HttpRequest } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { isSigned } from '../../contract/simulators/dikidi';
import { valueOf } from '../../contract/support/bench';
import { type Company, type CompanyOptions, openCompany } from '../../contract/support/dikidi-company';
import { DAY, NOW, on, PHONE } from '../../contract/support/vendor-bench';

const opened: Company[] = [];
afterEach(async () => {
	await Promise.all(opened.splice(0).map(({ sim }) => sim.close()));
});

async function open(options: CompanyOptions): Promise<Company> {
	const company = await openCompany(options);
	opened.push(company);
	return company;
}

/** A gateway whose answers to one command are rewritten. */
const rewriting = (command: string, rewrite: (text: string) => string): CompanyOptions => ({
	wrap: (port) => ({
		exchange: async (request) => {
			const told = await port.exchange(request);
			return told.kind === 'failed' || !request.url.endsWith(command) ? told : { ...told, body: Buffer.from(rewrite(Buffer.from(told.body).toString('utf8'))) };
		},
	}),
});

describe('a gateway that answers about something else', () => {
	it('is not believed about another company', async () => {
		const company = await open(rewriting('company.get', (text) => text.replace('100500', '7')));
		expect(await company.crm.company()).toMatchObject({ reason: 'not_allowed', message: expect.stringContaining('another company') as string });
	});

	it('makes no stranger the client', async () => {
		const company = await open(rewriting('client.find', (text) => text.replace('"clients":[', '"clients":[{"id":"1","name":"Чужая","phone":"+79990000009"},').replace(',]', ']')));
		expect(valueOf(await company.crm.findClient(PHONE))).toEqual([]);
	});

	it('is not believed about another booking', async () => {
		const company = await open(rewriting('booking.get', (text) => text.replace(/"booking":\{"id":"\d+"/, '"booking":{"id":"1"')));
		const { id } = company.sim.desk.book('Вера', PHONE, '9001', '501', on('12:00'));
		expect((await company.crm.appointment(id)).kind).toBe('unavailable');
		expect((await company.crm.cancelAppointment(id, 'k')).kind).toBe('unavailable');
		expect(company.sim.state.bookings.get(id)?.status).toBe('created');
	});

	it('offers no time of a person, a service or a day nobody asked for', async () => {
		const foreign = [['502', on('10:00')], ['999', on('10:00')], ['501', '2026-11-25T10:00:00+03:00']].map(([id, at]) => JSON.stringify({ starts_at: at, ends_at: String(at).replace('T10', 'T11'), staff_id: id }));
		const company = await open(rewriting('slots.list', (text) => text.replace('"slots":[', `"slots":[${foreign.join(',')},`)));
		const query = { serviceIds: ['9002'], from: DAY, to: DAY };
		expect(new Set(valueOf(await company.crm.slots(query)).map(({ staffId, start }) => `${staffId} ${start.slice(0, 10)}`))).toEqual(new Set([`501 ${DAY}`]));
		expect(valueOf(await company.crm.availableDates(query))).toEqual([DAY]);
	});

	it('offers nothing by times that cannot be', async () => {
		const company = await open(rewriting('slots.list', (text) => text.replace(/"ends_at":"[^"]+"/, '"ends_at":"2026-11-24T09:00:00+03:00"')));
		expect((await company.crm.slots({ serviceIds: ['9001'], from: DAY, to: DAY })).kind).toBe('unavailable');
	});

	it('claims no visit that stands at another hour than was asked for', async () => {
		const company = await open({ wrap: (port) => ({ exchange: async (request) => {
			const told = await port.exchange(request);
			if (request.url.endsWith('booking.create')) for (const booking of company.sim.state.bookings.values()) booking.start += 3_600_000;
			return told;
		} }) });
		const clientId = `${company.sim.state.addClient('Вера', PHONE).id}:${PHONE}`;
		expect(await company.crm.createAppointment({ clientId, serviceIds: ['9001'], staffId: '501', start: on('12:00') }, 'k1')).toEqual({ kind: 'unknown', operation: 'k1' });
	});
});

describe('how a command travels', () => {
	it('goes to the very address, signed over its bytes with the time of sending', async () => {
		const seen: HttpRequest[] = [];
		let now = 1_700_000_000_000;
		const url = 'https://hook.example/a/b:c?key=1';
		const port = signedPort({ exchange: async (request) => (seen.push(request), { kind: 'answered', status: 503, headers: {}, body: new Uint8Array() }) }, 's3cret', () => (now += 1000));
		const transport = createGatewayTransport({ gatewayUrl: url, port, limiter: createMemoryLimiter({ windows: [] }), sleep: async () => undefined });
		const settings: DikidiSettings = { route: 'gateway', zone: 'Europe/Moscow', currency: 'RUB', commands: ['company.get'] };
		const outcome = await createDikidiCrm({ companyId: '100500', settings, clock: () => NOW, gateway: { url, transport } }).company();
		expect(outcome.kind).toBe('unavailable');
		expect(JSON.stringify(outcome)).not.toMatch(/hook\.example|s3cret|key=1/);
		expect(seen.length).toBeGreaterThan(1);
		for (const { url: to, headers, body = '' } of seen) {
			expect(to).toBe(url);
			expect(isSigned('s3cret', headers, body, Number(headers['x-gateway-timestamp']))).toBe(true);
			expect(JSON.parse(body)).toMatchObject({ schema: 'booking.command.v1', company_id: '100500', command: 'company.get', command_id: headers['x-gateway-event-id'] });
		}
		expect(new Set(seen.map(({ headers }) => headers['x-gateway-timestamp'])).size).toBe(seen.length);
		expect(new Set(seen.map(({ headers }) => headers['x-gateway-event-id'])).size).toBe(1);
		expect(isSameSecret('a', 'a') && !isSameSecret('a', 'ab') && !isSameSecret('', 'a')).toBe(true);
	});

	it.each(['ftp://x', 'hook', 'https://user@x/', 'https://x/#a', ''])('has no address like %s', (url) => {
		expect(() => gatewayAddress(url)).toThrow(TypeError);
	});

	it('names the setting that is wrong', () => {
		const made = (settings: object) => () => capabilitiesOf({ zone: 'Europe/Moscow', currency: 'RUB', ...settings } as DikidiSettings);
		expect(made({ zone: 'Moscow' })).toThrow('"zone"');
		expect(made({ links: [{ url: 'https://evil.example' }] })).toThrow('dikidi.net');
		expect(made({ commands: ['booking.explode'] })).toThrow('commands');
		expect(() => createDikidiCrm({ companyId: 'a b', clock: () => NOW, settings: { zone: 'Europe/Moscow', currency: 'RUB' } })).toThrow('company');
	});
});
