import type { SwitchBoard, Switches } from '../kit';

/** Each unknown of the EasyWeek sheet with its positions; the first is the sheet's default. */
export const EASYWEEK_SWITCHES = {
	slotShape: ['A', 'B'],
	/** Days without slots: left out, or there with an empty list. */
	emptyDays: ['missing', 'empty'],
	conflictStatus: ['409', '422'],
	wrapSingle: ['on', 'off'],
	createStatus: ['201', '200'],
	createAnswer: ['booking', 'uuid'],
	customerUpdate: ['404', '405', '200'],
	customerTaken: ['422', '409'],
	timezoneShape: ['object', 'string'],
	statusShape: ['object', 'string'],
	durationLabel: ['minutes', 'hours'],
	/** A time without zone: `utc` silently moves the visit. */
	zonelessBooking: ['utc', 'refused'],
	zonelessCart: ['utc', 'location'],
	cancelTwice: ['accepted', 'refused'],
	retryAfter: ['present', 'absent'],
	manageLink: ['absent', 'present'],
} as const satisfies SwitchBoard;

export type EasyweekSwitches = Switches<typeof EASYWEEK_SWITCHES>;
