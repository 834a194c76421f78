import axios from 'axios';
import type { BookingCrm } from '../../../core/booking';
import { type Bitrix24Settings, createBitrix24Crm, createBitrix24Transport } from '../../../core/crm/bitrix24';
import { createAxiosPort } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';

/** All a second adapter needs to know of a portal; it can be sent to another process. */
export interface RivalOrder {
	readonly baseUrl: string;
	readonly account: string;
	readonly settings: Bitrix24Settings;
	readonly now: string;
}

/** An adapter that shares nothing with any other but the vendor, not even a lock. */
export function openRival({ baseUrl, account, settings, now }: RivalOrder): BookingCrm {
	// real pauses between two looks cost a race its time
	const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms / 100));
	return createBitrix24Crm({
		account,
		settings,
		sleep,
		clock: () => now,
		transport: createBitrix24Transport({ port: createAxiosPort(axios.create()), limiter: createMemoryLimiter({ windows: [] }), baseUrl, sleep }),
	});
}
