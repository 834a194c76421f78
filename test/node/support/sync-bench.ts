import { chosenCredentials, run, type TestWorkflow } from './harness';
import { chosen } from './walking';
import { startAltegio } from '../../contract/simulators/altegio';
import { addSalon, populate, startYclients, type Past, type SimulatedSalon, type VendorSimulator } from '../../contract/simulators/yclients';
import { TEST_KEYS } from '../../support/engines';
import type { StoreConfig } from '../../../core/store';
import type { ICredentialDataDecryptedObject, INodeParameters, IRun } from 'n8n-workflow';

const BRANDS = {
	yclients: { start: startYclients, credential: 'aiAdminYclientsApi', zone: 'Europe/Moscow', country: 'RU', currency: 'RUB' },
	altegio: { start: startAltegio, credential: 'aiAdminAltegioApi', zone: 'Europe/Berlin', country: 'DE', currency: 'EUR' },
} as const;
export type Brand = keyof typeof BRANDS;

/** A branch with a past, and the node that copies it. */
export interface SyncBench {
	readonly sim: VendorSimulator;
	readonly salon: SimulatedSalon;
	readonly credentials: Readonly<Record<string, ICredentialDataDecryptedObject>>;
	/** Runs CRM Sync on it. */
	sync(parameters?: INodeParameters, more?: Partial<TestWorkflow> & { readonly onError?: 'continueRegularOutput' | 'continueErrorOutput' }): Promise<IRun>;
}

export interface SyncBenchOptions {
	readonly brand?: Brand;
	readonly salonId: string;
	readonly store: StoreConfig;
	readonly past?: Partial<Past>;
}

const open: VendorSimulator[] = [];

/** The credential of a store, as its form gives it. */
export function storeCredentialOf(config: StoreConfig): ICredentialDataDecryptedObject {
	const place: ICredentialDataDecryptedObject = config.engine === 'sqlite' ? { file: config.path } : { connectionString: config.connectionString, schema: config.schema ?? '' };
	return { engine: config.engine, encryptionKey: TEST_KEYS[0] ?? '', ...place };
}

/** A branch that anybody may book at any time. */
export const PLAIN = {
	zone: 'Europe/Moscow', country: 'RU', currency: 'RUB', bookingNoticeMinutes: 0, bookingHorizonDays: 60, changeNoticeMinutes: 0, stepMinutes: 30,
	services: [{ name: 'Стрижка', minutes: 60, price: 200_000 }], hours: { from: '09:00', to: '21:00' }, staff: [{ name: 'Anna', services: ['Стрижка'] }],
};

export async function syncBench({ brand = 'yclients', salonId, store, past }: SyncBenchOptions): Promise<SyncBench> {
	const { start, credential, zone, country, currency } = BRANDS[brand];
	const sim = await start({ now: new Date().toISOString(), running: true });
	open.push(sim);
	const salon = addSalon(sim, { ...PLAIN, zone, country, currency });
	populate(sim, salon, { clients: 30, visits: 60, sales: 12, until: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10), days: 90, ...past });
	const credentials = {
		aiAdminStoreApi: storeCredentialOf(store),
		[credential]: { partnerToken: [...sim.state.partnerTokens][0] ?? '', signIn: 'token', userToken: salon.user.token, baseUrl: sim.url },
	};
	return {
		sim, salon, credentials,
		sync: (parameters = {}, { onError, ...more } = {}) =>
			run({
				nodes: [{ name: 'Sync', type: 'crmSync', parameters: { crm: brand, branchId: chosen(String(salon.company.id)), salonId, ...parameters }, credentials: chosenCredentials(credentials), ...(onError === undefined ? {} : { onError }) }],
				credentials,
				...more,
			}),
	};
}

/** Stops the simulators. */
export async function closeBranches(): Promise<void> {
	await Promise.all(open.splice(0).map((sim) => sim.close()));
}
