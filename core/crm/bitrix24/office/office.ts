import type { Transport } from '../../http';

/** A portal beyond bookings: what its own operations work with. */
export interface Office {
	readonly transport: Transport;
}

/** A record as the portal gives it. */
export type Row = Readonly<Record<string, unknown>>;
