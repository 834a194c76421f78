import type { CacheStore } from '@whiskeysockets/baileys';

interface Entry {
	readonly value: unknown;
	readonly until: number;
}

/** What the client's caches are asked for. */
export type SessionCache = CacheStore & {
	mget<T>(keys: string[]): Promise<Record<string, T | undefined>>;
	mset<T>(entries: { key: string; value: T }[]): void;
	mdel(keys: string[]): void;
};

/**
 * A cache that outlives the sockets of a session and needs no timer: entries are good for `goodMs`, and the oldest make room. The
 * client's own would be made anew with every socket, and a loop of failed decryptions would begin again with it.
 */
export function createCache(goodMs: number, most: number, now: () => number = Date.now): SessionCache {
	const entries = new Map<string, Entry>();
	const read = <T>(key: string): T | undefined => {
		const entry = entries.get(key);
		if (entry === undefined) return undefined;
		if (entry.until > now()) return entry.value as T;
		entries.delete(key);
		return undefined;
	};
	const write = (key: string, value: unknown): void => {
		entries.delete(key);
		entries.set(key, { value, until: now() + goodMs });
		const [oldest] = entries.keys();
		if (entries.size > most && oldest !== undefined) entries.delete(oldest);
	};
	return {
		get: read,
		set: write,
		del: (key) => void entries.delete(key),
		flushAll: () => entries.clear(),
		mget: async (keys) => Object.fromEntries(keys.map((key) => [key, read(key)])),
		mset: (all) => all.forEach(({ key, value }) => write(key, value)),
		mdel: (keys) => keys.forEach((key) => entries.delete(key)),
	};
}
