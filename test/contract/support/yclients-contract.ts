import axios from 'axios';
import { type Brand, capabilitiesOf, createYclientsCrm, createYclientsTransport, signingHeaders, YCLIENTS, type YclientsSettings } from '../../../core/crm/yclients';
import { createAxiosPort } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createClock } from '../simulators/kit';
import { addSalon, type VendorSimulator, type VendorSwitches } from '../simulators/yclients';
import { type CrmUnderTest, describeBookingCrm, type SalonSpec } from '../booking-crm.contract';
import { startBrand } from './yclients-branch';

/** Nothing listens here: the discard port of loopback. */
const NOWHERE = 'http://127.0.0.1:9/api/v1';

type Route = NonNullable<YclientsSettings['route']>;

/** One branch in a running simulator, asked through the real transport; waiting costs no real time. */
function setUp(sim: VendorSimulator, spec: SalonSpec, route: Route, brand: Brand): CrmUnderTest {
	const salon = addSalon(sim, spec);
	const clock = createClock('2026-01-01T00:00:00Z');
	const crmAt = (baseUrl: string) =>
		createYclientsCrm({
			brand,
			companyId: String(salon.company.id),
			clock: () => sim.clock.instant(),
			settings: { route, bookingNoticeMinutes: spec.bookingNoticeMinutes, bookingHorizonDays: spec.bookingHorizonDays, stepMinutes: spec.stepMinutes, country: spec.country },
			transport: createYclientsTransport(
				{
					port: createAxiosPort(axios.create()),
					limiter: createMemoryLimiter({ windows: [], clock: clock.now }),
					baseUrl,
					headers: signingHeaders({ partnerToken: [...sim.state.partnerTokens][0] ?? '', userToken: salon.user.token, partnerId: sim.state.partnerId }),
					clock: clock.now,
					sleep: clock.sleep,
				},
				brand,
			),
		});
	return {
		crm: crmAt(sim.url),
		serviceId: salon.serviceId,
		staffId: salon.staffId,
		setNow: (instant) => sim.clock.set(instant),
		other: async () => setUp(sim, spec, route, brand),
		unreachable: async () => crmAt(NOWHERE),
	};
}

/** Runs the booking contract for a route of a brand with these switches. */
export function contract(name: string, route: Route, switches: Partial<VendorSwitches>, brand: Brand = YCLIENTS): void {
	const running: VendorSimulator[] = [];
	afterAll(() => Promise.all(running.map((sim) => sim.close())));
	describeBookingCrm(name, capabilitiesOf({ route }), async (spec) => {
		running[0] ??= await startBrand(brand, { switches });
		return setUp(running[0], spec, route, brand);
	});
}

/** Every switch of a board in its n-th position, so that a few runs meet each position of each. */
export function positions(board: Readonly<Record<string, readonly string[]>>, n: number): Partial<VendorSwitches> {
	return {
		...(Object.fromEntries(Object.entries(board).map(([name, all]) => [name, all[n % all.length]])) as Partial<VendorSwitches>),
		// an account that shows deleted records neither alone nor in lists cannot tell cancelled from never there
		...(n % 2 === 1 ? { deletedRead: '200-deleted' } : {}),
		// an account without a storage has no goods to read
		storageTransactions: 'served',
	};
}
