import { minorOf, ok, type Outcome, type PriceRange, refused } from '../../booking';
import { type VendorService } from '../computed';
import type { Transport } from '../http';
import * as calls from './calls';
import type { Context } from './context';
import { readAll } from './pages';
import type { PriceWire, ProductWire } from './wire';

/** Services of the portal, and the currency most of their prices are in. */
export interface Catalogue {
	readonly services: readonly VendorService[] | null;
	readonly currency: string | null;
}

const SERVICE_TYPE = 7;
const NO_CATALOGUE = refused('not_allowed', 'The user of the webhook or application may not see the product catalogue; make the webhook as an administrator, or set the number of the catalogue in the settings.');

/** The services of the product catalogue with their prices. A portal without any leaves the list to the salon plan. */
export async function readServices(context: Context): Promise<Outcome<Catalogue>> {
	const iblockId = await findCatalogue(context);
	if (iblockId.kind !== 'ok') return iblockId;
	if (iblockId.value === null) return ok({ services: null, currency: null });
	const products = await readProducts(context, iblockId.value);
	if (products.kind !== 'ok') return products;
	const services = products.value.filter(isService);
	if (services.length === 0) return ok({ services: null, currency: null });
	const prices = await readPrices(context, services.map(({ id }) => id));
	if (prices.kind !== 'ok') return prices;
	return ok({ services: services.map((wire) => serviceOf(context, wire, prices.value)), currency: usualCurrency(prices.value) });
}

/** Goods stand in the same lists; a portal that does not tell the kind gives services only. */
export function isService({ type }: Pick<ProductWire, 'type'>): boolean {
	return type === SERVICE_TYPE || type === null || type === undefined;
}

/** The catalogue of the settings, or the one the portal names; null where it has none. */
export async function findCatalogue({ transport, settings }: Context): Promise<Outcome<string | null>> {
	return settings.catalogueId === undefined ? findCatalogueOf(transport) : ok(settings.catalogueId);
}

/** Services live in the main catalogue; one that names another as its products' holds offers. */
export async function findCatalogueOf(transport: Transport): Promise<Outcome<string | null>> {
	const answer = await transport.read(calls.catalogues());
	if (answer.kind === 'refused' && answer.reason === 'not_allowed') return NO_CATALOGUE;
	if (answer.kind === 'refused' && answer.reason === 'unsupported') return ok(null);
	if (answer.kind !== 'ok') return answer;
	return ok(answer.value.items.find(({ productIblockId }) => productIblockId === null || productIblockId === undefined)?.iblockId ?? null);
}

async function readProducts({ transport, settings }: Context, iblockId: string): Promise<Outcome<readonly ProductWire[]>> {
	const fields = settings.durationPropertyId === undefined ? [] : [`property${settings.durationPropertyId}`];
	const services = await readAll(transport, (after) => calls.services(iblockId, after, fields));
	if (services.kind !== 'refused' || services.reason !== 'not_allowed') return services;
	// some portals keep the list of services for administrators, and let others read all products
	return readAll(transport, (after) => calls.products(iblockId, after, fields));
}

const PRODUCTS_AT_ONCE = 200;

/** Prices of products, every group of them. */
export async function readPrices({ transport }: Pick<Context, 'transport'>, productIds: readonly string[]): Promise<Outcome<readonly PriceWire[]>> {
	const prices: PriceWire[] = [];
	for (let from = 0; from < productIds.length; from += PRODUCTS_AT_ONCE) {
		const chunk = productIds.slice(from, from + PRODUCTS_AT_ONCE);
		const some = await readAll(transport, (after) => calls.prices(chunk, after));
		if (some.kind !== 'ok') return some;
		prices.push(...some.value);
	}
	return ok(prices);
}

/** A product with its prices as a service. */
export function serviceOf({ settings }: Pick<Context, 'settings'>, wire: ProductWire, prices: readonly PriceWire[]): VendorService {
	const own = prices.filter(({ productId }) => productId === wire.id);
	const group = settings.priceGroupId ?? own.map(({ catalogGroupId }) => catalogGroupId).sort((a, b) => Number(a) - Number(b))[0];
	const row = own.find(({ catalogGroupId }) => catalogGroupId === group);
	return { id: wire.id, title: wire.name.trim(), price: row === undefined ? null : priceOf(row), durationMinutes: minutesIn(wire, settings.durationPropertyId) ?? settings.durationMinutes, active: wire.active };
}

function priceOf({ price, currency }: PriceWire): PriceRange {
	const amount = minorOf(price, currency);
	return { min: amount, max: amount, currency };
}

/** A property is a value, or an object that holds one. */
function minutesIn(wire: ProductWire, propertyId: string | undefined): number | null {
	const held: unknown = propertyId === undefined ? null : (wire as Readonly<Record<string, unknown>>)[`property${propertyId}`];
	const value: unknown = typeof held === 'object' && held !== null && 'value' in held ? held.value : held;
	const minutes = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
	return Number.isInteger(minutes) && minutes >= 5 && minutes <= 1440 ? minutes : null;
}

function usualCurrency(prices: readonly PriceWire[]): string | null {
	const counts = new Map<string, number>();
	for (const { currency } of prices) counts.set(currency, (counts.get(currency) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
