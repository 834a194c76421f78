import axios from 'axios';
import type { AppointmentReader, BookingCrm } from '../../../core/booking';
import { createMemoryLock, type Lock, type SalonPlanInput } from '../../../core/crm/computed';
import { createAxiosPort, type HttpPort, type Limiter, type TransportEvent } from '../../../core/crm/http';
import { createFacts, createOnecCrm, createOnecTransport, type Facts, signingHeaders } from '../../../core/crm/onec';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createClock, type VirtualClock } from '../simulators/kit';
import { type ConfigurationName, furnish, type FurnishedBase, type OneCSimulator, type OneCSwitches, startOneC } from '../simulators/onec';
import type { SalonSpec } from './bench';
import { NOW, sharedTime } from './vendor-bench';

/** Sets of a configuration that a test looks into by itself. */
const SETS: Readonly<Record<ConfigurationName, { readonly visit: string; readonly client: string }>> = {
	salon: { visit: 'Document_Событие', client: 'Catalog_Контрагенты' },
	unf: { visit: 'Document_Событие', client: 'Catalog_Контрагенты' },
	clinic: { visit: 'Document_Событие', client: 'Catalog_Клиенты' },
	vet: { visit: 'Task_ПредварительнаяЗапись', client: 'Catalog_Клиенты' },
	trade: { visit: 'Document_ЗаказКлиента', client: 'Catalog_Партнеры' },
};

/** The register of reservations of the simulator's salon. */
export const RESERVATION = { entity: 'InformationRegister_ЗанятыеЯчейки', staff: 'Сотрудник_Key', cell: 'Ячейка', marker: 'Маркер', cellMinutes: 30 };

export interface BaseOptions {
	readonly configuration?: ConfigurationName;
	/** Over the preset of the configuration. */
	readonly mapping?: object;
	readonly switches?: Partial<OneCSwitches>;
	readonly now?: string;
	readonly limiter?: (clock: VirtualClock) => Limiter;
	/** Waiting moves the base's clock too: for a limiter that counts by it. */
	readonly sharedTime?: boolean;
	readonly lock?: Lock;
	readonly wrap?: (port: HttpPort) => HttpPort;
}

/** A base with a salon in it, and the adapter that looks at it through the real transport. */
export interface Base {
	readonly sim: OneCSimulator;
	readonly furnished: FurnishedBase;
	readonly sets: { readonly visit: string; readonly client: string };
	readonly crm: BookingCrm & AppointmentReader;
	readonly facts: Facts;
	/** The transport's own time: waiting moves it, the base's clock stands. */
	readonly clock: VirtualClock;
	readonly mapping: object;
	readonly plan: SalonPlanInput;
	readonly events: TransportEvent[];
	readonly unknownValues: string[];
	serviceId(name: string): string;
	staffId(name: string): string;
	/** Another adapter for the same base. */
	adapter(changes?: Partial<Pick<BaseOptions, 'wrap' | 'lock' | 'mapping'>> & { readonly baseUrl?: string }): BookingCrm & AppointmentReader;
	close(): Promise<void>;
}

