import axios from 'axios';
import { capabilitiesOf, createBitrix24Crm, createBitrix24Transport } from '../../core/crm/bitrix24';
import { createAxiosPort } from '../../core/crm/http';
import { createMemoryLimiter } from '../../core/store/limiter';
import { type Bitrix24Simulator, BITRIX24_SWITCHES, type Bitrix24Switches } from './simulators/bitrix24';
import { createClock } from './simulators/kit';
import { type CrmUnderTest, describeBookingCrm, type SalonSpec } from './booking-crm.contract';
import { type Mode, openPortal } from './support/bitrix24-portal';

/** Nothing listens here: the discard port of loopback. */
const NOWHERE = 'http://127.0.0.1:9/rest/1/secret/';

/** One portal with the spec's salon, asked through the real transport; waiting costs no real time. */
async function setUp(spec: SalonSpec, mode: Mode, switches: Partial<Bitrix24Switches>, running: Bitrix24Simulator[]): Promise<CrmUnderTest> {
	const { sim, settings, serviceId, staffId } = await openPortal(mode, spec, { switches });
	running.push(sim);
	const clock = createClock('2026-01-01T00:00:00Z');
	const crmAt = (baseUrl: string) =>
		createBitrix24Crm({
			account: sim.url,
			clock: () => sim.clock.instant(),
			sleep: clock.sleep,
			settings,
			transport: createBitrix24Transport({
				port: createAxiosPort(axios.create()),
				limiter: createMemoryLimiter({ windows: [], clock: clock.now }),
				baseUrl,
				clock: clock.now,
				sleep: clock.sleep,
			}),
		});
	return {
		crm: crmAt(sim.webhookUrl),
		serviceId,
		staffId,
		setNow: (instant) => sim.clock.set(instant),
		other: () => setUp(spec, mode, switches, running),
		unreachable: async () => crmAt(NOWHERE),
	};
}

function contract(name: string, mode: Mode, switches: Partial<Bitrix24Switches>): void {
	const running: Bitrix24Simulator[] = [];
	afterEach(() => Promise.all(running.splice(0).map((sim) => sim.close())));
	describeBookingCrm(name, capabilitiesOf({ mode: mode === 'booking' ? 'booking' : 'crm' }), (spec) => setUp(spec, mode, switches, running));
}

/** Every switch in its n-th position, so that a few runs meet each position of each. */
function positions(n: number): Partial<Bitrix24Switches> {
	return {
		...Object.fromEntries(Object.entries(BITRIX24_SWITCHES).map(([name, all]) => [name, all[n % all.length]])),
		// a portal without the module is booked in the other mode
		bookingModule: 'on',
	};
}

describe('Bitrix24 with online booking', () => contract('Bitrix24, booking', 'booking', {}));
describe('Bitrix24 without it', () => contract('Bitrix24, deals', 'crm', { bookingModule: 'missing' }));
describe('Bitrix24 with a smart process', () => contract('Bitrix24, smart process', 'smart', { bookingModule: 'missing' }));

describe.each([1, 2])('with every switch in position %i', (n) => {
	contract(`Bitrix24, booking, switches ${n}`, 'booking', positions(n));
	contract(`Bitrix24, deals, switches ${n}`, 'crm', { ...positions(n), bookingModule: n === 1 ? 'missing' : 'off' });
});
