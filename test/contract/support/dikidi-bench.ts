import { join } from 'node:path';
import { capabilitiesOf, createDikidiReader, type DikidiSettings, GATEWAY_RATE_WINDOWS } from '../../../core/crm/dikidi';
import type { HttpPort } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import type { DikidiSwitches } from '../simulators/dikidi';
import { createClock } from '../simulators/kit';
import { openCompany, type Company } from './dikidi-company';
import { openRival, type RivalOrder } from './dikidi-rival';
import { NOW, PHONE, RIVAL_PHONE, sharedTime, type VendorBench, type VendorUnderTest, type WriteStep } from './vendor-bench';
import { asJson, asText, COMMON_FAILURES, junkInJson, refusedWith, type Spoiling } from './vendor-spoil';

/** Facts are kept for ten minutes by the company's clock; after so many leaps it is set back, long before the bench's day. */
const LEAP_MS = 660_000;
const LEAPS = 300;

const sent = (command: string): WriteStep => ({ rule: { method: 'POST', path: new RegExp(`/gateway/${command.replace('.', '\\.')}$`) } });

const SPOILING: Spoiling = {
	failures: [
		...COMMON_FAILURES,
		...['', 'ok', '[]', '{}', 'null', '{"status":"success"}', '{"ok":true}'].map(asText),
		asJson({ ok: true, pending: true }),
		asJson({ ok: true, result: null }),
		asJson({ ok: true, result: [] }),
		asJson({ ok: true, result: {} }),
		asJson({ ok: 'true', result: { slots: [], services: [], staff: [], clients: [], bookings: [] } }),
		asJson({ ok: true, pending: true, result: { slots: [], services: [], staff: [], clients: [], bookings: [] } }),
		asJson({ ok: false, result: { slots: [], services: [], staff: [], clients: [], bookings: [] } }),
		asJson({ ok: true, result: { slots: null, services: {}, staff: '', clients: 0, bookings: [null] } }),
		refusedWith(JSON.stringify({ ok: false, result: { slots: [] } })),
	],
	junk: junkInJson,
};

/** The suites' view of the gateway route. */
export function dikidiUnderTest(name: string, switches: Partial<DikidiSwitches> = {}, settings: Partial<DikidiSettings> = {}): VendorUnderTest {
	const capabilities = capabilitiesOf({ zone: 'Europe/Moscow', currency: 'RUB', ...fullSettings(settings) });
	return {
		name,
		capabilities,
		writes: { book: [sent('booking.create')], move: [sent('booking.reschedule')], cancel: [sent('booking.cancel')], createClient: [sent('client.create')] },
		spoiling: SPOILING,
		// an idempotent gateway and one that is not share the count
		answers: 2500,
		token: 'fixed',
		rival: { module: join(__dirname, 'dikidi-rival.ts'), order: (bench) => (bench as CompanyBench).order },
		open: async ({ wrap = (port: HttpPort) => port, limits = false } = {}) => {
			let time: ReturnType<typeof sharedTime> | null = null;
			const company = await openCompany({
				settings,
				simulator: { switches },
				wrap: (port: HttpPort) => time?.wrap(wrap(port)) ?? wrap(port),
				...(limits ? { sharedTime: true, limiter: (clock) => createMemoryLimiter({ windows: GATEWAY_RATE_WINDOWS, clock: clock.now }), sleep: (clock) => (time = sharedTime(clock)).sleep } : {}),
			});
			return benchOf(company);
		},
	};
}

const PAGE_SPOILING: Spoiling = {
	failures: [
		...COMMON_FAILURES,
		...['', '[]', '{}', 'null', '{"data":[]}', '{"error":0}'].map(asText),
		asJson({ error: 1, message: 'Произошла ошибка' }),
		asJson({ error: true, data: { list: [], masters: [], times: [], dates_true: [] } }),
		asJson({ error: 'SOMETHING', dates_true: [] }),
		asJson({ error: { code: 7, message: '' }, data: { list: [], masters: [], times: [], dates_true: [] } }),
		asJson({ error: 0, data: [] }),
		asJson({ error: 0, data: {} }),
		asJson({ error: { code: 0 }, data: { list: null, masters: null, times: null, dates_true: null } }),
		asJson({ error: 0, data: { list: [null], masters: [null], times: '', dates_true: [null] } }),
		refusedWith(JSON.stringify({ error: 1, data: { list: [], masters: [], times: [] } })),
	],
	junk: junkInJson,
};
/** Longer than the breaker's pause and any answer is remembered. */
const LONG_MS = 7_200_000;

/** The suites' view of the reading of the page; it writes nothing. */
export function dikidiPageUnderTest(): VendorUnderTest {
	const settings: Partial<DikidiSettings> = { route: 'widget' };
	return {
		name: 'DIKIDI, the page',
		capabilities: capabilitiesOf({ zone: 'Europe/Moscow', currency: 'RUB', ...settings }),
		writes: {},
		spoiling: PAGE_SPOILING,
		token: 'none',
		open: async ({ wrap } = {}) => {
			const memoryClock = createClock(NOW);
			return { ...benchOf(await openCompany({ settings, wrap, memoryClock })), forget: () => memoryClock.advance(LONG_MS) };
		},
	};
}

function fullSettings(settings: Partial<DikidiSettings>): Partial<DikidiSettings> {
	return { route: 'gateway', idempotent: true, commands: ['company.get', 'services.list', 'staff.list', 'dates.list', 'slots.list', 'client.find', 'client.create', 'client.update', 'booking.create', 'booking.get', 'booking.list', 'booking.reschedule', 'booking.cancel'], ...settings };
}

interface CompanyBench extends VendorBench {
	readonly order: RivalOrder;
}

function benchOf({ sim, crm, clock, settings }: Company): CompanyBench {
	const { state, ids } = sim;
	const card = (name: string, phone: string): string => `${state.addClient(name, phone).id}:${phone}`;
	const order: RivalOrder = { url: sim.gatewayUrl, secret: sim.secret, companyId: sim.companyId, now: NOW, settings };
	let leaps = 0;
	return {
		order, crm, clock,
		serviceId: ids.services.get('cut') ?? '',
		staffId: ids.staff.get('Anna') ?? '',
		otherStaffId: ids.staff.get('Maria') ?? '',
		clientId: card('Вера', PHONE),
		rivalClientId: card('Мария', RIVAL_PHONE),
		faults: sim.faults,
		requests: sim.requests,
		token: { expire: () => void (sim.events.secret = 'another-secret') },
		live: () => [...state.bookings.values()].filter(({ status }) => status !== 'cancelled').map(({ id, master, start }) => ({ id, staffId: master, start })),
		cards: (phone) => [...state.clients.values()].filter((one) => one.phone === phone).map(({ id }) => `${id}:${phone}`),
		addCard: card,
		sync: { reader: createDikidiReader({ settings }), clock: sim.clock, arrive: (id) => void Object.assign(state.bookings.get(id) ?? {}, { status: 'completed' }), drop: (kind, id) => void (kind === 'client' ? state.clients : state.bookings).delete(id) },
		wipe: (keep) => {
			for (const id of state.bookings.keys()) if (!keep.has(id)) state.bookings.delete(id);
		},
		forget: () => sim.clock.set(new Date(Date.parse(NOW) + (leaps = (leaps + 1) % LEAPS) * LEAP_MS).toISOString()),
		rival: () => openRival(order),
		close: sim.close,
	};
}
