import { type AmocrmSettings, type Brand, capabilitiesOf } from '../../../core/crm/amocrm';
import { describeBookingCrm, type CrmUnderTest, type SalonSpec } from '../booking-crm.contract';
import { FAMILY_SWITCHES, type FamilySimulator, type FamilySwitches } from '../simulators/amocrm';
import { adapterFor, type ExtraFields, settingsFor, startAccount } from './amocrm-account';

/** Nothing listens here: the discard port of loopback. */
const NOWHERE = 'http://127.0.0.1:9/api/v4';
/** Far before any moment a test sets: a token must not end by a clock that is set back and forth. */
const EARLY = '2026-01-01T00:00:00Z';

type Change = (settings: AmocrmSettings, extra: ExtraFields, sim: FamilySimulator) => AmocrmSettings;

async function setUp(brand: Brand, spec: SalonSpec, switches: Partial<FamilySwitches>, change: Change, running: FamilySimulator[]): Promise<CrmUnderTest> {
	const { sim, extra } = await startAccount(brand, spec, { switches, now: EARLY });
	running.push(sim);
	const settings = change(settingsFor(sim, spec, extra), extra, sim);
	// a list that lags is waited for on the clock it lags by
	const time = switches.indexLag === '2s' ? sim.clock : undefined;
	const crmAt = (baseUrl?: string) => adapterFor(sim, { baseUrl, settings, brand, time });
	const idIn = (ids: ReadonlyMap<string, number>) => (name: string) => String(ids.get(name));
	return {
		crm: crmAt(),
		serviceId: settings.catalogId === undefined ? (name) => name : idIn(sim.ids.services),
		staffId: idIn(sim.ids.staff),
		setNow: (instant) => sim.clock.set(instant),
		other: () => setUp(brand, spec, switches, change, running),
		unreachable: async () => crmAt(NOWHERE),
	};
}

/** The booking contract of an account with these switches and settings. */
export function describeAccount(name: string, brand: Brand, switches: Partial<FamilySwitches> = {}, change: Change = (settings) => settings): void {
	const running: FamilySimulator[] = [];
	afterAll(() => Promise.all(running.map((sim) => sim.close())));
	const shape = change({ pipelineId: 1, statuses: { booked: 1 }, fields: { start: 1, duration: 1, operation: 1, comment: 1 }, catalogId: 1 }, { comment: 1, services: 1 }, { ids: { fields: {} } } as FamilySimulator);
	describeBookingCrm(name, capabilitiesOf(shape), (spec) => setUp(brand, spec, switches, change, running));
}

/** Every switch in its n-th position, so that a few runs meet each position of each. */
export function positions(n: number): Partial<FamilySwitches> {
	return Object.fromEntries(Object.entries(FAMILY_SWITCHES).map(([name, all]) => [name, all[n % all.length]]));
}
