import { capabilitiesOf, createWidgetTransport, type DikidiSettings, WIDGET_RATE_WINDOWS } from '../../core/crm/dikidi';
import { ANYTHING } from '../../core/crm/http';
import type { Outcome } from '../../core/booking';
import { createMemoryLimiter } from '../../core/store/limiter';
import { DIKIDI_SWITCHES, type DikidiSimulator, type DikidiSwitches } from './simulators/dikidi';
import { cut, emptyBody, errorIn200, htmlPage, positionsOf, throttled, truncated } from './simulators/kit';
import { reasonOf, valueOf } from './support/bench';
import { type Company, type CompanyOptions, openCompany } from './support/dikidi-company';
import { DAY, NOW, on, PHONE, sharedTime, VENDOR_SALON } from './support/vendor-bench';

/**
 * The widget only reads, so a salon of the booking contract cannot be set up behind it: the contract's sentences about
 * reads are kept here one by one, and every write is held to be refused with a way out.
 */

const running: DikidiSimulator[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map((sim) => sim.close()));
});

async function widget(switches: Partial<DikidiSwitches> = {}, settings: Partial<DikidiSettings> = {}, more: Partial<CompanyOptions> = {}): Promise<Company> {
	const company = await openCompany({ settings: { route: 'widget', ...settings }, simulator: { switches, ...more.simulator }, ...more });
	running.push(company.sim);
	return company;
}

const idOf = ({ sim }: Company, name: string): string => sim.ids.services.get(name) ?? sim.ids.staff.get(name) ?? name;
const query = (company: Company, more: object = {}) => ({ serviceIds: [idOf(company, 'cut')], from: DAY, to: DAY, ...more });

/** Positions in which the page can be read; those of the gateway and of the protection are told apart elsewhere. */
const READABLE = positionsOf(DIKIDI_SWITCHES).filter(({ name }) => !/^(gateway|unsupported|plain|event|protection)/.test(name));

