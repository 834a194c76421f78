import type { Appointment, BookingCrm, Instant, LeadDesk } from '../booking';
import type { ChatKey, ConversationStore } from '../store/conversation-store';
import type { AssistantStore } from '../store/assistant';
import type { AssistantProfile } from './assistant-profile';
import type { Composer } from './compose/composer';
import type { WordingMode } from './compose/model/model-composer';
import type { HandoffCause } from './compose/utterance';
import type { ChannelProfile, InboundMessage, Lang, Reply } from './message';
import type { HabitSource } from './habits';
import type { KnowledgeSource } from './knowledge/port';
import type { ModelLimits } from './model/budget';
import type { ModelHealth } from './model/health';
import type { ChatModel } from './model/port';
import type { Understander } from './understand/understander';
import type { Voice } from './voice';

/** What a salon may set. Rules and day parts are data; guarantees are not settings. */
export interface AssistantSettings {
	readonly assistantName: string | null;
	/** Language of the first reply when the client's is not clear. */
	readonly defaultLang: Lang;
	/** ISO 3166 country by which a phone without a country code is read. */
	readonly phoneCountry: string;
	/** Silence after which the assistant greets again, hours. */
	readonly sessionHours: number;
	/** Escalate on the clinic's alarm words. */
	readonly alarmWords: boolean;
	/** How long a released-by-nobody hand-off lasts, hours; 0 is until released. */
	readonly handoffHours: number;
	/** How long the assistant is silent after the second warning, minutes. */
	readonly abusePauseMinutes: number;
	/** Turns a chat may have in 24 hours before only short answers are given. */
	readonly dailyTurns: number;
	/** Life of an unanswered confirmation, minutes. */
	readonly pendingMinutes: number;
}

export const DEFAULT_SETTINGS: AssistantSettings = {
	assistantName: null,
	defaultLang: 'ru',
	phoneCountry: 'RU',
	sessionHours: 12,
	alarmWords: true,
	handoffHours: 12,
	abusePauseMinutes: 60,
	dailyTurns: 120,
	pendingMinutes: 30,
};

/** Something an n8n flow may want to act on. */
export type AssistantEvent =
	| { readonly type: 'booked' | 'rescheduled' | 'cancelled'; readonly at: Instant; readonly appointment: Appointment }
	| { readonly type: 'handoff'; readonly at: Instant; readonly cause: HandoffCause }
	| { readonly type: 'visit_confirmed'; readonly at: Instant; readonly appointment: Appointment }
	/** The mark from 1 to 5 that a client gave after a visit. */
	| { readonly type: 'rated'; readonly at: Instant; readonly mark: number }
	/** What became of a message the salon began; `why` is a word when it was not said. */
	| { readonly type: 'notice'; readonly at: Instant; readonly notice: string; readonly outcome: 'said' | 'later' | 'never'; readonly why: string | null }
	/** The client asked not to be written to first, or took that back. */
	| { readonly type: 'stopped' | 'resumed'; readonly at: Instant }
	| { readonly type: 'effect_unknown'; readonly at: Instant; readonly operation: string }
	| { readonly type: 'question'; readonly at: Instant };

/** An event with the profile's labels for what a flow does after it, e.g. a stage of a pipeline. */
export type LabelledEvent = AssistantEvent & { readonly labels?: readonly string[] };

/** How a message ended. */
export interface TurnResult {
	/**
	 * `replied`: `reply` is new. `repeated`: the message was seen before and `reply` is the answer already given
	 * (null on push channels: it must not be sent again). `merged`: another request answers this message. `silent`:
	 * nothing is to be said. `busy`: another process works on the chat and did not end in time; the message waits.
	 */
	readonly kind: 'replied' | 'repeated' | 'merged' | 'silent' | 'busy';
	readonly reply: Reply | null;
	readonly handoff: HandoffCause | null;
	readonly events: readonly LabelledEvent[];
	/** Turn number in the chat, or null when no turn ran. */
	readonly turn: number | null;
	/** `model` when a model's reading of the message was used. */
	readonly understanding: 'rules' | 'model';
}

/** What belongs to one call and not to the assistant: models of n8n live as long as an execution. */
export interface HandleOptions {
	/** First to last resort; none means rules and templates alone. */
	readonly models?: readonly ChatModel[];
	/** A second source of answers to free questions, such as a vector store. */
	readonly knowledge?: KnowledgeSource;
}

/** The booking assistant of one tenant. */
export interface Assistant {
	/** Takes a message through inbox, turn and outbox; the only way in. */
	handle(chat: ChatKey, message: InboundMessage, channel: ChannelProfile, options?: HandleOptions): Promise<TurnResult>;
	/** Answers what waits in a chat without a new message: after a crash or a release. */
	answerWaiting(chat: ChatKey, channel: ChannelProfile, options?: HandleOptions): Promise<TurnResult>;
}

/** What an assistant is made of. */
export interface AssistantParts {
	readonly store: ConversationStore;
	readonly crm: BookingCrm;
	/** Moves the client's lead through the CRM's pipeline as the dialogue goes. */
	readonly leads?: LeadDesk;
	/** What clients usually come for; without it nobody is asked whether to book as usual. */
	readonly habits?: HabitSource;
	readonly clock: () => Instant;
	readonly settings?: Partial<AssistantSettings>;
	readonly understander?: Understander;
	readonly composer?: Composer;
	/** Makes ids of offers, pending actions and operations; 16+ random characters. */
	readonly newId?: () => string;
	/** Waits between attempts at a busy chat or a read-back, milliseconds. */
	readonly sleep?: (ms: number) => Promise<void>;
	/** Catalogue cache shared by turns of one tenant. */
	readonly catalogueCache?: CatalogueCache;
	/** Models of every call that brings none of its own. */
	readonly models?: readonly ChatModel[];
	/** How far a model may word replies; `lead` when absent. */
	readonly wording?: 'templates' | WordingMode;
	readonly voice?: Voice;
	/** What models may cost. */
	readonly limits?: Partial<ModelLimits>;
	/** Which providers fail just now; shared by assistants that use the same models. */
	readonly modelHealth?: ModelHealth;
	/** Knowledge, scripts, memory and the count of what models cost; without it there are none. */
	readonly assistantStore?: AssistantStore;
	readonly knowledge?: KnowledgeSource;
	/** What makes this assistant of the salon different from another; its settings and voice go before those above. */
	readonly profile?: AssistantProfile;
	/** Whether what clients say of their health may be kept; a profile decides for itself. */
	readonly allowHealthFacts?: boolean;
}

/** Keeps the catalogue for a while; slots and records are never cached. */
export interface CatalogueCache {
	get<T>(key: string, load: () => Promise<T>, keep: (value: T) => boolean): Promise<T>;
	clear(): void;
}
