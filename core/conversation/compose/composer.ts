import type { Instant, Zone } from '../../booking';
import type { Catalogue } from '../catalogue';
import type { TurnAids } from '../context';
import type { Button, ChannelProfile, Lang, Reply } from '../message';
import type { Utterance } from './utterance';

/** What composing needs besides the utterances. */
export interface ComposeInput {
	readonly utterances: readonly Utterance[];
	readonly lang: Lang;
	readonly channel: ChannelProfile;
	readonly now: Instant;
	readonly zone: Zone;
	readonly catalogue: Catalogue;
	/** Whether this reply opens with a greeting: code decides, once a session. */
	readonly greet: boolean;
	/** Name for the greeting, already checked against the name alphabet. */
	readonly clientName: string | null;
	readonly lastReplies: readonly string[];
	readonly told: Readonly<Record<string, string>>;
	/** First sentence proposed by the model that understood the message, or null. */
	readonly draft: string | null;
	/** What the client wrote in this turn: untrusted, for tone only. */
	readonly clientText: string;
	/** Model and context, or null when the turn has none. */
	readonly aids: TurnAids | null;
}

/** A reply with what it told. */
export interface Composed {
	readonly reply: Reply;
	/** Facts now told: fact key -> hash; replaces the state's `told`. */
	readonly told: Readonly<Record<string, string>>;
	/** What the guards did: `lint_rejected`, `repetition_shortened`, ... for the audit log. */
	readonly interventions: readonly string[];
}

/** Words utterances for a channel. Never throws for what a model said. */
export interface Composer {
	compose(input: ComposeInput): Composed | Promise<Composed>;
}

/** Button ids carry what they act on, so that a stale one is recognised. */
export const buttonId = {
	confirm: (pendingId: string): string => `yes:${pendingId}`,
	change: (pendingId: string): string => `no:${pendingId}`,
	pick: (offerId: string): string => `pick:${offerId}`,
	option: (question: string, index: number): string => `opt:${question}:${index}`,
};

export type { Button };
