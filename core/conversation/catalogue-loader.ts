import type { BookingCrm, Outcome } from '../booking';
import type { CatalogueCache } from './assistant';
import type { Catalogue } from './catalogue';

/** Reads company, services and staff; all three or the reason why not. */
export async function loadCatalogue(crm: BookingCrm, tenant: string, cache: CatalogueCache): Promise<Outcome<Catalogue>> {
	return cache.get(`catalogue:${tenant}`, () => readCatalogue(crm), (outcome) => outcome.kind === 'ok');
}

async function readCatalogue(crm: BookingCrm): Promise<Outcome<Catalogue>> {
	const [company, services, staff] = await Promise.all([crm.company(), crm.services(), crm.staff()]);
	if (company.kind !== 'ok') return company;
	if (services.kind !== 'ok') return services;
	if (staff.kind !== 'ok') return staff;
	return {
		kind: 'ok',
		value: {
			company: company.value,
			services: services.value.filter((service) => service.active && service.bookableOnline),
			staff: staff.value.filter((person) => person.active && person.bookable),
		},
	};
}

/**
 * A catalogue cache with a life of `ttlMs`. Only what `keep` accepts is kept; concurrent loads of one key share one
 * request. Slots and records must never go through it.
 */
export function createCatalogueCache(ttlMs: number, nowMs: () => number): CatalogueCache {
	const entries = new Map<string, { at: number; value: unknown }>();
	const loading = new Map<string, Promise<unknown>>();
	return {
		async get<T>(key: string, load: () => Promise<T>, keep: (value: T) => boolean): Promise<T> {
			const kept = entries.get(key);
			if (kept !== undefined && nowMs() - kept.at < ttlMs) return kept.value as T;
			const running = loading.get(key);
			if (running !== undefined) return running as Promise<T>;
			const started = load()
				.then((value) => {
					if (keep(value)) entries.set(key, { at: nowMs(), value });
					return value;
				})
				.finally(() => loading.delete(key));
			loading.set(key, started);
			return started;
		},
		clear() {
			entries.clear();
		},
	};
}