/** Publishes a base of a configuration and puts a salon into it, as its people would. */
export async function openBase(spec: SalonSpec, options: BaseOptions = {}): Promise<Base> {
	const { configuration = 'salon', switches = {}, now = NOW, limiter, sharedTime: isTimeShared = false } = options;
	const sim = await startOneC({ configuration, start: now, zone: spec.zone, switches });
	const furnished = furnish(sim.state, { services: spec.services.map(({ name, price }) => ({ name, price: price / 100 })), staff: spec.staff.map(({ name }) => name) });
	if (configuration === 'salon') for (const { name, minutes } of spec.services) sim.state.change('Catalog_Номенклатура', keyOf(furnished.services, name), { НормаВремени: minutes });
	addSchedules(sim, furnished, spec);
	const clock = isTimeShared ? sim.clock : createClock(now);
	const time = isTimeShared ? sharedTime(sim.clock) : { sleep: clock.sleep, wrap: (port: HttpPort) => port };
	const [events, unknownValues]: [TransportEvent[], string[]] = [[], []];
	const [lock, facts] = [options.lock ?? createMemoryLock(), createFacts()];
	const mapping = { preset: configuration, client: { phoneKind: furnished.phoneKind.Ref_Key }, ...options.mapping };
	const plan = planOf(spec, configuration);
	const adapter: Base['adapter'] = (changes = {}) =>
		createOnecCrm({
			transport: createOnecTransport({
				port: time.wrap((changes.wrap ?? options.wrap ?? ((port: HttpPort) => port))(createAxiosPort(axios.create()))),
				limiter: limiter?.(clock) ?? createMemoryLimiter({ windows: [], clock: clock.now }),
				baseUrl: changes.baseUrl ?? sim.url,
				headers: signingHeaders(sim),
				clock: clock.now,
				sleep: time.sleep,
				onEvent: (event) => events.push(event),
			}),
			account: sim.url,
			mapping: changes.mapping ?? mapping,
			plan,
			lock: changes.lock ?? lock,
			clock: () => sim.clock.instant(),
			sleep: time.sleep,
			onUnknownValue: (field) => unknownValues.push(field),
			...(Object.keys(changes).length === 0 ? { facts } : {}),
		});
	return {
		sim, furnished, facts, clock, mapping, plan, events, unknownValues, adapter,
		sets: SETS[configuration],
		crm: adapter(),
		serviceId: (name) => keyOf(furnished.services, name),
		staffId: (name) => keyOf(furnished.staff, name),
		close: () => sim.close(),
	};
}

function keyOf(rows: FurnishedBase['services'], name: string): string {
	return String(rows.get(name)?.Ref_Key);
}

/** What the base does not hold: hours where it has no schedules, lengths and prices where it has no fields for them. */
function planOf(spec: SalonSpec, configuration: ConfigurationName): SalonPlanInput {
	const hours = [`${spec.hours.from}-${spec.hours.to}`];
	const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
	const { zone, currency, country, bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes, stepMinutes } = spec;
	const isPriced = configuration === 'salon' || configuration === 'unf';
	return {
		company: { zone, currency, country, bookingNoticeMinutes, bookingHorizonDays, changeNoticeMinutes, stepMinutes, ...(hasRegister(configuration) ? {} : { workingHours: week }) },
		services: configuration === 'salon' ? [] : spec.services.map(({ name, minutes, price }) => ({ title: name, durationMinutes: minutes, ...(isPriced ? {} : { price: price / 100 }) })),
		staff: spec.staff.map(({ name, services }) => ({ name, services: [...services] })),
	};
}

const hasRegister = (configuration: ConfigurationName): boolean => configuration === 'clinic' || configuration === 'vet';

/** Everybody works every day of the years the contract asks about. */
function addSchedules({ state }: OneCSimulator, { staff }: FurnishedBase, { hours }: SalonSpec): void {
	const name = state.configuration.name;
	if (name !== 'clinic' && name !== 'vet') return;
	const days = Array.from({ length: 400 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
	const [from, to] = [`0001-01-01T${hours.from}:00`, `0001-01-01T${hours.to}:00`];
	const shift = name === 'vet' ? state.add('Catalog_Смены', { Description: 'День', Время1: from, Время2: to }) : null;
	let line = 0;
	for (const person of staff.values()) {
		for (const day of days) {
			line += 1;
			const Период = `${day}T00:00:00`;
			if (shift !== null) state.add('InformationRegister_ГрафикРаботы', { Period: Период, ФизЛицо_Key: person.Ref_Key, Смена_Key: shift.Ref_Key, Работает: true, РазрешитьОнлайнЗапись: true });
			else state.add('InformationRegister_ГрафикиРаботыВрачей', { Recorder: 'График', Recorder_Type: 'StandardODATA.Document_Графики', LineNumber: String(line), Дата: Период, Врач_Key: person.Ref_Key, ВремяНачала: from, ВремяОкончания: to });
		}
	}
}
