import type { StreamName } from '../../booking';
import { createLock } from '../lock';
import type { Store } from '../store';

export interface ResetReport {
	readonly reset: readonly StreamName[];
	/** A run reads these just now: their marks were left alone. */
	readonly busy: readonly StreamName[];
}

/**
 * Forgets how far streams are read, so that the next run of any kind reads them whole. The rows stay, and what has
 * changed since is a change; that a stream was copied before is not forgotten, or the changes of that run would be lost.
 */
export async function resetStreams(store: Store, tenant: string, streams: readonly StreamName[]): Promise<ResetReport> {
	const lock = createLock(store, { tenant, waitMs: 0 });
	const reset: StreamName[] = [];
	for (const stream of streams) {
		const held = await lock.run([streamLock(stream)], async () => {
			await store.write(async (trx) => {
				await trx
					.updateTable('sync_stream')
					.set({ changed_to: null, backfilled_to: null, last_error: null, window_id: null, window_began_at: null, window_cursor: null, window_pages: 0, window_rows: 0, window_rejected: 0, window_total: null, slices: null, guarded_since: null })
					.where('tenant', '=', tenant).where('stream', '=', stream)
					.execute();
				await trx.deleteFrom('sync_seen').where('tenant', '=', tenant).where('stream', '=', stream).execute();
			});
			return { kind: 'ok', value: null };
		});
		if (held.kind === 'ok') reset.push(stream);
	}
	return { reset, busy: streams.filter((stream) => !reset.includes(stream)) };
}

/** The name under which a run holds a stream. */
export function streamLock(stream: StreamName): string {
	return `sync ${stream}`;
}