describe.each(READABLE)('the widget reads, $name', ({ changes }) => {
	const open = (): Promise<Company> => widget(changes, changes.slotServiceId === undefined ? {} : { slotServiceId: changes.slotServiceId });

	it('the company, the services and who does them', async () => {
		const company = await open();
		expect(company.crm.capabilities).toEqual(capabilitiesOf(company.settings));
		expect(valueOf(await company.crm.company())).toMatchObject({ id: '100500', name: 'Studio', zone: 'Europe/Moscow', currency: 'RUB', phone: '+79990000000', workingHours: { 1: [{ from: '10:00', to: '20:00' }] } });
		expect(valueOf(await company.crm.services())).toMatchObject([{ id: '9001', title: 'cut', durationMinutes: 60, price: { min: 200_000, max: 200_000, currency: 'RUB' } }, { id: '9002', durationMinutes: 90 }]);
		const maria = valueOf(await company.crm.staff()).find(({ name }) => name === 'Maria');
		expect(maria?.services.map(({ serviceId }) => serviceId)).toEqual(changes.masterServices === 'everything' ? ['9001', '9002'] : ['9001']);
	});

	it('sorted unique slots with end, person and price, and free days', async () => {
		const company = await open();
		const offered = valueOf(await company.crm.slots(query(company)));
		const order = offered.map((slot) => `${new Date(slot.start).toISOString()} ${slot.staffId}`);
		expect(order).toEqual([...new Set(order)].sort());
		expect(offered).toHaveLength(38);
		expect(offered[0]).toMatchObject({ start: on('10:00'), end: on('11:00'), serviceIds: ['9001'], price: { min: 200_000 } });
		company.sim.desk.book('Вера', PHONE, '9001', idOf(company, 'Anna'), on('12:00'));
		company.sim.clock.advance(61_000);
		const anna = valueOf(await company.crm.slots(query(company, { staffId: idOf(company, 'Anna') }))).map(({ start }) => start.slice(11, 16));
		expect(anna).toContain('13:00');
		for (const taken of ['11:30', '12:00', '12:30']) expect(anna).not.toContain(taken);
		expect(valueOf(await company.crm.availableDates(query(company, { to: '2026-11-27' })))).toEqual(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
	});

	it('tells an empty answer from no answer', async () => {
		const company = await open();
		expect(await company.crm.slots(query(company, { from: '2026-11-01', to: '2026-11-10' }))).toEqual({ kind: 'ok', value: [] });
		for (const slot of valueOf(await company.crm.slots(query(company, { from: '2026-11-29', to: '2026-11-29', staffId: idOf(company, 'Maria') })))) company.sim.state.book({ client: '1', services: ['9001'], master: slot.staffId, start: Date.parse(slot.start) });
		company.sim.clock.advance(61_000);
		expect(await company.crm.slots(query(company, { from: '2026-11-29', to: '2026-11-29', staffId: idOf(company, 'Maria') }))).toEqual({ kind: 'ok', value: [] });
		const down = company.at('http://127.0.0.1:9');
		company.sim.clock.advance(3_600_000);
		const reads = [await down.company(), await down.services(), await down.slots(query(company)), await down.availableDates(query(company))];
		expect(reads.map(({ kind }) => kind)).toEqual(reads.map(() => 'unavailable'));
	});

	it('streams every record once, with fields it does not know', async () => {
		const { crm } = await open();
		for (const name of crm.capabilities.streams) {
			for await (const page of crm.stream(name, {})) {
				const { records, exact } = valueOf(page);
				expect(records.map(({ id }) => id)).toEqual({ company: ['100500'], services: ['9001', '9002'], staff: ['501', '502'] }[name as string]);
				expect(exact).toBe(false);
				if (name === 'services') expect(records[0]?.data).toHaveProperty('discount', null);
			}
		}
	});
});

it('keeps notice and horizon, and clock changes', async () => {
	const company = await widget();
	company.sim.clock.set('2026-11-24T11:01:00+03:00');
	expect(valueOf(await company.crm.slots(query(company))).map(({ start }) => start)).not.toContain(on('12:00'));
	company.sim.clock.set(NOW);
	expect(valueOf(await company.crm.slots(query(company, { from: '2026-12-21', to: '2026-12-21' })))).toEqual([]);
	const spec = { ...VENDOR_SALON, zone: 'Europe/Berlin', currency: 'EUR', hours: { from: '00:00', to: '06:00' } };
	const berlin = await widget({}, {}, { spec, simulator: { now: '2026-03-25T09:00:00+01:00' } });
	const starts = valueOf(await berlin.crm.slots({ serviceIds: ['9001'], staffId: '501', from: '2026-03-29', to: '2026-03-29' })).map(({ start }) => start.slice(11));
	expect(starts.slice(0, 6)).toEqual(['00:00:00+01:00', '00:30:00+01:00', '01:00:00+01:00', '01:30:00+01:00', '03:00:00+02:00', '03:30:00+02:00']);
});

it('refuses to write, and says where the client goes', async () => {
	const company = await widget({}, { links: [{ url: 'https://dikidi.net/100500' }, { url: 'https://dikidi.net/100500?m=501', staffId: '501' }] });
	const { crm } = company;
	const wish = { clientId: '1', serviceIds: ['9001'], staffId: '501', start: on('12:00') };
	expect(await crm.createAppointment(wish, 'k')).toMatchObject({ kind: 'refused', reason: 'unsupported', handoff: { kind: 'link', url: 'https://dikidi.net/100500?m=501' } });
	expect(await crm.slots({ serviceIds: ['9001', '9002'], from: DAY, to: DAY })).toMatchObject({ reason: 'unsupported', handoff: { kind: 'link', url: 'https://dikidi.net/100500' } });
	const rest: readonly Outcome<unknown>[] = [await crm.rescheduleAppointment('1', { start: on('12:00') }, 'k'), await crm.cancelAppointment('1', 'k'), await crm.findClient(PHONE), await crm.updateClient('1', { name: 'Вера' }), await crm.appointments({ from: NOW, to: NOW }), await crm.appointment('1'), await crm.findByOperation('k')];
	for (const told of rest) expect(told).toMatchObject({ kind: 'refused', reason: 'unsupported', handoff: { kind: 'human' } });
	expect(company.sim.state.bookings.size).toBe(0);
	for await (const page of crm.stream('visits', {})) expect(reasonOf(page)).toBe('unsupported');
});

it('asks at most once a second where the page counts, and remembers what it was told', async () => {
	let time: ReturnType<typeof sharedTime> | null = null;
	const company = await widget({ protection: 'pace' }, {}, {
		sharedTime: true,
		limiter: (clock) => createMemoryLimiter({ windows: WIDGET_RATE_WINDOWS, clock: clock.now }),
		sleep: (clock) => (time = sharedTime(clock)).sleep,
		wrap: (port) => ({ exchange: (request) => (time?.wrap(port) ?? port).exchange(request) }),
	});
	expect(valueOf(await company.crm.slots(query(company, { to: '2026-11-28' })))).not.toEqual([]);
	expect(company.events.every(({ result }) => result === 'ok')).toBe(true);
	const asked = company.sim.requests.all.length;
	valueOf(await company.crm.slots(query(company)));
	valueOf(await company.crm.staff());
	expect(company.sim.requests.all).toHaveLength(asked);
});

it('takes the other id of a service for another service, never for an empty day', async () => {
	const company = await widget({ slotServiceId: 'company_service_id' }, {});
	company.sim.state.services.set('8001', { id: '8001', companyServiceId: '9001', name: 'massage', price: 100, minutes: 30 });
	company.sim.state.masters.set('503', { id: '503', name: 'Olga', services: new Set(['8001']) });
	expect(await company.crm.slots(query(company))).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('another service') as string });
});

