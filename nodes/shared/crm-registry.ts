import type { BookingCrm, Instant } from '../../core/booking';
import { createCatalogueCache, type CatalogueCache } from '../../core/conversation';
import { createBuiltinCrm } from '../../core/crm/builtin';
import type { Store } from '../../core/store';
import { processState } from './process-state';
import { now } from './salon';
import type { OpenedStore } from './store';

/** Services, staff and company may be this old; slots and visits never are. */
const CATALOGUE_TTL_MS = 60_000;

/** A CRM that Booking CRM can connect. */
export interface CrmFactory {
	/** Name in the dropdown. */
	readonly name: string;
	readonly description: string;
	create(opened: OpenedStore, tenant: string, clock: () => Instant): BookingCrm;
}

/** Vendors by the value of the CRM parameter; a new vendor is one entry. */
export const CRM_FACTORIES: Readonly<Record<string, CrmFactory>> = {
	builtin: {
		name: 'Built-In',
		description: 'The CRM that comes with this package and lives in its store',
		create: ({ store }, tenant, clock) => createBuiltinCrm(store, tenant, clock),
	},
};

/** A CRM of one salon, with the store its conversations live in. */
export interface CrmConnection {
	readonly vendor: string;
	readonly tenant: string;
	readonly opened: OpenedStore;
	readonly crm: BookingCrm;
	readonly catalogueCache: CatalogueCache;
}

type Connections = WeakMap<Store, Map<string, CrmConnection>>;
const connections = (): Connections => processState<Connections>('connections', 1, () => new WeakMap());

/** The connection of a salon to a vendor; one a process and store. Undefined for a vendor nobody knows. */
export function connectCrm(vendor: string, tenant: string, opened: OpenedStore): CrmConnection | undefined {
	const factory = Object.hasOwn(CRM_FACTORIES, vendor) ? CRM_FACTORIES[vendor] : undefined;
	if (factory === undefined) return undefined;
	const ofStore = connections().get(opened.store) ?? new Map<string, CrmConnection>();
	connections().set(opened.store, ofStore);
	const key = JSON.stringify([vendor, tenant]);
	const known = ofStore.get(key);
	if (known !== undefined) return known;
	const fresh: CrmConnection = {
		vendor,
		tenant,
		opened,
		crm: factory.create(opened, tenant, now),
		catalogueCache: createCatalogueCache(CATALOGUE_TTL_MS, Date.now),
	};
	ofStore.set(key, fresh);
	return fresh;
}

/** Under this key the sub-node's answer carries its {@link CrmConnection} for Booking Agent. */
export const BOOKING_CRM = Symbol.for('n8n-nodes-ai-admin:booking-crm@1');

/** The connection a sub-node gave, or null when what is connected is not ours. */
export function connectionOf(supplied: unknown): CrmConnection | null {
	if (typeof supplied !== 'object' || supplied === null || !(BOOKING_CRM in supplied)) return null;
	return supplied[BOOKING_CRM] as CrmConnection;
}
