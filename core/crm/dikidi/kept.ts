import type { Instant, Outcome } from '../../booking';

/** Shares one reading among those who ask together and keeps a good one for `ms`; failures are never kept. */
export function kept<C extends { readonly clock: () => Instant }, T>(ms: number, read: (asking: C) => Promise<Outcome<T>>): (asking: C) => Promise<Outcome<T>> {
	let latest: { readonly at: number; readonly reading: Promise<Outcome<T>> } | null = null;
	return async (asking) => {
		const at = Date.parse(asking.clock());
		const age = latest === null ? -1 : at - latest.at;
		if (latest !== null && age >= 0 && age < ms) return latest.reading;
		const fresh = { at, reading: read(asking) };
		latest = fresh;
		const outcome = await fresh.reading;
		if (outcome.kind !== 'ok' && latest === fresh) latest = null;
		return outcome;
	};
}
