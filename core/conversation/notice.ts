import * as v from 'valibot';
import type { Instant } from '../booking';

/**
 * What a salon writes first. `reminder`: of a visit to come, answered by yes, move or cancel; `review`: after a visit,
 * answered by a mark from 1 to 5; `win_back`: to a client who has not come for long; `birthday`.
 */
const NOTICE_KINDS = ['reminder', 'review', 'win_back', 'birthday'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

const LONGEST_NOTE = 500;
const LONGEST_URL = 500;

/** A page of the web that may be shown to a client as it stands. */
const Page = v.pipe(
	v.string(),
	v.maxLength(LONGEST_URL),
	v.check((url) => URL.canParse(url) && new URL(url).protocol === 'https:' && !/[\s<>"'`{}|\\^[\]]/.test(url), 'A link has to be an https:// address without spaces.'),
);

/** A message to begin with, as a flow gives it: code of the salon's own side, never a client's item. */
export const Notice = v.object({
	/** The same notice given twice is said once. */
	id: v.pipe(v.string(), v.nonEmpty('A notice needs an id.'), v.maxLength(200)),
	kind: v.picklist(NOTICE_KINDS),
	/** Visit of a reminder or a review request. */
	appointmentId: v.optional(v.nullable(v.string()), null),
	/** Start of that visit as the copy knows it: a reminder of a visit that was moved since is not sent. */
	start: v.optional(v.nullable(v.string()), null),
	/** Words of the salon, said as they stand. */
	note: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(LONGEST_NOTE))), null),
	/** Where a review can be left; said after a good mark only. */
	url: v.optional(v.nullable(Page), null),
});
export type Notice = v.InferOutput<typeof Notice>;

/** Whether two instants are the same moment, in whatever zone they are written. */
export const isSameMoment = (one: Instant, other: Instant): boolean => Date.parse(one) === Date.parse(other);
