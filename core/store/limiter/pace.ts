/**
 * The arithmetic of a limit, without a clock and a store: sliding windows at a share of what the vendor allows, a part
 * of them kept free for dialogues and lent out while there are none, and a pace that halves with a refusal and recovers
 * slowly. Instants are milliseconds since the epoch.
 */

/** A dialogue may use all of the limit; the rest leaves a reserve for it, a smaller one while no dialogue asks. */
const SHARES = { dialogue: { usual: 1, quiet: 1 }, incremental: { usual: 0.6, quiet: 0.9 }, full: { usual: 0.6, quiet: 0.9 }, backfill: { usual: 0.5, quiet: 0.5 } } as const;
export type PaceLane = keyof typeof SHARES;

export interface PaceWindow {
	readonly requests: number;
	readonly perMs: number;
}

/** What is remembered of a limit. */
export interface Pace {
	readonly dialogue: readonly number[];
	readonly background: readonly number[];
	/** When a dialogue last asked; while one waits, when it comes back. */
	readonly askedAt: number;
	/** Share of the limit in use at the latest refusal. */
	readonly permille: number;
	readonly refusals: number;
	readonly refusedAt: number;
	readonly closedUntil: number;
}

export type PaceGrant = { readonly kind: 'granted'; readonly at: number } | { readonly kind: 'wait'; readonly ms: number };

export const FRESH_PACE: Pace = { dialogue: [], background: [], askedAt: 0, permille: 1000, refusals: 0, refusedAt: 0, closedUntil: 0 };

/** Below what the vendor publishes: its clock and ours, and requests of others, are not seen. */
const OWN_SHARE = 0.8;
/** Requests may come closer together than they left: whatever leaves within a window and this fits into the published one. */
const ROAD_MS = 250;
/** After so long without a dialogue its reserve is lent; the first that asks takes it back. */
const QUIET_MS = 60_000;
/** What is never lent of a window: the first turns of dialogues go at once. */
const KEPT_REQUESTS = 8;
/** A window that is free again so soon needs no such rest. */
const SHORT_MS = 1000;
/** The other lanes stand back so long after a dialogue has asked, or after it was to come back: it comes before them. */
const HELD_MS = 250;
const FLOOR_PERMILLE = 50;
const RECOVERED_A_MINUTE = 50;
const MINUTE_MS = 60_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** A dialogue that is to come back later than this was told so by a clock that runs ahead. */
const LONGEST_WAIT_MS = 60_000;

/** Takes one request if every window has room for the lane; else the pause after which room may be found. */
export function take(pace: Pace, windows: readonly PaceWindow[], lane: PaceLane, now: number): { readonly grant: PaceGrant; readonly pace: Pace } {
	const ms = Math.max(0, pace.closedUntil - now) || roomFor(pace, windows, lane, now);
	const isDialogue = lane === 'dialogue';
	const askedAt = isDialogue ? now + ms : pace.askedAt;
	if (ms > 0) return { grant: { kind: 'wait', ms }, pace: isDialogue ? { ...pace, askedAt } : pace };
	const oldest = now - Math.max(...windows.map((window) => window.perMs + ROAD_MS), 0);
	const kept = (stamps: readonly number[], isOwn: boolean): number[] => [...stamps.filter((at) => at > oldest), ...(isOwn ? [now] : [])];
	return { grant: { kind: 'granted', at: now }, pace: { ...pace, askedAt, dialogue: kept(pace.dialogue, isDialogue), background: kept(pace.background, !isDialogue) } };
}

/** Milliseconds until a lane may find room in every window, 0 when it has it. */
function roomFor(pace: Pace, windows: readonly PaceWindow[], lane: PaceLane, now: number): number {
	// a stamp of a clock that runs ahead counts as one of this moment
	const background = pace.background.map((at) => Math.min(at, now));
	const all = [...pace.dialogue.map((at) => Math.min(at, now)), ...background];
	const shares = windows.map(({ requests, perMs }) => ({ requests, perMs, allowed: (requests * OWN_SHARE * permilleAt(pace, now)) / 1000 }));
	const pauses = shares.flatMap(({ requests, perMs, allowed }) => [roomIn(all, allowed, perMs, now), roomIn(all, requests, perMs + ROAD_MS, now)]);
	if (lane === 'dialogue') return Math.max(0, ...pauses);
	const isQuiet = now - pace.askedAt >= QUIET_MS;
	const own = shares.map(({ perMs, allowed }) => ({ perMs, allowed: isQuiet ? lentOf(allowed, lane, perMs) : allowed * SHARES[lane].usual }));
	const held = pace.askedAt + HELD_MS - now;
	return Math.max(0, ...pauses, ...own.map(({ perMs, allowed }) => roomIn(background, allowed, perMs, now)), spread(background, own, now), held > LONGEST_WAIT_MS ? 0 : held);
}

/** What a lane may fill of a window while no dialogue asks, never less than at other times. */
function lentOf(allowed: number, lane: PaceLane, perMs: number): number {
	const { usual, quiet } = SHARES[lane];
	if (perMs <= SHORT_MS) return allowed * (quiet > usual ? 1 : usual);
	return Math.max(allowed * usual, Math.min(allowed * quiet, allowed - KEPT_REQUESTS));
}

/** The pause that spreads the second half of a lane's share over the shortest window: a dialogue that comes finds a place soon. */
function spread(background: readonly number[], own: readonly { readonly perMs: number; readonly allowed: number }[], now: number): number {
	const [shortest] = [...own].sort((a, b) => a.perMs - b.perMs);
	if (shortest === undefined) return 0;
	const most = Math.max(1, Math.floor(shortest.allowed));
	const recent = background.filter((at) => at > now - shortest.perMs);
	return recent.length < most / 2 ? 0 : Math.ceil(Math.max(...recent) + shortest.perMs / most - now);
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
