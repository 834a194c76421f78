import type { Transport } from '../../http';

/** What the back office's own operations work with, beside the booking port. */
export interface Office {
	readonly transport: Transport;
	readonly companyId: string;
}

/** A record of the vendor, every field kept. */
export type Row = Readonly<Record<string, unknown>>;
