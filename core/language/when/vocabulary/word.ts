import type { DayPart } from '../types';

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** What a function word does in a phrase about time. */
export type Role =
	| 'in' | 'at' | 'on' | 'toward' | 'before' | 'after' | 'from' | 'through' | 'between' | 'until' | 'for'
	| 'about' | 'than' | 'not' | 'or' | 'and' | 'but' | 'ahead' | 'ago' | 'past'
	| 'sooner' | 'later' | 'next' | 'nearest' | 'this' | 'last' | 'every'
	| 'begin' | 'middle' | 'end' | 'half' | 'quarter' | 'without' | 'weekend' | 'workdays'
	| 'instead' | 'except' | 'cannot' | 'busy' | 'correction' | 'move' | 'close' | 'starting' | 'of' | 'the'
	| 'date-noun' | 'ordinal-ending' | 'meridiem-am' | 'meridiem-pm' | 'oclock' | 'couple' | 'several' | 'times' | 'filler';

/** The meanings of one word form; most words have one, «дня» and «час» have several. */
export interface Word {
	weekday?: number;
	/** Said in the plural: a habit, not a day. */
	plural?: true;
	/** Days from today. */
	relative?: number;
	month?: number;
	/** Short or ambiguous form that needs a number beside it («мар», "may"). */
	needsNumber?: true;
	/** Short or ambiguous form that needs a preposition or a neighbour ("sat", "sun"). */
	needsContext?: true;
	cardinal?: number;
	ordinal?: number;
	/** An amount with a half: «полтора» is 1.5, «пол» 0.5. */
	amount?: number;
	unit?: Unit;
	/** The unit itself holds a half: «полчаса». */
	halfUnit?: true;
	/** The unit in a plural form: «часов», «часам», which may stand before its number. */
	manyUnits?: true;
	part?: DayPart;
	/** Follows an hour: «7 вечера». */
	ofPart?: DayPart;
	/** «полтретьего»: the hour that is half gone. */
	halfTo?: number;
	/** A whole clock time: «полдень». */
	clock?: number;
	role?: Role;
	/** A noun that turns the number before it into a quantity. */
	counted?: true;
}

/** One line of a vocabulary: the meaning, its forms, and whether a slip of one letter is forgiven. */
export interface Entry {
	word: Word;
	forms: string;
	typos?: true;
}
