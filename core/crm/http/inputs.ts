import * as v from 'valibot';
import { COMMENT, GUEST_NAME, INSTANT, rescheduleTo, startEvery, text, visitEntries } from '../../calendar/inputs';

/** What a caller of the booking port may ask of a vendor that lives behind a network. */
export { APPOINTMENT_QUERY, ID, KEY, parseInput, SLOT_QUERY } from '../../calendar/inputs';

const START = startEvery(1, 'A start must be a whole minute; use a start that slots returned.');
const NAME = text(100, 'The name');
const PHONE = v.pipe(v.string(), v.maxLength(60, 'The phone is too long.'));

export const NEW_APPOINTMENT = v.object({ ...visitEntries(START), comment: v.optional(COMMENT, ''), guestName: v.optional(GUEST_NAME, '') });
export const RESCHEDULE = rescheduleTo(START);
export const NEW_CLIENT = v.object({ name: NAME, phone: PHONE });
export const CLIENT_PATCH = v.object({ name: v.optional(NAME), phone: v.optional(PHONE) });
export const STREAM_WINDOW = v.object({
	from: v.optional(INSTANT),
	to: v.optional(INSTANT),
	cursor: v.optional(v.pipe(v.string(), v.maxLength(500))),
	ids: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(200, 'At most 200 ids may be asked for at once.'))),
	lane: v.optional(v.picklist(['incremental', 'full', 'backfill'])),
});
