import type { Linking } from '../auth';
import type { Ending } from './ending';

/** A state in which a session rests until someone does something, or until a time. */
export type RestingState = 'needs_pairing' | 'logged_out' | 'banned' | 'conflict' | 'client_outdated' | 'stopped';

/** What the owner of a session does when its connection ended. */
export type Reaction =
	/** Connects again at once, without counting: the server asked for it. */
	| { readonly kind: 'restart' }
	/** Connects again after a backoff, for ever; tells the owner after so many endings of this kind in a row, never when null. */
	| { readonly kind: 'retry'; readonly leastMs: number; readonly alertAfter: number | null }
	/** Looks for a newer client version as data and tries once with it; rests as `client_outdated` when there is none. */
	| { readonly kind: 'renewVersion' }
	/** Somebody else logged in: stops when the lease is not ours, else waits a minute, a few times, then rests as `conflict`. */
	| { readonly kind: 'checkLease' }
	/** Connects no more by itself. The stored state stays or is put aside; it is never deleted. */
	| { readonly kind: 'rest'; readonly state: RestingState; readonly putAside: boolean; readonly forSeconds: number | null };

const RETRY: Reaction = { kind: 'retry', leastMs: 0, alertAfter: null };
const BUSY: Reaction = { kind: 'retry', leastMs: 10_000, alertAfter: null };
const UNCLEAR: Reaction = { kind: 'retry', leastMs: 0, alertAfter: 5 };
const UNLINKED: Reaction = { kind: 'rest', state: 'logged_out', putAside: true, forSeconds: null };
const BANNED: Extract<Reaction, { kind: 'rest' }> = { kind: 'rest', state: 'banned', putAside: false, forSeconds: null };
const STOPPED: Reaction = { kind: 'rest', state: 'stopped', putAside: false, forSeconds: null };
const UNPAIRED: Reaction = { kind: 'rest', state: 'needs_pairing', putAside: false, forSeconds: null };

/** By the client's code; one that is not here is unclear. */
const REACTIONS: Readonly<Record<number, Reaction>> = {
	401: UNLINKED,
	402: BANNED,
	403: UNLINKED,
	405: { kind: 'renewVersion' },
	406: BANNED,
	408: RETRY,
	409: STOPPED,
	411: STOPPED,
	415: STOPPED,
	418: STOPPED,
	428: RETRY,
	440: { kind: 'checkLease' },
	500: UNCLEAR,
	503: BUSY,
	515: { kind: 'restart' },
};

const NOBODY_SCANNED = 'QR refs attempts ended';

/**
 * What to do after an ending. Before a session is linked a logout is none: the server does not know the half of it that was begun,
 * and a QR code that nobody scanned is no fault of the network.
 */
export function reactionTo(ending: Ending, linking: Linking): Reaction {
	if (ending.message === NOBODY_SCANNED) return UNPAIRED;
	const reaction = REACTIONS[ending.code] ?? UNCLEAR;
	if (linking !== 'linked' && reaction === UNLINKED) return UNPAIRED;
	return reaction === BANNED && ending.banSeconds !== null ? { ...BANNED, forSeconds: ending.banSeconds } : reaction;
}
