import axios from 'axios';
import type { BookingCrm } from '../../../core/booking';
import { createMemoryLock, type SalonPlanInput } from '../../../core/crm/computed';
import { createAxiosPort } from '../../../core/crm/http';
import { createOnecCrm, createOnecTransport, signingHeaders } from '../../../core/crm/onec';
import { openStore, type StoreConfig } from '../../../core/store';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createLock } from '../../../core/store/lock';

/** All a second adapter needs to know of a base; it can be sent to another process. */
export interface RivalOrder {
	readonly baseUrl: string;
	readonly login: string;
	readonly password: string;
	readonly mapping: object;
	readonly plan: SalonPlanInput;
	readonly now: string;
	/** Store whose lock the rivals share; null where the base itself refuses taken time. */
	readonly store: { readonly config: StoreConfig; readonly keys: readonly string[] } | null;
}

/** An adapter that shares nothing with any other but the base, and the lock of the order. */
export async function openRival({ baseUrl, mapping, plan, now, store, ...user }: RivalOrder): Promise<BookingCrm> {
	return createOnecCrm({
		transport: createOnecTransport({ port: createAxiosPort(axios.create()), limiter: createMemoryLimiter({ windows: [] }), baseUrl, headers: signingHeaders(user) }),
		account: baseUrl,
		mapping,
		plan,
		lock: store === null ? createMemoryLock() : createLock(await openStore(store.config, { keys: store.keys }), { tenant: 'salon' }),
		clock: () => now,
	});
}
