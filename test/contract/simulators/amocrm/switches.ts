import type { SwitchBoard, Switches } from '../kit';

/** Each unknown of the amoCRM and Kommo sheets with its positions; the first is the sheet's own reading, or the harsher one. */
export const FAMILY_SWITCHES = {
	/** `ignored`: the account's filter flag is off, and a filtered list gives everything. */
	filters: ['on', 'ignored'],
	complexAnswer: ['array', 'embedded'],
	missingEntity: ['404', '204'],
	/** A refresh token used twice: `kills` ends the whole family, `refused` only answers 401. */
	staleRefresh: ['kills', 'refused'],
	oldAccessToken: ['valid', 'revoked'],
	/** Whether the token URL also takes a form. */
	tokenBody: ['json', 'json_or_form'],
	throttleBody: ['html', 'json'],
	retryAfter: ['absent', 'present'],
	blockAfterThrottle: ['on', 'off'],
	/** `2s`: a fresh row is missing from filtered and searched lists for two seconds. */
	indexLag: ['none', '2s'],
	/** `digits`: spaces and brackets of a stored phone do not hide it from the search. */
	querySearch: ['substring', 'digits'],
	/** `extended`: the plan of the account has no webhooks by API. */
	webhookPlan: ['allowed', 'missing'],
	webhookRefusal: ['403', '402'],
	sameDestination: ['update', 'refused'],
	webhookRetries: ['none', 'four'],
	/** A hook that was not accepted: stays, or is disabled. */
	failedWebhook: ['stays', 'disabled'],
	companyHooks: ['contacts', 'companies'],
	eventIds: ['string', 'number'],
	/** `partial`: the good rows of a refused batch are written. */
	batchErrors: ['whole', 'partial'],
	minorUnits: ['absent', 'shown'],
	linkTouchesParent: ['no', 'yes'],
	duplicateControl: ['off', 'on'],
	reopenClosed: ['allowed', 'refused'],
	ifModifiedSince: ['ignored', '304', '204'],
} as const satisfies SwitchBoard;

export type FamilySwitches = Switches<typeof FAMILY_SWITCHES>;
