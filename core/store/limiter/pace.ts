/**
 * The arithmetic of a limit, without a clock and a store: sliding windows at a share of what the vendor allows, a part
 * of them kept free for dialogues, and a pace that halves with a refusal and recovers slowly. Instants are milliseconds
 * since the epoch.
 */

/** A dialogue may use all of the limit; the rest must leave a reserve for it. */
const SHARES = { dialogue: 1, incremental: 0.6, full: 0.6, backfill: 0.5 } as const;
export type PaceLane = keyof typeof SHARES;

export interface PaceWindow {
	readonly requests: number;
	readonly perMs: number;
}

/** What is remembered of a limit. */
export interface Pace {
	readonly dialogue: readonly number[];
	readonly background: readonly number[];
	/** Share of the limit in use at the latest refusal. */
	readonly permille: number;
	readonly refusals: number;
	readonly refusedAt: number;
	readonly closedUntil: number;
}

export type PaceGrant = { readonly kind: 'granted'; readonly at: number } | { readonly kind: 'wait'; readonly ms: number };

export const FRESH_PACE: Pace = { dialogue: [], background: [], permille: 1000, refusals: 0, refusedAt: 0, closedUntil: 0 };

/** Below what the vendor publishes: its clock and ours, and requests of others, are not seen. */
const OWN_SHARE = 0.8;
const FLOOR_PERMILLE = 50;
const RECOVERED_A_MINUTE = 50;
const MINUTE_MS = 60_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Takes one request if every window has room for the lane; else the pause after which room may be found. */
export function take(pace: Pace, windows: readonly PaceWindow[], lane: PaceLane, now: number): { readonly grant: PaceGrant; readonly pace: Pace } {
	if (now < pace.closedUntil) return { grant: { kind: 'wait', ms: pace.closedUntil - now }, pace };
	const current = permilleAt(pace, now);
	// a stamp of a clock that runs ahead counts as one of this moment
	const background = pace.background.map((at) => Math.min(at, now));
	const all = [...pace.dialogue.map((at) => Math.min(at, now)), ...background];
	let ms = 0;
	for (const { requests, perMs } of windows) {
		const allowed = (requests * OWN_SHARE * current) / 1000;
		ms = Math.max(ms, roomIn(all, allowed, perMs, now));
		if (lane !== 'dialogue') ms = Math.max(ms, roomIn(background, allowed * SHARES[lane], perMs, now));
	}
	if (ms > 0) return { grant: { kind: 'wait', ms }, pace };
	const oldest = now - Math.max(...windows.map((window) => window.perMs), 0);
	const kept = (stamps: readonly number[], isOwn: boolean): number[] => [...stamps.filter((at) => at > oldest), ...(isOwn ? [now] : [])];
	return {
		grant: { kind: 'granted', at: now },
		pace: { ...pace, dialogue: kept(pace.dialogue, lane === 'dialogue'), background: kept(pace.background, lane !== 'dialogue') },
	};
}

/** Milliseconds until a window of `perMs` has room for one more, 0 when it has; at least one request always fits. */
function roomIn(stamps: readonly number[], allowed: number, perMs: number, now: number): number {
	const most = Math.max(1, Math.floor(allowed));
	const inside = stamps.filter((at) => at > now - perMs).sort((a, b) => a - b);
	const first = inside[inside.length - most];
	return first === undefined ? 0 : first + perMs - now;
}

/**
 * Slows down after a refusal. The refusals of requests that were already on their way when the pace was halved belong
 * to the same storm: they only prolong the pause.
 */
export function refuse(pace: Pace, grantedAt: number, retryAfterMs: number | null, now: number): Pace {
	const isSameStorm = grantedAt <= pace.refusedAt;
	const isInARow = now - pace.refusedAt < MINUTE_MS;
	const refusals = isSameStorm ? pace.refusals : isInARow ? pace.refusals + 1 : 1;
	const pause = retryAfterMs ?? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, refusals - 1));
	return {
		...pace,
		permille: isSameStorm ? pace.permille : Math.max(FLOOR_PERMILLE, Math.floor(permilleAt(pace, now) / 2)),
		refusals,
		refusedAt: isSameStorm ? pace.refusedAt : now,
		closedUntil: Math.max(pace.closedUntil, now + pause),
	};
}

function permilleAt({ permille, refusedAt }: Pace, now: number): number {
	return Math.min(1000, permille + Math.floor((Math.max(0, now - refusedAt) / MINUTE_MS) * RECOVERED_A_MINUTE));
}
