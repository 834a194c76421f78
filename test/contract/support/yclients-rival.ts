import axios from 'axios';
import type { BookingCrm } from '../../../core/booking';
import { createAxiosPort } from '../../../core/crm/http';
import { type Brand, createYclientsCrm, createYclientsTransport, signingHeaders, type YclientsSettings } from '../../../core/crm/yclients';
import { createMemoryLimiter } from '../../../core/store/limiter';

/** All a second adapter needs to know of a branch; it can be sent to another process. */
export interface RivalOrder {
	readonly brand: Brand;
	readonly baseUrl: string;
	readonly companyId: string;
	readonly partnerToken: string;
	readonly userToken: string;
	readonly now: string;
	readonly settings: YclientsSettings;
}

/** An adapter that shares nothing with any other but the vendor. */
export function openRival({ brand, baseUrl, companyId, partnerToken, userToken, now, settings }: RivalOrder): BookingCrm {
	return createYclientsCrm({
		brand,
		companyId,
		settings,
		clock: () => now,
		transport: createYclientsTransport({
			port: createAxiosPort(axios.create()),
			limiter: createMemoryLimiter({ windows: [] }),
			baseUrl,
			headers: signingHeaders({ partnerToken, userToken }),
		}, brand),
	});
}
