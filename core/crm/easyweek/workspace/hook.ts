import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { UUID } from '../wire';

/** What the vendor can be told to send, each to an address of its own; the name is not in the body. */
export const HOOK_EVENTS = ['booking-created', 'booking-updated', 'booking-rescheduled', 'booking-canceled', 'booking-succeeded'] as const;
/** One of {@link HOOK_EVENTS}. */
export type HookEvent = (typeof HOOK_EVENTS)[number];

/** Its numbers belong to no record of the API: the booking is known by `uid` alone. */
const DELIVERY = v.looseObject({ uid: UUID, location_uuid: UUID });

/** That a booking changed; what it is now has to be read. */
export interface HookSignal {
	readonly bookingId: string;
	readonly locationId: string;
	/** Null where the address does not say it. */
	readonly event: HookEvent | null;
	/** The same for a delivery sent again, different for every other change. */
	readonly key: string;
}

/** Reads a delivery; null for what is none. `event` is the one the operator wrote into the address. The vendor gives no event id: the content stands for it. */
export function hookSignalOf(body: unknown, event: unknown): HookSignal | null {
	const parsed = v.safeParse(DELIVERY, body);
	if (!parsed.success) return null;
	const { uid, location_uuid: locationId } = parsed.output;
	const named = HOOK_EVENTS.find((one) => one === event) ?? null;
	const content = createHash('sha256').update(JSON.stringify(body)).digest('hex');
	return { bookingId: uid, locationId, event: named, key: [uid, named ?? '', content].join(':') };
}
