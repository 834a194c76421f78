import { sleep, type IExecuteFunctions, type ISupplyDataFunctions, type LogMetadata } from 'n8n-workflow';
import { createMemoryLock, stackedLock } from '../../../core/crm/computed';
import type { HttpPort, Lane, TransportParts } from '../../../core/crm/http';
import type { Store } from '../../../core/store';
import { createLimiter } from '../../../core/store/limiter';
import { createLock } from '../../../core/store/lock';
import { ParameterError } from '../errors';
import { createNodeHttpPort, type HttpHost } from '../http';
import { processState } from '../process-state';
import { now } from '../salon';
import { openNodeStore, type OpenedStore, type StoreHost } from '../store';
import { textOf } from '../fields';
import type { CrmVendor, Opening, SignIn, VendorAccount } from './vendor';

/** What every kind of node function offers that a vendor needs. */
export type VendorFunctions = HttpHost & StoreHost & { readonly logger?: { warn(message: string, meta?: LogMetadata): void } };

/** A setting of the node by its name, as the kind of function at hand reads one. */
export type ReadSetting = (name: string) => unknown;

/** Reads the parameters of an item; of a selector, the id that was chosen. */
export function settingsOfItem(functions: IExecuteFunctions | ISupplyDataFunctions, itemIndex: number): ReadSetting {
	return (name) => functions.getNodeParameter(name, itemIndex, undefined, { extractValue: true });
}

export interface OpenOptions {
	readonly lane: Lane;
	readonly itemIndex?: number;
	/** Opened already, where the caller needs it too. */
	readonly opened?: OpenedStore;
	/** Told of every request before it goes out. */
	readonly onRequest?: () => void;
}

/** The account an item's parameters name. Throws {@link ParameterError} for what the operator must mend. */
export async function openAccount<A extends VendorAccount>(vendor: CrmVendor<A>, functions: VendorFunctions, read: ReadSetting, options: OpenOptions): Promise<A> {
	const opening = await openingOf(vendor, functions, read, options);
	try {
		return await vendor.open(opening);
	} catch (error) {
		throw settingsError(vendor, error);
	}
}

/** `TypeError` is the core's word for settings that cannot be. */
function settingsError({ name }: CrmVendor, error: unknown): unknown {
	return error instanceof TypeError ? new ParameterError(`The settings of ${name} cannot be used`, error.message) : error;
}

/** The same before a branch is chosen, for the lists of the panel. */
export async function openingOf(vendor: CrmVendor, functions: VendorFunctions, read: ReadSetting, { lane, itemIndex, opened, onRequest }: OpenOptions): Promise<Opening> {
	const signIn = signInOf(vendor, read);
	const chosen = functions.getNode().credentials?.[signIn.credential];
	if (chosen === undefined) throw new ParameterError(`No credential of ${vendor.name} is chosen`, 'Choose or create one at the top of the node.');
	const credential = await functions.getCredentials<Record<string, unknown>>(signIn.credential, itemIndex);
	const { store } = opened ?? (await openNodeStore(functions, itemIndex));
	return {
		port: watched(createNodeHttpPort(functions, signIn.credential, signIn.renewal), onRequest),
		signIn,
		credential,
		credentialNow: () => functions.getCredentials<Record<string, unknown>>(signIn.credential, itemIndex),
		setting: read,
		settings: (name) => recordOf(read(name)),
		lane,
		clock: now,
		store,
		limiter: (scope, windows) => createLimiter(store, { scope, windows }),
		lock: (account) => kept(store, [vendor.value, 'lock', account], () => stackedLock(createMemoryLock(), createLock(store, { tenant: `${vendor.value}:${account}` }))),
		kept: (name, identity, create) => kept(store, [vendor.value, signIn.credential, chosen.id, textOf(credential.baseUrl), name, ...identity], create),
		onUnknownValue: (field) => functions.logger?.warn(`${vendor.name} gave a value of "${field}" that is not known`, { vendor: vendor.value, field }),
	};
}

/** Parts of a transport that are the same for every vendor in n8n; the port signs, so there are no headers. */
export function transportParts({ port, limiter }: Opening, at: { readonly baseUrl: string; readonly scope: string; readonly windows: Parameters<Opening['limiter']>[1] }): Omit<TransportParts, 'rules'> {
	return { port, limiter: limiter(at.scope, at.windows), baseUrl: at.baseUrl, sleep };
}

/**
 * The address of an API: the credential's own where it names one, else the vendor's. Only http and https; a name or a
 * password in it is refused, since it would get into logs.
 */
export function baseUrlOf(value: unknown, usual: string): string {
	const text = textOf(value);
	if (text === '') return usual;
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === '') return text;
	throw new ParameterError('The address in the credential is not valid', `Use an address such as ${usual}, without a name, a password or a query in it.`);
}

function watched(port: HttpPort, onRequest: OpenOptions['onRequest']): HttpPort {
	if (onRequest === undefined) return port;
	return {
		exchange(request) {
			onRequest();
			return port.exchange(request);
		},
	};
}

function signInOf({ name, signIns }: CrmVendor, read: ReadSetting): SignIn {
	const [first] = signIns;
	if (signIns.length === 1) return first;
	const wanted = textOf(read('authentication'));
	const found = signIns.find(({ value }) => value === wanted);
	if (found === undefined) throw new ParameterError('The authentication is not known', `Choose one of the ways to sign in to ${name}.`);
	return found;
}

/** Most things kept in a process; expressions in settings must not grow memory. */
const MOST_KEPT = 500;

/** One thing a process, store and key; the store tells two n8n of one test process apart. */
export function kept<T>(store: Store, key: readonly unknown[], create: () => T): T {
	const all = processState('vendors', 1, () => new WeakMap<Store, Map<string, unknown>>());
	const ofStore = all.get(store) ?? new Map<string, unknown>();
	all.set(store, ofStore);
	const name = JSON.stringify(key);
	const known = ofStore.get(name) as T | undefined;
	if (known !== undefined) return known;
	if (ofStore.size >= MOST_KEPT) ofStore.clear();
	const fresh = create();
	ofStore.set(name, fresh);
	return fresh;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
