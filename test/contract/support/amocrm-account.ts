import axios from 'axios';
import { type AmocrmParts, type AmocrmSettings, type AmocrmTransportParts, type Brand, createAmocrmCrm, createAmocrmTransport } from '../../../core/crm/amocrm';
import { createMemoryLock } from '../../../core/crm/computed';
import { createAxiosPort } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { type FamilyOptions, type FamilySimulator, startAmocrm } from '../simulators/amocrm';
import type { Field } from '../simulators/amocrm/model';
import { createClock, type VirtualClock } from '../simulators/kit';
import { startKommo } from '../simulators/kommo';
import type { SalonSpec } from './bench';

/** The brand a simulator speaks as, by the brand the adapter believes in. */
const SIMULATORS: Readonly<Record<Brand['vendor'], (options: FamilyOptions) => Promise<FamilySimulator>>> = { amoCRM: startAmocrm, Kommo: startKommo };

/** Fields an integrator adds beside those of every account of the simulator. */
export interface ExtraFields {
	readonly comment: number;
	readonly services: number;
}

/** An account of a brand with a salon in it. */
export async function startAccount(brand: Brand, spec: SalonSpec, options: FamilyOptions = {}): Promise<{ readonly sim: FamilySimulator; readonly extra: ExtraFields }> {
	const { zone, country, currency, services, staff } = spec;
	const sim = await SIMULATORS[brand.vendor]({ limits: false, zone, country, currency, salon: { services, staff }, ...options });
	const add = (name: string, type: string): number => {
		const field: Field = { id: sim.state.nextId(), name, type, code: null, sort: 900, owner: 'leads', is_api_only: false, enums: [] };
		sim.state.fields.set(field.id, field);
		return field.id;
	};
	return { sim, extra: { comment: add('Комментарий', 'textarea'), services: add('Услуги записи', 'text') } };
}

/** Settings of that account, as an operator makes them. */
export function settingsFor({ ids }: Pick<FamilySimulator, 'ids'>, spec: SalonSpec, { comment }: ExtraFields): AmocrmSettings {
	const { start, duration, specialist, operation, serviceMinutes, price } = ids.fields;
	const hours = [`${spec.hours.from}-${spec.hours.to}`];
	return {
		pipelineId: ids.pipeline,
		statuses: { booked: ids.statusNew, confirmed: ids.statusConfirmed },
		fields: { start, duration, specialist, operation, comment },
		catalogId: ids.catalog,
		catalogFields: { duration: serviceMinutes, price },
		lossReasons: { cancelled: ids.lossByClient, taken: ids.lossTimeTaken },
		plan: {
			company: {
				workingHours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
				bookingNoticeMinutes: spec.bookingNoticeMinutes,
				bookingHorizonDays: spec.bookingHorizonDays,
				changeNoticeMinutes: spec.changeNoticeMinutes,
				stepMinutes: spec.stepMinutes,
			},
			staff: spec.staff.map(({ name, services }) => ({ name, services: [...services] })),
		},
	};
}

export interface AdapterOptions {
	readonly baseUrl?: string;
	readonly settings: AmocrmSettings;
	readonly brand: Brand;
	/** The transport's own time. */
	readonly time?: VirtualClock;
	readonly transport?: Partial<AmocrmTransportParts>;
	readonly parts?: Partial<AmocrmParts>;
}

/** An adapter that looks at an account through the real transport; waiting costs no real time. */
export function adapterFor(sim: Pick<FamilySimulator, 'url' | 'clock' | 'oauth'>, { baseUrl, settings, brand, time = createClock('2026-01-01T00:00:00Z'), transport, parts }: AdapterOptions): ReturnType<typeof createAmocrmCrm> {
	const sleep = transport?.sleep ?? time.sleep;
	return createAmocrmCrm({
		brand,
		settings,
		account: sim.url,
		lock: createMemoryLock(),
		clock: () => sim.clock.instant(),
		sleep,
		transport: createAmocrmTransport(
			{
				port: createAxiosPort(axios.create()),
				limiter: createMemoryLimiter({ windows: [], clock: time.now }),
				baseUrl: baseUrl ?? `${sim.url}/api/v4`,
				...(transport?.tokens === undefined ? { token: sim.oauth.issueLongLived(1825) } : {}),
				clock: time.now,
				sleep,
				...transport,
			},
			brand,
		),
		...parts,
	});
}
