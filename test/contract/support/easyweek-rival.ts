import axios from 'axios';
import type { BookingCrm } from '../../../core/booking';
import { createEasyweekCrm, createEasyweekTransport, type EasyweekSettings, signingHeaders } from '../../../core/crm/easyweek';
import { createAxiosPort } from '../../../core/crm/http';
import { createMemoryLimiter } from '../../../core/store/limiter';

/** All a second adapter needs to know of a location; it can be sent to another process. */
export interface RivalOrder {
	readonly baseUrl: string;
	readonly locationId: string;
	readonly apiKey: string;
	readonly workspace: string;
	readonly now: string;
	readonly settings: EasyweekSettings;
}

/** An adapter that shares nothing with any other but the vendor. */
export function openRival({ baseUrl, locationId, apiKey, workspace, now, settings }: RivalOrder): BookingCrm {
	return createEasyweekCrm({
		locationId,
		settings,
		clock: () => now,
		transport: createEasyweekTransport({
			port: createAxiosPort(axios.create()),
			limiter: createMemoryLimiter({ windows: [] }),
			baseUrl,
			headers: signingHeaders({ apiKey, workspace }),
		}),
	});
}
