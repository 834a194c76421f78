import { join } from 'node:path';
import { capabilitiesOf, createBitrix24Reader, RATE_WINDOWS } from '../../../core/crm/bitrix24';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { type Bitrix24Switches, CONTACT, DEAL } from '../simulators/bitrix24';
import { type Desk, type DeskOptions, type Mode, openDesk } from './bitrix24-portal';
import { openRival, type RivalOrder } from './bitrix24-rival';
import { asJson, asText, COMMON_FAILURES, junkInJson, refusedWith, type Spoiling } from './vendor-spoil';
import { NOW, RIVAL_PHONE, type VendorBench, type VendorUnderTest, type VendorWrites } from './vendor-bench';

/** Facts are kept for a minute by the portal's clock; after so many leaps it is set back, long before the bench's day. */
const LEAP_MS = 61_000;
const LEAPS = 300;

const method = (name: string) => ({ method: 'POST', path: new RegExp(`/${name.replaceAll('.', '\\.')}$`) });

/** The requests that make, move and remove a visit. What belongs to a booking besides is struck in test/unit/bitrix24. */
const WRITES: Readonly<Record<Exclude<Mode, 'smart'>, VendorWrites>> = {
	booking: {
		book: [{ rule: method('booking.v1.booking.add') }],
		move: [{ rule: method('booking.v1.booking.update') }],
		cancel: [{ rule: method('booking.v1.booking.delete') }],
		createClient: [{ rule: method('crm.item.add') }],
	},
	crm: {
		book: [{ rule: method('crm.item.add') }],
		move: [{ rule: method('crm.item.update') }],
		cancel: [{ rule: method('crm.item.update') }],
		createClient: [{ rule: method('crm.item.add') }],
	},
};

/** `{"result": []}` is not among them: the search by phone and empty maps of a batch are told so. */
const SPOILING: Spoiling = {
	failures: [
		...COMMON_FAILURES,
		...['', '[]', '{}', 'null', '{"data":[]}', '{"total":0}'].map(asText),
		asJson({ result: null, time: {} }),
		asJson({ result: '', total: 0 }),
		asJson({ result: { items: null, booking: null, resource: null, services: null, slots: null }, total: 0 }),
		asJson({ result: [[]], total: 0 }),
		asJson({ result: [null] }),
		asJson({ error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' }),
		asJson({ error: '', error_description: '' }),
		asJson({ error: 0, result: [] }),
		asJson({ result: { result: [], result_error: [], result_total: [], result_next: [], result_time: [] } }),
		refusedWith(JSON.stringify({ error: 'INTERNAL_SERVER_ERROR', error_description: '' })),
		refusedWith(JSON.stringify({ result: [] })),
	],
	junk: junkInJson,
};

/** The suites' view of one way of booking and of signing. */
export function bitrix24UnderTest(mode: Exclude<Mode, 'smart'>, switches: Partial<Bitrix24Switches> = {}, sign: DeskOptions['sign'] = 'webhook'): VendorUnderTest {
	return {
		name: `Bitrix24, ${mode}, ${sign}`,
		capabilities: capabilitiesOf({ mode }),
		writes: WRITES[mode],
		spoiling: SPOILING,
		// two ways of booking are one adapter
		answers: 2500,
		token: sign === 'webhook' ? 'fixed' : 'renewed',
		rival: { module: join(__dirname, 'bitrix24-rival.ts'), order: (bench) => (bench as PortalBench).order },
		open: async ({ wrap, limits = false } = {}) => {
			const counting: DeskOptions = limits ? { sharedTime: true, limiter: (clock) => createMemoryLimiter({ windows: RATE_WINDOWS, clock: clock.now }) } : {};
			return benchOf(await openDesk({ ...counting, mode, sign, portal: { switches, plan: limits ? 'standard' : 'on-premise' }, ...(wrap === undefined ? {} : { wrap }) }));
		},
	};
}

interface PortalBench extends VendorBench {
	readonly order: RivalOrder;
}

export function benchOf(desk: Desk): PortalBench {
	const { sim, crm, clock, clientId, serviceId, staffId, live, settings, salon } = desk;
	const order: RivalOrder = { baseUrl: sim.webhookUrl, account: sim.url, settings, now: NOW };
	let leaps = 0;
	return {
		order, crm, clock, clientId, live,
		serviceId: serviceId('cut'),
		staffId: staffId('Anna'),
		otherStaffId: staffId('Maria'),
		rivalClientId: desk.addCard('Мария', RIVAL_PHONE),
		faults: sim.faults,
		requests: sim.requests,
		token: {
			expire: () => {
				sim.webhook.expiresAt = sim.clock.now();
				sim.access.expireAccessTokens();
			},
			revoke: () => void (sim.application.paid = false),
			rotations: () => sim.requests.all.filter(({ path, status }) => path.startsWith('/oauth/token') && status === 200).length,
			sibling: desk.sibling,
		},
		cards: (phone) => [...sim.state.itemsOf(CONTACT).values()].filter(({ fm }) => fm.some(({ value }) => value === phone)).map(({ id }) => String(id)),
		addCard: desk.addCard,
		sync: {
			reader: createBitrix24Reader({ settings }),
			clock: sim.clock,
			// a booking of the calendar never says that somebody came
			...(settings.mode === 'booking' ? {} : { arrive: (id) => void Object.assign(sim.state.itemsOf(DEAL).get(Number(id))?.values ?? {}, { stageId: `C${salon.pipeline.id}:WON`, updatedTime: sim.clock.now() }) }),
			...(settings.mode === 'booking' ? {} : { empty: (id) => void Object.assign(sim.state.itemsOf(DEAL).get(Number(id))?.values ?? {}, { [settings.visits.fields.start]: null, updatedTime: sim.clock.now() }) }),
			card: desk.addCard,
			rename: (id, name) => void Object.assign(sim.state.itemsOf(CONTACT).get(Number(id))?.values ?? {}, { name, updatedTime: sim.clock.now() }),
			drop: (kind, id) => {
				if (kind === 'client') sim.state.itemsOf(CONTACT).delete(Number(id));
				else if (settings.mode === 'booking') sim.state.bookings.delete(Number(id));
				else sim.state.itemsOf(DEAL).delete(Number(id));
			},
		},
		wipe: (keep) => {
			for (const { id } of live()) {
				if (keep.has(id)) continue;
				sim.state.bookings.delete(Number(id));
				if (settings.mode === 'crm') Object.assign(sim.state.itemsOf(DEAL).get(Number(id))?.values ?? {}, { stageId: `C${salon.pipeline.id}:LOSE` });
			}
		},
		forget: () => sim.clock.set(new Date(Date.parse(NOW) + (leaps = (leaps + 1) % LEAPS) * LEAP_MS).toISOString()),
		rival: () => openRival(order),
		close: desk.close,
	};
}
