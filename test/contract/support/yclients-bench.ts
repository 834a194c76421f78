import { join } from 'node:path';
import { type Brand, capabilitiesOf, createYclientsReader, RATE_WINDOWS, YCLIENTS } from '../../../core/crm/yclients';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { revoke, type VendorSwitches } from '../simulators/yclients';
import { asJson, asText, COMMON_FAILURES, junkInJson, refusedWith, type Spoiling } from './vendor-spoil';
import { NOW, RIVAL_PHONE, type VendorBench, type VendorUnderTest, type VendorWrites } from './vendor-bench';
import { type Branch, type BranchOptions, openBranch } from './yclients-branch';
import { openRival, type RivalOrder } from './yclients-rival';

type Route = 'online' | 'journal';

/** Facts are kept for ten minutes by the branch's clock; after so many leaps it is set back, long before the bench's day. */
const LEAP_MS = 660_000;
const LEAPS = 300;

const BOOKING: Readonly<Record<Route, RegExp>> = { online: /\/book_record\/\d+$/, journal: /\/records\/\d+$/ };

function writesOf(route: Route): VendorWrites {
	return {
		book: [{ rule: { method: 'POST', path: BOOKING[route] } }],
		move: [{ rule: { method: 'PUT', path: /\/record\// } }],
		cancel: [{ rule: { method: 'DELETE' } }],
		createClient: [{ rule: { method: 'POST', path: /\/clients\/\d+$/ } }],
	};
}

const SPOILING: Spoiling = {
	failures: [
		...COMMON_FAILURES,
		...['', '[]', '{}', 'null', '{"data":[]}'].map(asText),
		asJson({ success: false, data: [], meta: [] }),
		asJson({ success: false, data: null, meta: { message: 'Превышен лимит запросов' } }),
		asJson({ success: true, data: null, meta: [] }),
		asJson({ success: true, data: {}, meta: [] }),
		asJson({ success: true, data: '', meta: { total_count: 0 } }),
		asJson({ success: true, data: [[]], meta: [] }),
		asJson({ success: true, data: [null], meta: {} }),
		asJson({ success: true, data: [], meta: { total_count: 7 } }),
		refusedWith(JSON.stringify({ success: false, data: [], meta: {} })),
	],
	junk: junkInJson,
};

/** The suites' view of a route of either brand. */
export function yclientsUnderTest(route: Route, switches: Partial<VendorSwitches> = {}, brand: Brand = YCLIENTS): VendorUnderTest {
	return {
		name: `${brand.vendor}, ${route}`,
		capabilities: capabilitiesOf({ route }),
		writes: writesOf(route),
		spoiling: SPOILING,
		// two routes of one adapter share the count
		answers: 2500,
		token: 'fixed',
		rival: { module: join(__dirname, 'yclients-rival.ts'), order: (bench) => (bench as BranchBench).order },
		open: async ({ wrap, limits = false } = {}) => {
			const counting: BranchOptions = limits ? { sharedTime: true, limiter: (clock) => createMemoryLimiter({ windows: RATE_WINDOWS, clock: clock.now }) } : {};
			const options: BranchOptions = { ...counting, brand, simulator: { switches, limits }, settings: { route }, wrap };
			return benchOf(await openBranch(options), options);
		},
	};
}

interface BranchBench extends VendorBench {
	readonly order: RivalOrder;
}

function benchOf(branch: Branch, options: BranchOptions): BranchBench {
	const { sim, salon, crm, clock, clientId } = branch;
	const { company, user } = salon;
	const card = (name: string, phone: string): string => String(sim.state.addClient(company.id, { name, phone: phone.slice(1) }, sim.clock.now()).id);
	const order: RivalOrder = {
		brand: options.brand ?? YCLIENTS,
		baseUrl: sim.url, companyId: String(company.id), partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: user.token, now: NOW, settings: { ...options.settings, bookingNoticeMinutes: 60 },
	};
	let leaps = 0;
	return {
		order, crm, clock, clientId,
		serviceId: salon.serviceId('cut'),
		staffId: salon.staffId('Anna'),
		otherStaffId: salon.staffId('Maria'),
		rivalClientId: card('Мария', RIVAL_PHONE),
		faults: sim.faults,
		requests: sim.requests,
		token: { expire: () => revoke(sim.state, user.token) },
		live: () => branch.live().map(({ id, staffId, start }) => ({ id: String(id), staffId: String(staffId), start })),
		cards: (phone) => [...sim.state.clients.values()].filter((one) => one.companyId === company.id && one.phone === phone.slice(1)).map(({ id }) => String(id)),
		addCard: card,
		sync: {
			reader: createYclientsReader({ brand: options.brand }),
			clock: sim.clock,
			card,
			arrive: (id) => {
				Object.assign(sim.state.records.get(Number(id)) ?? {}, { attendance: 1, changedAt: sim.clock.now() });
				sim.state.version += 1;
			},
			empty: (id) => {
				Object.assign(sim.state.records.get(Number(id)) ?? {}, { clientId: null, changedAt: sim.clock.now() });
				sim.state.version += 1;
			},
			rename: (id, name) => {
				Object.assign(sim.state.clients.get(Number(id)) ?? {}, { name, changedAt: sim.clock.now() });
				sim.state.version += 1;
			},
			drop: (kind, id) => {
				if (kind === 'client') sim.state.clients.delete(Number(id));
				else Object.assign(sim.state.records.get(Number(id)) ?? {}, { deleted: true, changedAt: sim.clock.now() });
				sim.state.version += 1;
			},
		},
		wipe: (keep) => {
			for (const { id } of branch.live()) {
				const record = sim.state.records.get(id);
				if (record === undefined || keep.has(String(id))) continue;
				record.deleted = true;
				sim.state.changed(company.id, 'record', id, 'delete');
			}
		},
		forget: () => sim.clock.set(new Date(Date.parse(NOW) + (leaps = (leaps + 1) % LEAPS) * LEAP_MS).toISOString()),
		rival: () => openRival(order),
		neighbour: async () => benchOf(await openBranch({ ...options, beside: sim }), options),
		close: branch.close,
	};
}
