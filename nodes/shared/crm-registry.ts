import type { IExecuteFunctions, INodeProperties, ISupplyDataFunctions } from 'n8n-workflow';
import type { BookingCrm, LeadDesk } from '../../core/booking';
import { createCatalogueCache, type CatalogueCache } from '../../core/conversation';
import { createBuiltinCrm } from '../../core/crm/builtin';
import type { Store } from '../../core/store';
import { processState } from './process-state';
import { now } from './salon';
import type { OpenedStore } from './store';
import { kept, openAccount, settingsOfItem, type OpenOptions } from './vendor/account';
import type { CrmVendor, VendorAccount } from './vendor/vendor';
import { VENDORS } from './vendors';

/** Services, staff and company may be this old; slots and visits never are. */
const CATALOGUE_TTL_MS = 60_000;

/** Value of the CRM parameter for the CRM in the store. */
export const BUILTIN = 'builtin';

/** A CRM of one salon, with the store its conversations live in. */
export interface CrmConnection {
	readonly vendor: string;
	readonly tenant: string;
	readonly opened: OpenedStore;
	/** Of a vendor: bound to the execution that opened it. */
	readonly crm: BookingCrm;
	readonly leads?: LeadDesk;
	/** Lives as long as the process: one a salon, account and settings. */
	readonly catalogueCache: CatalogueCache;
}

/** CRMs of the dropdown. */
export const CRM_CHOICES: readonly Pick<CrmVendor, 'value' | 'name' | 'description'>[] = [
	{ value: BUILTIN, name: 'Built-In', description: 'The CRM that comes with this package and lives in its store' },
	...VENDORS,
];

/** The CRM parameter, its choices by name. */
export function crmField(description: string): INodeProperties {
	return {
		displayName: 'CRM',
		name: 'crm',
		type: 'options',
		noDataExpression: true,
		options: CRM_CHOICES.map((choice) => ({ name: choice.name, value: choice.value, description: choice.description })).sort((a, b) => a.name.localeCompare(b.name, 'en')),
		default: BUILTIN,
		description,
	};
}

type Connections = WeakMap<Store, Map<string, CrmConnection>>;
const connections = (): Connections => processState<Connections>('connections', 2, () => new WeakMap());

/** The built-in CRM of a salon; one a process and store. */
export function connectBuiltin(tenant: string, opened: OpenedStore): CrmConnection {
	const ofStore = connections().get(opened.store) ?? new Map<string, CrmConnection>();
	connections().set(opened.store, ofStore);
	const known = ofStore.get(tenant);
	if (known !== undefined) return known;
	const fresh: CrmConnection = { vendor: BUILTIN, tenant, opened, crm: createBuiltinCrm(opened.store, tenant, now), catalogueCache: newCache() };
	ofStore.set(tenant, fresh);
	return fresh;
}

/** Where a dialogue's CRM is opened from. */
export interface DialogueContext {
	readonly functions: IExecuteFunctions | ISupplyDataFunctions;
	readonly itemIndex: number;
	readonly tenant: string;
	readonly opened: OpenedStore;
}

/** The CRM of a salon for a dialogue, by the value of the CRM parameter. Undefined for a vendor nobody knows. */
export async function connectCrm(value: string, { functions, itemIndex, tenant, opened }: DialogueContext): Promise<CrmConnection | undefined> {
	if (value === BUILTIN) return connectBuiltin(tenant, opened);
	const found = await openVendor(value, functions, { lane: 'dialogue', itemIndex, opened });
	if (found === undefined) return undefined;
	const { vendor, account } = found;
	const { crm, leads, identity } = account;
	const credentials = vendor.signIns.map(({ credential }) => functions.getNode().credentials?.[credential]?.id ?? null);
	return { vendor: value, tenant, opened, crm, ...(leads === undefined ? {} : { leads }), catalogueCache: kept(opened.store, ['catalogue', value, tenant, credentials, identity], newCache) };
}

/** The vendor that the CRM parameter of an item names, with its account opened. Undefined for one nobody knows; throws as {@link openAccount}. */
export async function openVendor(value: string, functions: IExecuteFunctions | ISupplyDataFunctions, options: OpenOptions & { readonly itemIndex: number }): Promise<{ readonly vendor: CrmVendor; readonly account: VendorAccount } | undefined> {
	const vendor = VENDORS.find((one) => one.value === value);
	return vendor === undefined ? undefined : { vendor, account: await openAccount(vendor, functions, settingsOfItem(functions, options.itemIndex), options) };
}

function newCache(): CatalogueCache {
	return createCatalogueCache(CATALOGUE_TTL_MS, Date.now);
}

/** Under this key the sub-node's answer carries its {@link CrmConnection} for Booking Agent. */
export const BOOKING_CRM = Symbol.for('n8n-nodes-ai-admin:booking-crm@1');

/** The connection a sub-node gave, or null when what is connected is not ours. */
export function connectionOf(supplied: unknown): CrmConnection | null {
	if (typeof supplied !== 'object' || supplied === null || !(BOOKING_CRM in supplied)) return null;
	return supplied[BOOKING_CRM] as CrmConnection;
}
