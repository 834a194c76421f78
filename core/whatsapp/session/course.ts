import type { WAVersion } from '@whiskeysockets/baileys';
import { StoreError } from '../../store';
import { type Linking, putAside } from '../auth';
import type { ClientLibrary } from '../client-library';
import { Backoff, type Ending, type Reaction, reactionTo } from '../connection';
import { WhatsappError, type WhatsappFailure } from '../errors';
import { type Lease, renewLease } from '../lease';
import type { SessionState } from '../ports';
import type { Environment } from './environment';
import type { PairingAttempt } from './pairing-attempt';
import type { SessionRecords } from './records';
import { bannedUntil } from './sentences';

/** Failures that no further try cures. */
const FINAL: ReadonlySet<WhatsappFailure> = new Set(['client_missing', 'state_unreadable', 'settings_invalid']);
const NOT_MULTI_DEVICE = 411;

/** What a session does next. `ms` null: until somebody wakes it. */
export type Next =
	| { readonly kind: 'connect' }
	| { readonly kind: 'wait'; readonly state: SessionState; readonly reason: string | null; readonly ms: number | null }
	| { readonly kind: 'gone' };

/** How a socket ended, and what it was for. */
export interface Finished {
	readonly ending: Ending;
	readonly openMs: number;
	readonly linking: Linking;
	readonly version: WAVersion;
	readonly client: ClientLibrary;
	/** The attempt to link a phone that it belonged to. */
	readonly attempt: PairingAttempt | null;
}

const CONNECT: Next = { kind: 'connect' };

/** Decides between the sockets of a session, by the table of reactions, and remembers what the decisions need. */
export class Course {
	readonly #backoff: Backoff;
	#unclear = 0;
	#conflicts = 0;

	constructor(
		private readonly env: Environment,
		private readonly lease: Lease,
		private readonly records: Pick<SessionRecords, 'event'>,
	) {
		this.#backoff = new Backoff(env.random);
	}

	/** What follows the end of a socket that we did not end. Rejects with a StoreError. */
	async after(finished: Finished): Promise<Next> {
		this.#backoff.wasOpen(finished.openMs);
		if (finished.openMs >= this.env.tempo.conflictWait) this.#conflicts = 0;
		if (finished.openMs > 0) this.#unclear = 0;
		const { code } = finished.ending;
		this.records.event('closed', { code, openMs: finished.openMs });
		const reaction = reactionTo(finished.ending, finished.linking);
		return await this.#reactions[reaction.kind](reaction as never, finished);
	}

	/** What follows a failure of our own. */
	failed(error: unknown): Next {
		if (error instanceof WhatsappError) {
			if (error.code === 'lease_lost') return { kind: 'gone' };
			if (FINAL.has(error.code)) return { kind: 'wait', state: 'stopped', reason: error.code, ms: null };
		}
		// the database answers, and what it has is of another key
		if (error instanceof StoreError && error.code === 'sealed_with_other_key') return { kind: 'wait', state: 'stopped', reason: 'state_unreadable', ms: null };
		const reason = error instanceof WhatsappError ? error.code : error instanceof StoreError ? 'store_unreachable' : 'failed';
		return { kind: 'wait', state: 'reconnecting', reason, ms: this.#backoff.next() };
	}

	readonly #reactions: { readonly [K in Reaction['kind']]: (reaction: Extract<Reaction, { kind: K }>, finished: Finished) => Next | Promise<Next> } = {
		restart: () => CONNECT,
		retry: ({ leastMs, alertAfter }, { ending, attempt, linking }) => {
			this.#unclear += 1;
			if (alertAfter !== null && this.#unclear === alertAfter) this.records.event('alert', { code: ending.code });
			const isPairing = attempt !== null && linking !== 'linked';
			if (isPairing && alertAfter !== null) attempt.stumbled();
			const state = isPairing ? 'pairing' : 'reconnecting';
			return { kind: 'wait', state, reason: `code ${ending.code}`, ms: this.#backoff.next(leastMs) };
		},
		renewVersion: async (_reaction, { client, version }) => ((await this.env.versions.after(client, version)) === null ? this.outdated() : CONNECT),
		checkLease: async () => {
			if (!(await renewLease(this.env.store, this.lease, this.env.tempo.lease))) return { kind: 'gone' };
			const { conflictWait, conflictTries } = this.env.tempo;
			this.#conflicts += 1;
			if (this.#conflicts > conflictTries) return this.#alerted('conflict', null, null);
			return { kind: 'wait', state: 'reconnecting', reason: 'code 440', ms: conflictWait + Math.floor(this.env.random() * conflictWait) };
		},
		rest: async ({ state, putAside: isUnlinked, forSeconds }, { ending, attempt, linking }) => {
			if (state === 'needs_pairing' && attempt !== null && linking !== 'linked') return attempt.expired() ? CONNECT : { kind: 'wait', state, reason: null, ms: null };
			if (isUnlinked) await this.putAside();
			if (forSeconds !== null) return this.#alerted(state, bannedUntil(this.env.clock() + forSeconds * 1000), forSeconds * 1000);
			return this.#alerted(state, ending.code === NOT_MULTI_DEVICE ? 'not_multi_device' : `code ${ending.code}`, null);
		},
	};

	/** No version of the client that is known is accepted. */
	outdated(): Next {
		return this.#alerted('client_outdated', null, this.env.tempo.outdatedRetry);
	}

	/** A person decided to begin anew: what was counted counts no more. */
	forget(): void {
		this.#conflicts = 0;
		this.#unclear = 0;
	}

	/** Keeps the state under another name, until whoever runs sessions on the store drops it. */
	async putAside(): Promise<void> {
		const { store, clock } = this.env;
		await putAside(store, this.lease, () => new Date(clock()));
	}

	#alerted(state: SessionState, reason: string | null, ms: number | null): Next {
		this.records.event('alert', { state, reason });
		return { kind: 'wait', state, reason, ms };
	}
}
