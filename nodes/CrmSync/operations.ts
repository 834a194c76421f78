import type { Operation } from '../shared/operation';
import { backfill } from './backfill';
import type { SyncContext } from './context';
import { reconcile } from './reconcile';
import { resetCursor } from './reset-cursor';
import { status } from './status';
import { syncNow } from './sync-now';

/** Everything CRM Sync can do: the panel, the dispatch and the tests are made from this list. */
export const OPERATIONS: readonly Operation<SyncContext>[] = [syncNow, backfill, reconcile, resetCursor, status];

/** Those that ask the CRM. */
export const RUNS: readonly string[] = [syncNow, backfill, reconcile].map(({ value }) => value);
