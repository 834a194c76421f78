import type { VirtualClock } from './clock';

/** Says whether a request may pass; `retryAfterMs` is how long until one would. */
export type RateLimit = (key: string) => { readonly allowed: boolean; readonly retryAfterMs: number };

/** At most `requests` in any `milliseconds`. */
export interface Window {
	readonly requests: number;
	readonly milliseconds: number;
}

/** Sliding windows, all of them kept exactly; a refused request does not count. A clock set back, which only a test can do, takes back what came after. */
export function slidingWindows(clock: VirtualClock, windows: readonly Window[]): RateLimit {
	const longest = Math.max(...windows.map(({ milliseconds }) => milliseconds));
	const passed = new Map<string, number[]>();
	return (key) => {
		const now = clock.now();
		const recent = (passed.get(key) ?? []).filter((at) => at > now - longest && at <= now);
		passed.set(key, recent);
		const waits = windows.map(({ requests, milliseconds }) => {
			const inside = recent.filter((at) => at > now - milliseconds);
			const oldest = inside[inside.length - requests];
			return oldest === undefined ? 0 : oldest + milliseconds - now;
		});
		const retryAfterMs = Math.max(0, ...waits);
		if (retryAfterMs === 0) recent.push(now);
		return { allowed: retryAfterMs === 0, retryAfterMs };
	};
}

/** A leaky bucket: `burst` requests at once, emptied at `perSecond`. */
export function leakyBucket(clock: VirtualClock, perSecond: number, burst: number): RateLimit {
	const buckets = new Map<string, { level: number; at: number }>();
	return (key) => {
		const now = clock.now();
		const bucket = buckets.get(key) ?? { level: 0, at: now };
		const level = Math.max(0, bucket.level - ((now - bucket.at) / 1000) * perSecond);
		const allowed = level + 1 <= burst;
		buckets.set(key, { level: allowed ? level + 1 : level, at: now });
		return { allowed, retryAfterMs: allowed ? 0 : Math.ceil(((level + 1 - burst) / perSecond) * 1000) };
	};
}
