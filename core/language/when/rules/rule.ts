import type { Phrase } from '../phrase';
import type { Day, Item } from '../types';

/** What a rule may know besides the words. */
export interface RuleContext {
	today: Day;
	/** The civil day and minute of the day that many minutes from now, in the branch's zone. */
	momentAfter(minutes: number): { day: Day; minutes: number };
	/** The item found just before, when nothing but a comma parts it from here. */
	neighbour: Item | undefined;
	/** «или» joins what starts here to a time just before. */
	alternative: boolean;
}

export interface Match {
	items: Item[];
	/** Token index after the words of the rule. */
	end: number;
}

/** Tries to read one expression of time that starts at a token. */
export type Rule = (phrase: Phrase, start: number, context: RuleContext) => Match | undefined;
