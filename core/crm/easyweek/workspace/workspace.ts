import type { Transport } from '../../http';

/** A workspace with the location its nodes work in, asked past the booking port. */
export interface Workspace {
	readonly transport: Transport;
	/** uuid. */
	readonly locationId: string;
}

/** A record as the vendor gives it. */
export interface Row {
	readonly uuid: string;
	readonly [field: string]: unknown;
}
