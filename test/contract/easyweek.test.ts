import axios from 'axios';
import { capabilitiesOf, createEasyweekCrm, createEasyweekTransport, type EasyweekSettings, signingHeaders } from '../../core/crm/easyweek';
import { createAxiosPort } from '../../core/crm/http';
import { createMemoryLimiter } from '../../core/store/limiter';
import { createClock, positionsOf } from './simulators/kit';
import { EASYWEEK_SWITCHES, type EasyweekSimulator, type EasyweekSwitches, startEasyweek } from './simulators/easyweek';
import { type CrmUnderTest, describeBookingCrm, type SalonSpec } from './booking-crm.contract';

/** Nothing listens here: the discard port of loopback. */
const NOWHERE = 'http://127.0.0.1:9/api/public/v2';

/** One workspace in a simulator of its own, asked through the real transport; waiting costs no real time. */
async function setUp(spec: SalonSpec, switches: Partial<EasyweekSwitches>, more: EasyweekSettings, running: EasyweekSimulator[]): Promise<CrmUnderTest> {
	const { zone, stepMinutes, hours, services, staff, country, currency } = spec;
	const sim = await startEasyweek({ salon: { zone, stepMinutes, hours, services, staff }, country, currency, switches, limits: false });
	running.push(sim);
	const clock = createClock('2026-01-01T00:00:00Z');
	const { bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes } = spec;
	const crmAt = (baseUrl: string) =>
		createEasyweekCrm({
			locationId: sim.ids.location,
			clock: () => sim.clock.instant(),
			settings: { bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes, ...more },
			transport: createEasyweekTransport({
				port: createAxiosPort(axios.create()),
				limiter: createMemoryLimiter({ windows: [], clock: clock.now }),
				baseUrl,
				headers: signingHeaders({ apiKey: sim.key, workspace: sim.workspace }),
				clock: clock.now,
				sleep: clock.sleep,
			}),
		});
	return {
		crm: crmAt(sim.baseUrl),
		serviceId: (name) => sim.ids.services.get(name) ?? name,
		staffId: (name) => sim.ids.staff.get(name) ?? name,
		setNow: (instant) => sim.clock.set(instant),
		other: () => setUp(spec, switches, more, running),
		unreachable: async () => crmAt(NOWHERE),
	};
}

function contract(name: string, switches: Partial<EasyweekSwitches>, settings: EasyweekSettings = {}): void {
	const running: EasyweekSimulator[] = [];
	afterAll(() => Promise.all(running.map((sim) => sim.close())));
	describeBookingCrm(name, capabilitiesOf(settings), (spec) => setUp(spec, switches, settings, running));
}

/** Every switch in its n-th position. */
function positions(n: number): Partial<EasyweekSwitches> {
	return Object.fromEntries(Object.entries(EASYWEEK_SWITCHES).map(([name, all]) => [name, all[n % all.length]]));
}

describe.each(positionsOf(EASYWEEK_SWITCHES))('EasyWeek, $name', ({ name, changes }) => contract(`EasyWeek, ${name}`, changes));
describe.each([1, 2])('EasyWeek with every switch in position %i', (n) => contract(`EasyWeek, switches ${n}`, positions(n)));
describe('EasyWeek that changes client cards', () => contract('EasyWeek, cards', { customerUpdate: '200' }, { changesClients: true }));
