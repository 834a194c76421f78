import type { SwitchBoard, Switches } from '../kit';

/** Each unknown of the DIKIDI sheet with its positions; the first is what its sources saw, or our gateway at its best. */
export const DIKIDI_SWITCHES = {
	/** How the owner's gateway treats commands. */
	gateway: ['sync', 'async', 'plain-200', 'unsupported', 'slot-taken', 'down'],
	gatewayIdempotent: ['yes', 'no'],
	unsupportedStatus: ['501', '404'],
	plainBody: ['ok', 'json', 'ok_true'],
	/** How a platform writes what it knows. */
	eventTimes: ['naive', 'naive_without_zone', 'offset'],
	eventNumbers: ['decimal', 'comma', 'number'],
	eventIds: ['present', 'absent'],
	eventPhones: ['e164', 'local'],
	/** Envelope of the widget: as each path was seen, or one kind everywhere. */
	envelope: ['as_seen', 'flat', 'bare'],
	/** An empty map of PHP. */
	emptyMap: ['array', 'object'],
	widgetNumbers: ['strings', 'numbers'],
	/** Which id of a service the slot query takes. */
	slotServiceId: ['id', 'company_service_id'],
	/** Whether `master` narrows the price list: the parameter is seen in requests, what it does is told nowhere. */
	masterServices: ['of_master', 'everything'],
	/** What the protection layer does; `pace` blocks more than one request a second. */
	protection: ['off', 'pace', 'html_403', 'html_503', 'captcha_200', 'too_many_429'],
} as const satisfies SwitchBoard;

export type DikidiSwitches = Switches<typeof DIKIDI_SWITCHES>;
