import type { Instant, Outcome } from '../../booking';

/** Shares one reading among those who ask together and keeps a good one for `ms`; a failure is never kept. */
export function kept<C extends { readonly clock: () => Instant }, T>(ms: number, read: (context: C) => Promise<Outcome<T>>): (context: C) => Promise<Outcome<T>> {
	let latest: { readonly at: number; readonly reading: Promise<Outcome<T>> } | null = null;
	return async (context) => {
		const now = Date.parse(context.clock());
		const age = latest === null ? -1 : now - latest.at;
		if (latest !== null && age >= 0 && age < ms) return latest.reading;
		const fresh = { at: now, reading: read(context) };
		latest = fresh;
		const outcome = await fresh.reading;
		if (outcome.kind !== 'ok' && latest === fresh) latest = null;
		return outcome;
	};
}
