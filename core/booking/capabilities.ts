/** What a vendor and an account can really do. The assistant never offers what is false here. */
export interface Capabilities {
	/** `native`: the CRM computes free starts; `computed`: we compute them from schedules and visits. */
	readonly slots: 'native' | 'computed';
	/** A second identical write with the same operation key has no second effect. */
	readonly idempotentWrites: boolean;
	/** A visit carries the operation key, so that a lost answer can be looked up by it. */
	readonly findByOperation: boolean;
	/** The CRM refuses a busy slot by itself, atomically with the write. */
	readonly atomicBooking: boolean;
	readonly reschedule: boolean;
	readonly cancel: boolean;
	readonly createClient: boolean;
	readonly updateClient: boolean;
	readonly severalServices: boolean;
	readonly guestName: boolean;
	/** Streams the sync can read. */
	readonly streams: readonly StreamName[];
}

export const STREAM_NAMES = ['company', 'services', 'staff', 'clients', 'visits', 'goods', 'schedules'] as const;
/** One of {@link STREAM_NAMES}. */
export type StreamName = (typeof STREAM_NAMES)[number];
