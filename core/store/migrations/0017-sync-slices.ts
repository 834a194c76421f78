import type { Migration } from './migration';

/** How far a reading of changes that did not fit into one run has come, and an alarm that outlasts the next tick. */
export const syncSlices: Migration = {
	id: '0017-sync-slices',
	statements: ({ text }) => [
		`alter table sync_stream add column slices ${text}`,
		`alter table sync_stream add column guarded_since ${text}`,
		"update sync_stream set guarded_since = coalesce(last_ok_at, window_began_at, full_at) where last_error = 'many_missing'",
	],
};
