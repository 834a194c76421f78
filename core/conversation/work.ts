import { createHash } from 'node:crypto';
import type { BookingCrm, Instant, LeadDesk } from '../booking';
import type { ConversationStore, EventRecord, OfferRecord, PendingRecord, PendingStatus, Turn, TurnChanges } from '../store/conversation-store';
import type { Act } from './acts';
import type { AssistantEvent, AssistantSettings } from './assistant';
import type { Catalogue } from './catalogue';
import type { ClientProfile, TurnAids } from './context';
import type { HabitSource } from './habits';
import { say, type HandoffCause, type Intent, type IntentData, type Utterance } from './compose/utterance';
import type { Lore } from './lore';
import type { ChannelProfile } from './message';
import type { BookedVisit } from './memory';
import { loadProfile } from './profile/load-context';
import type { OwnLookup } from './own-visits';
import type { ConversationState } from './state';
import type { Understander } from './understand/understander';

/** What a turn works with: fixed for the turn. */
export interface TurnTools {
	readonly store: ConversationStore;
	readonly crm: BookingCrm;
	/** The pipeline of a CRM that has one. */
	readonly leads: LeadDesk | null;
	readonly habits: HabitSource | null;
	readonly settings: AssistantSettings;
	readonly understander: Understander;
	readonly lore: Lore;
	readonly newId: () => string;
	readonly sleep: (ms: number) => Promise<void>;
	readonly clock: () => Instant;
}

type NewPending = NonNullable<TurnChanges['openPending']>;

/**
 * The working copy of one turn: handlers read and change it, the engine writes it once at the end. Nothing here
 * reaches the client or the database before that, except a commit, which has its own operation row.
 */
export class TurnWork {
	/** Instant of the turn; every rule of the turn uses this one. */
	readonly now: Instant;
	state: ConversationState;
	readonly utterances: Utterance[] = [];
	readonly outcome: AssistantEvent[] = [];
	readonly audit: EventRecord[] = [];
	readonly offers: OfferRecord[] = [];
	openPending: NewPending | null = null;
	closePending: Exclude<PendingStatus, 'open'> | null = null;
	mode: TurnChanges['mode'];
	modeUntil: Instant | null = null;
	handoff: HandoffCause | null = null;
	/** Set when an answer needs no follow-up question (a commit, a hand-off). */
	settled = false;
	/** Set when this turn carried out or looked up a write. */
	committed = false;
	/** `start|staffId` the CRM refused in this turn: other times are offered instead of it. */
	taken: string | null = null;
	/** The visit booked in this turn, with what the client had said of it. */
	booked: Pick<BookedVisit, 'appointment' | 'draft'> | null = null;
	/** What the client has said in this turn of messages that the salon begins. */
	silence: NonNullable<TurnChanges['silence']> | null = null;
	/** Set when this turn understood or changed something. */
	progress = false;
	/** Acts of this turn, in the order they were understood. */
	readonly acts: Act[] = [];
	understanding: 'rules' | 'model' = 'rules';
	/** First sentence proposed by the model that understood this turn. */
	draft: string | null = null;
	/** Model and context of this turn, or null. */
	aids: TurnAids | null = null;
	private knownProfile: Promise<ClientProfile | null> | null = null;
	private droppedPending = false;

	constructor(
		readonly tools: TurnTools,
		readonly turn: Turn,
		readonly channel: ChannelProfile,
		readonly catalogue: Catalogue,
		state: ConversationState,
		now: Instant,
	) {
		this.state = state;
		this.now = now;
	}

	/** The branch's zone. */
	get zone(): string {
		return this.catalogue.company.zone;
	}

	/** What may be looked up for this client, and nothing else. */
	get own(): OwnLookup {
		const { client } = this.state;
		return {
			crm: this.tools.crm,
			store: this.tools.store,
			chat: this.turn.chat,
			now: this.now,
			verifiedPhone: client.phoneVerified ? client.phone : null,
			log: (kind, data) => this.log(kind, data),
		};
	}

	/** Habits of a client the channel vouches for, or null; read once a turn. */
	profile(): Promise<ClientProfile | null> {
		const { state, own, catalogue } = this;
		return (this.knownProfile ??= loadProfile({ client: state.client, own, catalogue }));
	}

	/** Whether the client asked not to be written to first and has not taken that back, in this turn or before. */
	async isSilenced(): Promise<boolean> {
		return this.silence?.asked ?? (await this.tools.store.isSilenced(this.turn.chat, this.own.verifiedPhone));
	}

	/** The pending action the client can still confirm, or null once this turn has closed it. */
	get pending(): PendingRecord | null {
		return this.droppedPending || this.closePending !== null ? null : this.turn.pending;
	}

	/** Adds an utterance. */
	say<K extends Intent>(intent: K, data: IntentData[K]): void {
		this.utterances.push(say(intent, data));
	}

	/** Adds an utterance before all others. */
	sayFirst<K extends Intent>(intent: K, data: IntentData[K]): void {
		this.utterances.unshift(say(intent, data));
	}

	/** Replaces fields of the state. */
	set(patch: Partial<ConversationState>): void {
		this.state = { ...this.state, ...patch };
	}

	/** Writes an audit line; `data` holds ids, counts and enums only, never texts, names or phones. */
	log(kind: string, data: Readonly<Record<string, unknown>> = {}): void {
		this.audit.push({ kind, at: this.now, data: JSON.stringify(data) });
	}

	/**
	 * Freezes a write and waits for the client's yes; an older pending action is cancelled with it. The very same write
	 * asked about again keeps its pending action, so that an earlier button still means it.
	 */
	freeze(kind: NewPending['kind'], payload: unknown): { readonly id: string } {
		const text = JSON.stringify(payload);
		if (this.pending !== null && this.pending.payload === text) return this.pending;
		const pending: NewPending = {
			id: this.tools.newId(),
			kind,
			payload: text,
			payloadHash: createHash('sha256').update(text).digest('hex'),
			summary: '',
			createdAt: this.now,
			expiresAt: new Date(Date.parse(this.now) + this.tools.settings.pendingMinutes * 60_000).toISOString(),
		};
		this.openPending = pending;
		this.log('pending_opened', { pending: pending.id, kind, hash: pending.payloadHash });
		return pending;
	}

	/** Cancels the open pending action: what it would have written is no longer what the client wants. */
	dropPending(why: string): void {
		if (this.openPending !== null) this.openPending = null;
		if (this.turn.pending === null || this.droppedPending || this.closePending !== null) return;
		this.droppedPending = true;
		this.closePending = 'cancelled';
		this.log('pending_dropped', { pending: this.turn.pending.id, why });
	}

	/** Ends the open pending action after a commit or an expiry. */
	endPending(status: Exclude<PendingStatus, 'open'>): void {
		this.closePending = status;
	}

	/** Gives the chat to a person and stops talking. */
	handOver(cause: HandoffCause): void {
		const hours = this.tools.settings.handoffHours;
		this.mode = 'human';
		this.modeUntil = hours > 0 ? new Date(Date.parse(this.now) + hours * 3_600_000).toISOString() : null;
		this.handoff = cause;
		this.settled = true;
		this.dropPending('handoff');
		this.set({ phase: 'handoff', question: null });
		this.outcome.push({ type: 'handoff', at: this.now, cause });
		this.log('handoff', { cause });
	}
}