describe('a page that does not want to be read', () => {
	it.each(['html_403', 'html_503', 'captcha_200'] as const)('is left alone for an hour after one answer (%s)', async (protection) => {
		const company = await widget({ protection });
		const told = await company.crm.services();
		expect(told).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('https://dikidi.net/100500') as string, retryAt: '2026-11-20T07:00:00.000Z' });
		expect(company.sim.requests.all).toHaveLength(1);
		company.sim.switches.protection = 'off';
		expect((await company.crm.slots(query(company))).kind).toBe('unavailable');
		expect(company.sim.requests.all).toHaveLength(1);
		expect(company.memory.breaker.state()).toMatchObject({ kind: 'open', cause: 'blocked' });
		company.sim.clock.advance(3_600_000);
		expect(company.memory.breaker.state()).toEqual({ kind: 'half-open', cause: 'blocked' });
		expect(valueOf(await company.crm.services())).toHaveLength(2);
		expect(company.memory.breaker.state()).toEqual({ kind: 'closed', failures: 0 });
	});

	it('is left alone after three failures in a row, and each question is asked once', async () => {
		const company = await widget();
		for (const fault of [cut('none'), truncated('none'), emptyBody(200, 'none'), errorIn200('none'), throttled()]) {
			company.sim.requests.clear();
			company.sim.faults.clear();
			company.sim.faults.add(fault, { times: Infinity });
			for (let round = 1; round <= 3; round += 1) {
				expect({ fault: fault.name, kind: (await company.crm.services()).kind }).toEqual({ fault: fault.name, kind: 'unavailable' });
				if (fault.name.startsWith('throttled')) company.clock.advance(3_600_000);
			}
			expect({ fault: fault.name, asked: company.sim.requests.all.length }).toEqual({ fault: fault.name, asked: 3 });
			expect(await company.crm.services()).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('three times') as string });
			expect(company.sim.requests.all).toHaveLength(3);
			company.sim.faults.clear();
			company.sim.clock.advance(3_600_000);
			company.clock.advance(3_600_000);
			valueOf(await company.crm.services());
			company.sim.clock.advance(1_800_000);
		}
	});

	it('counts failures in a row only', async () => {
		const company = await widget();
		for (let round = 0; round < 4; round += 1) {
			company.sim.faults.add(cut('none'), { times: 2 });
			expect((await company.crm.company()).kind).toBe('unavailable');
			expect((await company.crm.company()).kind).toBe('unavailable');
			valueOf(await company.crm.company());
			company.sim.clock.advance(1_800_000);
		}
	});

	it('stays alone for another hour when the one probe fails, and lets one probe through', async () => {
		const company = await widget({ protection: 'captcha_200' });
		await company.crm.services();
		company.sim.clock.advance(3_600_000);
		company.sim.requests.clear();
		const told = await Promise.all([company.crm.company(), company.crm.services(), company.crm.slots(query(company))]);
		expect(told.map(({ kind }) => kind)).toEqual(['unavailable', 'unavailable', 'unavailable']);
		expect(company.sim.requests.all).toHaveLength(1);
		expect(company.memory.breaker.state()).toMatchObject({ kind: 'open', until: company.sim.clock.now() + 3_600_000 });
	});

	it('is named when it knows no such company', async () => {
		const company = await widget({}, {}, { simulator: { companyId: '100501' } });
		Object.assign(company.sim.state.company, { id: '7' });
		expect(reasonOf(await company.crm.services())).toBe('not_found');
		expect(company.memory.breaker.state()).toEqual({ kind: 'closed', failures: 0 });
	});

	it('is not read in a shape it never had', async () => {
		const company = await widget({}, {}, { wrap: (port) => ({ exchange: async (request) => {
			const told = await port.exchange(request);
			return told.kind === 'failed' ? told : { ...told, body: Buffer.from(Buffer.from(told.body).toString('utf8').replaceAll('"list"', '"rows"').replaceAll('"time"', '"length"')) };
		} }) });
		for (let round = 0; round < 3; round += 1) expect((await company.crm.services()).kind).toBe('unavailable');
		expect(company.memory.breaker.state()).toMatchObject({ kind: 'open', cause: 'failures' });
	});

	it('is not believed when it contradicts itself', async () => {
		const company = await widget({}, {}, { wrap: (port) => ({ exchange: async (request) => {
			const told = await port.exchange(request);
			if (told.kind === 'failed' || !request.url.includes('get_datetimes')) return told;
			const body = JSON.parse(Buffer.from(told.body).toString('utf8')) as { data: { times: unknown } };
			body.data.times = [];
			return { ...told, body: Buffer.from(JSON.stringify(body)) };
		} }) });
		expect((await company.crm.slots(query(company))).kind).toBe('unavailable');
	});
});

it('knows a page for people that calls itself JSON', async () => {
	const company = await widget({}, {}, { wrap: (port) => ({ exchange: async (request) => {
		const told = await port.exchange(request);
		return told.kind === 'failed' ? told : { ...told, headers: { 'content-type': 'application/json' } };
	} }) });
	company.sim.faults.add(htmlPage(200, 'none'));
	expect((await company.crm.company()).kind).toBe('unavailable');
	expect(company.memory.breaker.state()).toMatchObject({ kind: 'open', cause: 'blocked' });
});

it('is waited for ten seconds at most, in any lane', async () => {
	const waits: number[] = [];
	const company = await widget();
	const transport = createWidgetTransport({
		memory: company.memory,
		limiter: createMemoryLimiter({ windows: [] }),
		port: { exchange: async ({ timeoutMs }) => (waits.push(timeoutMs), { kind: 'failed', cause: 'timeout', sent: true }) },
	});
	await transport.inLane('full').read({ name: 'any', method: 'GET', path: 'x', schema: ANYTHING, attempts: 1 });
	expect(waits).toEqual([10_000]);
});
