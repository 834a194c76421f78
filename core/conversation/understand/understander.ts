import type { Instant } from '../../booking';
import type { Understanding } from '../acts';
import type { Catalogue } from '../catalogue';
import type { TurnAids } from '../context';
import type { Lang } from '../message';
import type { Phase, Question } from '../state';

/** What an understander may see: no ids it was not given, no phone, no other chat. */
export interface UnderstandInput {
	/** The client's messages of this turn, joined by line feeds. */
	readonly text: string;
	readonly lang: Lang;
	readonly now: Instant;
	readonly catalogue: Catalogue;
	readonly phase: Phase;
	readonly question: Question | null;
	/** Handles that may be picked: offers `o1`.., records `r1`.., with what stands behind them. */
	readonly offers: readonly { readonly ref: string; readonly start: Instant; readonly staffId: string }[];
	readonly records: readonly { readonly ref: string }[];
	/** True while a visit is being put together. */
	readonly bookingInProgress: boolean;
	/** True while a move or cancel is being put together. */
	readonly managing: boolean;
	/** Model and context, or null when the turn has none. */
	readonly aids: TurnAids | null;
}

/** Says in closed acts what the client wants. Never throws; an empty reading is `none`. */
export interface Understander {
	understand(input: UnderstandInput): Promise<Understanding>;
}
