import type { CalendarDate } from '../booking';
import type { DayPart } from '../language/when';
import type { Catalogue } from './catalogue';
import type { TurnModel } from './model/port';
import type { Voice } from './voice';

/** A line said earlier in the dialogue. */
export interface DialogueLine {
	readonly who: 'client' | 'assistant';
	readonly text: string;
}

/** What the salon's own records say of a client whose identity the channel proves. Ids only: no names, no notes. */
export interface ClientProfile {
	/** Visits that took place, last 12 months. */
	readonly visits: number;
	/** Local date of the last visit. */
	readonly lastVisitOn: CalendarDate | null;
	/** Median days between visits; null below three visits. */
	readonly usualIntervalDays: number | null;
	/** Most frequent of the last eight visits first. */
	readonly favouriteServiceIds: readonly string[];
	readonly favouriteStaffIds: readonly string[];
	readonly usualPart: DayPart | null;
}

export const MEMORY_KEYS = ['preferred_staff', 'preferred_time', 'companion', 'note', 'allergy'] as const;
export type MemoryKey = (typeof MEMORY_KEYS)[number];

/** A remembered fact of a client, as text for a person to read. */
export interface RememberedFact {
	readonly key: MemoryKey;
	readonly value: string;
}

/**
 * Everything a model may be told of the salon, the client and the dialogue. Every field is required: a context built
 * without one does not compile.
 */
export interface TurnContext {
	readonly catalogue: Catalogue;
	readonly voice: Voice;
	/** At most eight lines before this turn, oldest first. */
	readonly history: readonly DialogueLine[];
	/** Null for a client the channel does not vouch for. */
	readonly profile: ClientProfile | null;
	readonly memory: readonly RememberedFact[];
}

/** What a turn with a model has besides rules and templates. */
export interface TurnAids {
	readonly model: TurnModel;
	/** Read once a turn, and only when a model is really asked. */
	readonly context: () => Promise<TurnContext>;
}
