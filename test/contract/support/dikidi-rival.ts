import axios from 'axios';
import type { AppointmentReader, BookingCrm } from '../../../core/booking';
import { createAxiosPort } from '../../../core/crm/http';
import { createDikidiCrm, createGatewayTransport, type DikidiSettings, signedPort } from '../../../core/crm/dikidi';
import { createMemoryLimiter } from '../../../core/store/limiter';

/** All a second adapter needs to know of a gateway; it can be sent to another process. */
export interface RivalOrder {
	readonly url: string;
	readonly secret: string;
	readonly companyId: string;
	readonly now: string;
	readonly settings: DikidiSettings;
}

/** An adapter that shares nothing with any other but the gateway. */
export function openRival({ url, secret, companyId, now, settings }: RivalOrder): BookingCrm & AppointmentReader {
	const port = signedPort(createAxiosPort(axios.create()), secret, () => Date.parse(now));
	return createDikidiCrm({ companyId, settings, clock: () => now, gateway: { url, transport: createGatewayTransport({ gatewayUrl: url, port, limiter: createMemoryLimiter({ windows: [] }) }) } });
}
