import { capabilitiesOf, parseMapping } from '../../core/crm/onec';
import { type ConfigurationName, type OneCSwitches, ONEC_SWITCHES } from './simulators/onec';
import { type CrmUnderTest, describeBookingCrm, type SalonSpec } from './booking-crm.contract';
import { type Base, openBase, RESERVATION } from './support/onec-base';

/** Nothing listens here: the discard port of loopback. */
const NOWHERE = 'http://127.0.0.1:9/base';

interface Run {
	readonly configuration: ConfigurationName;
	readonly mapping?: object;
	readonly switches?: Partial<OneCSwitches>;
}

function contract(name: string, { configuration, mapping = {}, switches = {} }: Run): void {
	const running: Base[] = [];
	afterEach(() => Promise.all(running.splice(0).map((base) => base.close())));
	const setUp = async (spec: SalonSpec): Promise<CrmUnderTest> => {
		const base = await openBase(spec, { configuration, mapping, switches });
		running.push(base);
		return {
			crm: base.crm,
			serviceId: base.serviceId,
			staffId: base.staffId,
			setNow: (instant) => base.sim.clock.set(instant),
			other: () => setUp(spec),
			unreachable: async () => base.adapter({ baseUrl: NOWHERE }),
		};
	};
	describeBookingCrm(name, capabilitiesOf(parseMapping({ preset: configuration, ...mapping })), setUp);
}

const MARKED = { visit: { marker: 'Маркер' } };

/** Every switch in its n-th position, so that a few runs meet each position of each. */
function positions(n: number): Partial<OneCSwitches> {
	return Object.fromEntries(Object.entries(ONEC_SWITCHES).map(([name, all]) => [name, all[n % all.length]]));
}

describe('a salon of 1C', () => contract('1C salon', { configuration: 'salon', mapping: MARKED }));
describe('a salon whose mark stands in a comment without a length', () => contract('1C salon, comment', { configuration: 'salon' }));
describe('a salon with a register of reservations', () => contract('1C salon, reservations', { configuration: 'salon', mapping: { ...MARKED, reservation: RESERVATION } }));
describe('Управление нашей фирмой', () => contract('1C unf', { configuration: 'unf' }));
describe('a clinic', () => contract('1C clinic', { configuration: 'clinic' }));
describe('a vet clinic', () => contract('1C vet', { configuration: 'vet' }));

describe.each([1, 2])('with every switch in position %i', (n) => {
	contract(`1C salon, switches ${n}`, { configuration: 'salon', mapping: { visit: { marker: 'Маркер', post: true } }, switches: positions(n) });
	contract(`1C clinic, switches ${n}`, { configuration: 'clinic', mapping: { visit: { post: true } }, switches: positions(n) });
});
