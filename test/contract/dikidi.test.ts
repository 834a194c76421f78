import { capabilitiesOf, type DikidiSettings, GATEWAY_COMMANDS } from '../../core/crm/dikidi';
import { type CrmUnderTest, describeBookingCrm, type SalonSpec } from './booking-crm.contract';
import { DIKIDI_SWITCHES, type DikidiSimulator, type DikidiSwitches } from './simulators/dikidi';
import { openCompany } from './support/dikidi-company';

/** Nothing listens here: the discard port of loopback. */
const NOWHERE = 'http://127.0.0.1:9';

async function setUp(spec: SalonSpec, switches: Partial<DikidiSwitches>, settings: Partial<DikidiSettings>, running: DikidiSimulator[]): Promise<CrmUnderTest> {
	const { sim, crm, at } = await openCompany({ spec, settings, simulator: { switches } });
	running.push(sim);
	return {
		crm,
		serviceId: (name) => sim.ids.services.get(name) ?? name,
		staffId: (name) => sim.ids.staff.get(name) ?? name,
		setNow: (instant) => sim.clock.set(instant),
		other: () => setUp(spec, switches, settings, running),
		unreachable: async () => at(NOWHERE),
	};
}

function contract(name: string, switches: Partial<DikidiSwitches>, settings: Partial<DikidiSettings> = {}): void {
	const running: DikidiSimulator[] = [];
	afterAll(() => Promise.all(running.map((sim) => sim.close())));
	const all: DikidiSettings = { route: 'gateway', zone: 'Europe/Moscow', currency: 'RUB', commands: [...GATEWAY_COMMANDS], idempotent: true, ...settings };
	describeBookingCrm(name, capabilitiesOf(all), (spec) => setUp(spec, switches, settings, running));
}

describe('DIKIDI over a gateway', () => contract('DIKIDI, gateway', {}));
describe('DIKIDI over a gateway that does a command as often as it comes', () => contract('DIKIDI, gateway, not idempotent', { gatewayIdempotent: 'no' }, { idempotent: false }));

/** Every switch in its n-th position, but for a gateway that does what it is told: the others stand in test/unit/dikidi. */
function positions(n: number): Partial<DikidiSwitches> {
	return { ...Object.fromEntries(Object.entries(DIKIDI_SWITCHES).map(([name, all]) => [name, all[n % all.length]])), gateway: 'sync' };
}

describe.each([1, 2])('DIKIDI with every switch in position %i', (n) => contract(`DIKIDI, switches ${n}`, positions(n), { idempotent: positions(n).gatewayIdempotent === 'yes' }));
