import { YCLIENTS_BOARD } from '../yclients/switches';

/** The same unknowns; what the Altegio sheet knows better or not at all has another default, or both positions. */
export const ALTEGIO_BOARD = {
	...YCLIENTS_BOARD,
	/** Both forms are seen on live accounts. */
	authFailure: ['200-success-false', '401'],
	/** Seen in production around daylight saving time. */
	datetimeOffset: ['summer-plus-one', 'branch'],
	/** The vendor's own tool sends partial bodies. */
	partialPut: ['merges', '422', 'loses'],
	recordPutStatus: ['200', '201'],
	/** The path that would cancel without a user token was never tried here. */
	userRecordDelete: ['404', '200', '204'],
	/** Only the older route was seen called. */
	newSchedule: ['404', 'served'],
	/** Settings are made in the back office. */
	hooksSettings: ['404'],
	webhookData: ['full', 'partial'],
	webhookQuery: ['with-userGuid', 'plain'],
} as const;
