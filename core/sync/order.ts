import type { BookingCrm, Instant, StreamName, StreamReader } from '../booking';
import type { Store } from '../store';

export interface SyncParts {
	readonly store: Store;
	/** The branch that is copied. */
	readonly crm: Pick<BookingCrm, 'company' | 'stream' | 'capabilities'>;
	readonly reader: StreamReader;
	/** Key of the branch in the store: stable for the vendor and its company, whatever the credential. */
	readonly tenant: string;
	/** Milliseconds since the epoch. */
	readonly clock?: () => number;
	/** Pages are applied together until they hold so many rows, 400 when absent: fewer transactions, and at most so much to read again. */
	readonly batchRows?: number;
}

/**
 * `full`: everything, and what is gone. `incremental`: what has changed since the latest reading; of a stream that was
 * never read, everything. `backfill`: changes of the past, the latest first, in the lane that waits for all others.
 */
export type SyncKind = 'full' | 'incremental' | 'backfill';

export interface SyncOrder {
	readonly kind: SyncKind;
	/** All that the CRM has when absent. */
	readonly streams?: readonly StreamName[];
	/** A stream that was read whole since then is not read again: how a full run that was cut short is carried on. */
	readonly freshAfter?: Instant;
	/** A full run deletes however many two readings missed: the salon says that they are gone. */
	readonly acceptsMissing?: boolean;
	/** How far back a backfill goes; two years when absent. */
	readonly since?: Instant;
	/** How much of what was read before is read again, for clocks that differ; ten minutes when absent. */
	readonly lookbackMs?: number;
	/** Milliseconds since the epoch: the run ends at the next page after it and goes on next time. */
	readonly stopAt?: number;
	readonly signal?: AbortSignal;
	/** Told after every transaction. */
	readonly onProgress?: (progress: Progress) => void;
}

/** Counts, no person. */
export interface Progress {
	readonly runId: string;
	readonly stream: StreamName;
	readonly pages: number;
	readonly rows: number;
	/** How many there are, where the CRM says so. */
	readonly total: number | null;
}

/**
 * `done`; `stopped` by time or a signal; `busy`: another run reads the stream; `unsupported`: the CRM has no such stream;
 * `refused` and `failed`: the CRM said no, or could not answer. All but the last three go on where they stopped.
 */
export type StreamStatus = 'done' | 'stopped' | 'busy' | 'unsupported' | 'refused' | 'failed';

export interface StreamReport {
	readonly stream: StreamName;
	readonly status: StreamStatus;
	/** A sentence for the operator; null when there is nothing to say. */
	readonly message: string | null;
	readonly pages: number;
	readonly rows: number;
	readonly inserted: number;
	readonly updated: number;
	readonly unchanged: number;
	readonly deleted: number;
	readonly rejected: number;
	/** Names of fields that the vendor's records have now and had not before, and the other way round. */
	readonly newFields: readonly string[];
	readonly missingFields: readonly string[];
}

export interface SyncReport {
	readonly runId: string;
	readonly kind: SyncKind;
	/** `done` when every stream is, or is one the CRM has not. */
	readonly status: 'done' | 'partial';
	readonly streams: readonly StreamReport[];
}
