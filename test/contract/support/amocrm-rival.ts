import axios from 'axios';
import type { BookingCrm } from '../../../core/booking';
import { type AmocrmSettings, type Brand, createAmocrmCrm, createAmocrmTransport } from '../../../core/crm/amocrm';
import { createAxiosPort } from '../../../core/crm/http';
import { openStore, type StoreConfig } from '../../../core/store';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createLock } from '../../../core/store/lock';

/** All another process needs to know of an account. */
export interface RivalOrder {
	readonly brand: Brand;
	readonly url: string;
	readonly token: string;
	readonly now: string;
	readonly settings: AmocrmSettings;
	/** Where the common lock is kept. */
	readonly lock: { readonly config: StoreConfig; readonly keys: readonly string[] };
}

/** An adapter that shares with others the vendor, and a lock in a store. */
export async function openRival({ brand, url, token, now, settings, lock }: RivalOrder): Promise<BookingCrm> {
	return createAmocrmCrm({
		brand,
		settings,
		account: url,
		lock: createLock(await openStore(lock.config, { keys: lock.keys }), { tenant: 'salon' }),
		clock: () => now,
		transport: createAmocrmTransport({ port: createAxiosPort(axios.create()), limiter: createMemoryLimiter({ windows: [] }), baseUrl: `${url}/api/v4`, token }, brand),
	});
}
