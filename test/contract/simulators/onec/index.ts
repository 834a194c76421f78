import { createClock, createFaultScript, createRandom, createRequestLog, type FaultScript, type RequestLog, switchesOf, type VirtualClock } from '../kit';
import { CONFIGURATIONS, type ConfigurationName } from './configurations';
import { Infobase } from './infobase';
import { publish } from './server';
import { ONEC_SWITCHES, type OneCSwitches } from './switches';

export { CONFIGURATIONS, type ConfigurationName } from './configurations';
export { type BaseConditions, Infobase } from './infobase';
export { EMPTY_DATE, EMPTY_GUID } from './model';
export { type BaseSalon, furnish, type FurnishedBase } from './salon';
export { ONEC_SWITCHES, type OneCSwitches } from './switches';

export interface OneCOptions {
	/** Which configuration the base has. */
	readonly configuration?: ConfigurationName;
	/** The first moment, ISO 8601. */
	readonly start?: string;
	/** Lets real time pass on the clock. */
	readonly running?: boolean;
	readonly seed?: number;
	/** IANA zone whose wall clock the base keeps. */
	readonly zone?: string;
	readonly switches?: Partial<OneCSwitches>;
	readonly port?: number;
}

export interface OneCSimulator {
	/** Address of the base, as a user would give it. */
	readonly url: string;
	/** Address of the interface below it. */
	readonly odataUrl: string;
	readonly login: string;
	readonly password: string;
	readonly state: Infobase;
	readonly clock: VirtualClock;
	readonly switches: OneCSwitches;
	readonly faults: FaultScript;
	readonly requests: RequestLog;
	close(): Promise<void>;
}

const BASE_NAME = 'salon';
/** Options whose values hold names and phones. */
const PERSONAL_OPTIONS = ['$filter'];

/** Publishes a base on loopback, empty but for one user of the interface. */
export async function startOneC(options: OneCOptions = {}): Promise<OneCSimulator> {
	const clock = createClock(options.start ?? '2026-08-09T11:00:00Z', options.running);
	const random = createRandom(options.seed ?? 1);
	const switches = switchesOf(ONEC_SWITCHES, options.switches);
	const state = new Infobase(CONFIGURATIONS[options.configuration ?? 'salon'], clock, options.zone ?? 'Europe/Moscow', random);
	const [login, password] = ['odata', random.hex(12)];
	state.users.push({ login, password });
	const faults = createFaultScript();
	const requests = createRequestLog(PERSONAL_OPTIONS);
	const server = await publish({ base: state, switches, faults, log: requests, name: BASE_NAME, port: options.port });
	const url = `${server.url}/${BASE_NAME}`;
	return { url, odataUrl: `${url}/odata/standard.odata`, login, password, state, clock, switches, faults, requests, close: server.close };
}
