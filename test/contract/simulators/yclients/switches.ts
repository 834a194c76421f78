import type { Switches } from '../kit';

/** What the YCLIENTS sheet leaves open, and what it says comes in several forms; the first position is the default. */
export const YCLIENTS_BOARD = {
	/** Answer of POST /records and PUT /record for a busy time. */
	conflictStyle: ['422-message', '422-code', '409-conflict'],
	/** Where the codes 431-438 of online booking sit in the body. */
	codePosition: ['none', 'meta', 'errors', 'meta-errors', 'root'],
	deletedRead: ['200-deleted', '404'],
	repeatDelete: ['404', '204'],
	throttleStyle: ['429', '200-success-false'],
	retryAfter: ['absent', 'present'],
	duplicateClient: ['422', '409', 'creates-second'],
	/** `data` of POST /records. */
	recordsPostShape: ['object', 'array'],
	recordPutStatus: ['201', '200'],
	/** PUT /record without the required keys. */
	partialPut: ['422', 'loses', 'merges'],
	/** PUT /client without the optional keys. */
	clientPut: ['clears', 'keeps'],
	/** staff_id 0 on POST /records. */
	journalAnyStaff: ['422', 'picks-one'],
	/** GET /records without any date. */
	recordsWithoutDates: ['all', 'today'],
	recordsOrder: ['id', 'newest-first'],
	/** GET /records with `count` above 300. */
	recordsOverCap: ['300', '50'],
	changedAfterZone: ['branch', 'utc', 'moscow'],
	changedAfter: ['honoured', 'ignored'],
	withDeleted: ['honoured', 'ignored'],
	authShape: ['enveloped', 'bare'],
	authStatus: ['201', '200'],
	authFailure: ['401', '200-success-false'],
	/** Failures of company routes. */
	companyErrors: ['meta', 'errors'],
	/** The documentation's table names the key otherwise than its samples. */
	categoryKey: ['category', 'categories'],
	/** Dates of book_dates; the rendered documentation prints seconds since 1970. */
	bookDates: ['text', 'unix'],
	/** Key of the client in a goods movement. */
	movementClientKey: ['client', 'clients'],
	bookCheckBody: ['created', 'empty'],
	visitPutBody: ['json', 'empty'],
	userRecordDelete: ['200', '204', '404'],
	/** GET /goods with `count` above 100. */
	goodsOverCap: ['25', 'honoured'],
	partnerId: ['not-needed', 'required'],
	/** Offset of `datetime`; `date` is always the branch's. */
	datetimeOffset: ['branch', 'moscow', 'summer-plus-one'],
	/** How the offset of a record's `datetime` is written. */
	recordOffset: ['compact', 'colon'],
	/** An ISO time sent with another offset than the one given out. */
	foreignOffset: ['honoured', 'ignored'],
	timeForm: ['padded', 'short'],
	maskedPhones: ['masked', 'empty'],
	scheduleDaysOff: ['missing', 'empty-slots'],
	/** GET company/{c}/staff/schedule: old tariffs answer 404. */
	newSchedule: ['served', '404'],
	storageTransactions: ['served', '404'],
	hooksSettings: ['served', '404'],
	/** clients/search: one account answers five fields whatever is asked. */
	searchFields: ['honoured', 'five-only'],
	/** clients/search: a range that nobody meets. */
	emptyRange: ['empty', 'drops-filter'],
	searchDates: ['date-time', 'date'],
	/** Which fields of the entity a webhook carries. */
	webhookData: ['partial', 'full'],
	webhookQuery: ['plain', 'with-userGuid'],
	/** Answers to the Accept value of the sister brand. */
	foreignAccept: ['bare', 'works'],
} as const;

/** One position of every switch. Altegio has the same switches, some with other defaults. */
export type VendorSwitches = Switches<typeof YCLIENTS_BOARD>;
