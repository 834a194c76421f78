import type { Switches } from '../kit';

/** What the sheet leaves open about Bitrix24, each with the behaviours a portal may turn out to have. */
export const BITRIX24_SWITCHES = {
	/** `missing`: an old portal without the module; `off`: the tool is switched off. */
	bookingModule: ['on', 'missing', 'off'],
	/** Whether `booking.add` refuses time that is taken. */
	overlappingBookings: ['accepted', 'refused'],
	bookingPaging: ['start', 'ignored'],
	bookingIdFilter: ['works', 'ignored'],
	/** The code for a booking that is gone. */
	goneBooking: ['1019', '1021'],
	slotsParameter: ['resourceId', 'resourceID'],
	clientTypes: ['listed', 'empty until used'],
	/** How the portal shows dates in calendar answers. */
	displayDates: ['dotted', 'slashed'],
	recurringEvents: ['expanded', 'single'],
	absencesInAccessibility: ['listed', 'hidden'],
	workTime: ['hours', 'hours and minutes'],
	serviceList: ['everyone', 'administrators'],
	timestampXFilter: ['works', 'refused'],
	/** camelCase of a user field whose name is made of letters. */
	userFieldNames: ['camel', 'kept after prefix'],
	phoneFilterOfItems: ['refused', 'ignored'],
	/** What `fm` does in `crm.item.update`. */
	multifieldUpdate: ['keyed', 'replaces all'],
	/** Whether 8… and 7… are one phone for the search of duplicates. */
	duplicatePhones: ['digits', 'national'],
	bookingEventId: ['data', 'fields'],
	/** Methods and kinds of events only one source speaks of. */
	oneSourceMethods: ['present', 'absent'],
	operatingTime: ['reported', 'absent'],
	fastPagingTotal: ['zero', 'absent'],
	emptyMaps: ['array', 'object'],
	errorCodes: ['documented', 'upper', 'lower'],
	bearerToken: ['refused', 'accepted'],
	tokenByPost: ['accepted', 'refused'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type Bitrix24Switches = Switches<typeof BITRIX24_SWITCHES>;
