import type { FactWriter } from './facts';
import type { Intent, IntentData } from './utterance';

/** What a wording may know besides its own data. */
export interface WordingContext {
	/** This question was asked before in the session: the short form is enough. Facts and lists are never shortened by it. */
	readonly again: boolean;
	/** The reply opens with a greeting. */
	readonly greeted: boolean;
	/** Another utterance of the same reply has content: talk stays silent or short. */
	readonly accompanied: boolean;
	/** Another utterance of the same reply asks a question: this one must not. */
	readonly asksElsewhere: boolean;
	/** One of equal wordings, chosen by the conversation so that neighbouring turns differ. */
	vary(first: string, ...others: readonly string[]): string;
	/** Marks a fact as told; true when it is new in this session or has changed since it was told. */
	tell(key: string, value: string): boolean;
}

/** Words one intent: text with handles in place of every fact, or '' when the reply needs nothing from it. */
export type Wording<K extends Intent> = (data: IntentData[K], write: FactWriter, context: WordingContext) => string;

/** Every intent of one language; a missing intent does not compile. */
export type Wordings = { readonly [K in Intent]: Wording<K> };

/** Why the CRM or a guard said no, worded; `call` adds the salon's phone when there is one. */
export interface RefusalWording {
	readonly texts: readonly [string, ...string[]];
	readonly call: boolean;
}
