import axios from 'axios';
import { capabilitiesOf, createYclientsCrm, createYclientsTransport, signingHeaders, type YclientsSettings } from '../../core/crm/yclients';
import { createAxiosPort } from '../../core/crm/http';
import { createMemoryLimiter } from '../../core/store/limiter';
import { createClock } from './simulators/kit';
import { addSalon, startYclients, type VendorSimulator, type VendorSwitches, YCLIENTS_BOARD } from './simulators/yclients';
import { type CrmUnderTest, describeBookingCrm, type SalonSpec } from './booking-crm.contract';

/** Nothing listens here: the discard port of loopback. */
const NOWHERE = 'http://127.0.0.1:9/api/v1';

/** One branch in a running simulator, asked through the real transport; waiting costs no real time. */
function setUp(sim: VendorSimulator, spec: SalonSpec, route: YclientsSettings['route']): CrmUnderTest {
	const salon = addSalon(sim, spec);
	const clock = createClock('2026-01-01T00:00:00Z');
	const crmAt = (baseUrl: string) =>
		createYclientsCrm({
			companyId: String(salon.company.id),
			clock: () => sim.clock.instant(),
			settings: { route, bookingNoticeMinutes: spec.bookingNoticeMinutes, bookingHorizonDays: spec.bookingHorizonDays, stepMinutes: spec.stepMinutes, country: spec.country },
			transport: createYclientsTransport({
				port: createAxiosPort(axios.create()),
				limiter: createMemoryLimiter({ windows: [], clock: clock.now }),
				baseUrl,
				headers: signingHeaders({ partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: salon.user.token, partnerId: sim.state.partnerId }),
				clock: clock.now,
				sleep: clock.sleep,
			}),
		});
	return {
		crm: crmAt(sim.url),
		serviceId: salon.serviceId,
		staffId: salon.staffId,
		setNow: (instant) => sim.clock.set(instant),
		other: async () => setUp(sim, spec, route),
		unreachable: async () => crmAt(NOWHERE),
	};
}

function contract(name: string, route: 'online' | 'journal', switches: Partial<VendorSwitches>): void {
	const running: VendorSimulator[] = [];
	afterAll(() => Promise.all(running.map((sim) => sim.close())));
	describeBookingCrm(name, capabilitiesOf({ route }), async (spec) => {
		running[0] ??= await startYclients({ switches });
		return setUp(running[0], spec, route);
	});
}

/** Every switch in its n-th position, so that a few runs meet each position of each. */
function positions(n: number): Partial<VendorSwitches> {
	return {
		...Object.fromEntries(Object.entries(YCLIENTS_BOARD).map(([name, all]) => [name, all[n % all.length]])),
		// an account that shows deleted records neither alone nor in lists cannot tell cancelled from never there
		...(n % 2 === 1 ? { deletedRead: '200-deleted' } : {}),
		// an account without a storage has no goods to read
		storageTransactions: 'served',
	};
}

describe('YCLIENTS as a client books', () => contract('YCLIENTS, online', 'online', {}));
describe('YCLIENTS as an employee books', () => contract('YCLIENTS, journal', 'journal', {}));
describe('YCLIENTS that shows deleted records in lists only', () => contract('YCLIENTS, deleted read 404', 'online', { deletedRead: '404' }));

describe.each([1, 2, 3, 4])('with every switch in position %i', (n) => {
	contract(`YCLIENTS, online, switches ${n}`, 'online', positions(n));
	contract(`YCLIENTS, journal, switches ${n}`, 'journal', positions(n));
});
