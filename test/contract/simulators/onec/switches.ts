import type { Switches } from '../kit';

/** What the sheet leaves open about a base behind OData, each with the behaviours a base may turn out to have. */
export const ONEC_SWITCHES = {
	/** `Ref_Key gt guid'…'`, which keyset paging needs. */
	guidOrder: ['compared', 'refused'],
	/** Filters on the set of a tabular section. */
	sectionFilter: ['works', 'refused'],
	/** `any` and `all`, since platform 8.3.8. */
	lambda: ['works', 'refused'],
	inlineCount: ['with paging', 'without paging'],
	/** Texts without a length in a filter. */
	longTextFilter: ['refused', 'works'],
	postParentheses: ['either', 'required', 'refused'],
	ifMatch: ['ignored', 'enforced'],
	registerPost: ['200', '201'],
	byteOrderMark: ['absent', 'present'],
	/** A reference of a composite type compared without `cast`. */
	compositeWithoutCast: ['refused', 'no rows'],
	/** Dates written with `Z` or an offset. */
	offsetDates: ['refused', 'cut'],
	textCase: ['ignored', 'matters'],
	/** What marking a posted document for deletion does. */
	markPosted: ['unposts', 'keeps', 'refused'],
	/** Whether phones written without digits alone get them filled in. */
	phoneDigits: ['as sent', 'filled'],
	rowSecurity: ['off', 'on'],
	/** The answer to a request without a valid session at a cloud provider. */
	noSession: ['401', 'login page'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type OneCSwitches = Switches<typeof ONEC_SWITCHES>;
