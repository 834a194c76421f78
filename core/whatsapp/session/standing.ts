import type { Contact } from '@whiskeysockets/baileys';
import { phoneOf, userJid } from '../inbound/values';
import type { Clock, SessionState } from '../ports';
import type { Next } from './course';
import type { SessionRecord, SessionRecords } from './records';
import { endOfBan } from './sentences';

/** States that say what the process does; the others stay when it stops. */
const ACTIVE: ReadonlySet<SessionState> = new Set(['idle', 'connecting', 'open', 'degraded', 'reconnecting', 'pairing']);

/** Where a session stands, as its process knows it; every change is noted until it is silenced. */
export class Standing {
	#state: SessionState = 'idle';
	#reason: string | null = null;
	#phone: string | null = null;
	#isSilent = false;

	constructor(
		private readonly records: SessionRecords,
		private readonly clock: Clock,
	) {}

	get state(): SessionState {
		return this.#state;
	}

	get reason(): string | null {
		return this.#reason;
	}

	set(state: SessionState, reason: string | null): void {
		if (state === this.#state && reason === this.#reason) return;
		this.#state = state;
		this.#reason = reason;
		if (!this.#isSilent) this.records.state(state, reason);
	}

	/** Takes over what was noted before; what has to be waited for first, as a ban outlives a restart of the process. */
	adopt({ state, reason, phone }: SessionRecord): Next | null {
		this.#phone = phone;
		if (ACTIVE.has(state)) return null;
		this.#state = state;
		this.#reason = reason;
		if (state !== 'banned') return null;
		const end = endOfBan(reason);
		const ms = end === null ? null : end - this.clock();
		return ms !== null && ms <= 0 ? null : { kind: 'wait', state, reason, ms };
	}

	/** Whether another number than this account's was linked before, and nobody had logged it out here. */
	hadOther(user: Contact | undefined): boolean {
		return this.#phone !== null && this.#phone !== numberOf(user);
	}

	/** Logged in with this account. */
	opened(user: Contact | undefined): void {
		if (this.hadOther(user)) this.records.event('number_changed');
		this.#phone = numberOf(user);
		// before the state: whoever is told that it is open reads the number with it
		this.records.linked(this.#phone, user?.lid ?? null);
		this.set('open', null);
	}

	/** No account is linked any more. */
	unlinked(): void {
		this.#phone = null;
		this.records.linked(null, null);
		this.set('logged_out', null);
	}

	/** What to do without an account: a reason that was told stays. */
	unpaired(): Next {
		const stays = this.#state === 'logged_out' || this.#state === 'passkey_required' || this.#state === 'needs_pairing';
		return { kind: 'wait', state: stays ? this.#state : 'needs_pairing', reason: stays ? this.#reason : null, ms: null };
	}

	/** A socket is being made. */
	connecting(isPairing: boolean, isFirst: boolean): void {
		if (isPairing) this.set('pairing', null);
		else this.set(isFirst ? 'connecting' : 'reconnecting', this.#state === 'reconnecting' ? this.#reason : null);
	}

	/** The process runs the session no more. */
	stopped(): void {
		if (ACTIVE.has(this.#state)) this.set('idle', null);
	}

	/** The session is another's: nothing more is written of it. */
	silence(): void {
		this.#isSilent = true;
	}
}

/** Digits of an account's number. */
function numberOf(user: Contact | undefined): string | null {
	const jid = userJid(user?.id);
	return jid === null ? null : phoneOf(jid);
}
