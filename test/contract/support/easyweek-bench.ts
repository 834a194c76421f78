import { join } from 'node:path';
import { capabilitiesOf, createEasyweekReader } from '../../../core/crm/easyweek';
import type { EasyweekSwitches } from '../simulators/easyweek';
import { openBranch } from './easyweek-branch';
import { openRival, type RivalOrder } from './easyweek-rival';
import { asJson, asText, COMMON_FAILURES, junkInJson, refusedWith, type Spoiling } from './vendor-spoil';
import { NOW, RIVAL_PHONE, VENDOR_SALON, type VendorBench, type VendorUnderTest } from './vendor-bench';

/** What is learnt of people is kept for six hours; after a few leaps the clock is set back, before the bench's day comes. */
const LEAP_MS = 7 * 3_600_000;
const LEAPS = 6;

const ONE_PAGE = { current_page: 1, last_page: 1, per_page: 100 };
const SPOILING: Spoiling = {
	failures: [
		...COMMON_FAILURES,
		...['', '[]', '{}', 'null', '{"data":[]}', '{"data":null}', '{"data":{}}'].map(asText),
		asJson({ message: 'Server Error' }),
		asJson({ message: 'The given data was invalid.', errors: { reserved_on: ['Taken.'] } }),
		asJson({ data: [], links: { next: null } }),
		asJson({ data: [], meta: {} }),
		asJson({ data: [], meta: { ...ONE_PAGE, total: 7 } }),
		asJson({ data: [], meta: { ...ONE_PAGE, last_page: 3, total: 0 } }),
		asJson({ data: [null], meta: { ...ONE_PAGE, total: 1 } }),
		asJson({ data: [[]], meta: { ...ONE_PAGE, total: 1 } }),
		asJson({ data: '', meta: { ...ONE_PAGE, total: 0 } }),
		asJson({ data: { dates: null } }),
		asJson({ dates: [{ date: '2026-11-24' }] }),
		refusedWith(JSON.stringify({ message: 'The given data was invalid.', errors: {} })),
	],
	junk: junkInJson,
};

interface EasyweekBench extends VendorBench {
	readonly order: RivalOrder;
}

/** The suites' view of the vendor in a position of its switches. */
export function easyweekUnderTest(switches: Partial<EasyweekSwitches> = {}, answers?: number): VendorUnderTest {
	return {
		name: `EasyWeek ${JSON.stringify(switches)}`,
		capabilities: capabilitiesOf(),
		writes: {
			book: [{ rule: { method: 'POST', path: /\/bookings$/ } }],
			cancel: [{ rule: { method: 'PUT', path: /\/status\/cancel$/ } }],
			createClient: [{ rule: { method: 'POST', path: /\/customers$/ } }],
		},
		spoiling: SPOILING,
		answers,
		token: 'fixed',
		rival: { module: join(__dirname, 'easyweek-rival.ts'), order: (bench) => (bench as EasyweekBench).order },
		open: async ({ wrap, limits } = {}): Promise<EasyweekBench> => {
			const branch = await openBranch({ wrap, limits, simulator: { switches } });
			const { sim, crm, clock, clientId, settings } = branch;
			const order: RivalOrder = { baseUrl: sim.baseUrl, locationId: sim.ids.location, apiKey: sim.key, workspace: sim.workspace, now: NOW, settings };
			let leaps = 0;
			return {
				order, crm, clock, clientId,
				serviceId: branch.serviceId('cut'),
				staffId: branch.staffId('Anna'),
				otherStaffId: branch.staffId('Maria'),
				rivalClientId: branch.card('Мария', RIVAL_PHONE),
				faults: sim.faults,
				requests: sim.requests,
				token: { expire: () => sim.guard.revoke(sim.key) },
				live: () => branch.live().map(({ uuid, lines }) => ({ id: uuid, staffId: lines[0]?.staffer ?? '', start: lines[0]?.start ?? 0 })),
				cards: (phone) => [...sim.state.customers.values()].filter((one) => one.phone === phone).map(({ uuid }) => uuid),
				sync: {
					reader: createEasyweekReader({ country: VENDOR_SALON.country }),
					clock: sim.clock,
					card: branch.card,
					arrive: (id) => void Object.assign(sim.state.bookings.get(id) ?? {}, { completed: true }),
					rename: (id, name) => void Object.assign(sim.state.customers.get(id) ?? {}, { firstName: name }),
					drop: (kind, id) => void (kind === 'client' ? sim.state.customers : sim.state.bookings).delete(id),
				},
				wipe: (keep) => {
					for (const { uuid } of branch.live()) if (!keep.has(uuid)) sim.state.bookings.delete(uuid);
				},
				forget: () => sim.clock.set(new Date(Date.parse(NOW) + (leaps = (leaps + 1) % LEAPS) * LEAP_MS).toISOString()),
				rival: () => openRival(order),
				close: branch.close,
			};
		},
	};
}
