import type { RefusalReason } from '../../../../booking';
import type { RefusalWording, Wordings } from '../../wording';
import { sentences } from '../lists';

/** Every reason, in words for a client; a reason without words does not compile. */
const REFUSALS: { readonly [R in RefusalReason]: RefusalWording } = {
	slot_taken: { texts: ['Sorry, that time is already taken.', 'That time has just been taken.'], call: false },
	slot_in_past: { texts: ['That time has already passed.', 'That time is in the past, please choose another one.'], call: false },
	too_soon: { texts: ['It is too late to book for that time.', 'That is too soon: the specialist would not be ready.'], call: false },
	too_far: { texts: ['The schedule is not open that far ahead.', 'Booking for that date is not open yet.'], call: false },
	outside_hours: { texts: ['We are closed at that time.', 'That is outside our opening hours.'], call: false },
	staff_unqualified: { texts: ['This specialist does not do the chosen service.', 'Another specialist does the chosen service.'], call: false },
	staff_inactive: { texts: ['This specialist takes no visits at the moment.'], call: false },
	service_inactive: { texts: ['This service cannot be booked at the moment.'], call: false },
	resource_busy: { texts: ['The room or equipment is busy at that time.', 'There is no free equipment at that time.'], call: false },
	self_overlap: { texts: ['You already have another visit at that time.', 'That time overlaps with another visit of yours.'], call: false },
	client_blocked: { texts: ['Online booking is not possible here. Please contact the administrator.'], call: true },
	client_invalid: { texts: ['Your details were not accepted. Please check the name and the phone number.'], call: false },
	phone_invalid: { texts: ['The booking system did not accept the phone number. Please check it.'], call: false },
	name_missing: { texts: ['A name is needed for the visit.', 'The visit cannot be made without a name.'], call: false },
	not_found: { texts: ['I do not see such a visit.', 'There is no such visit in the schedule.'], call: false },
	not_own: { texts: ['I can show and change only your own visits.'], call: false },
	already_cancelled: { texts: ['This visit is no longer in the schedule.'], call: false },
	too_late_to_change: { texts: ['It is too close to the visit to change it here.'], call: true },
	version_conflict: { texts: ['This visit looks different in the salon now. Let us look at it again.'], call: false },
	not_allowed: { texts: ['Only the administrator can do that.'], call: true },
	credential_invalid: { texts: ['The schedule cannot be reached right now. Please try again later.'], call: true },
	invalid_request: { texts: ['That did not work. Please try another option.'], call: true },
	unsupported: { texts: ['That cannot be done here, the administrator will help.'], call: true },
};

export const refusals = {
	refused: ({ reason, phone }, w, c) => {
		const { texts, call } = REFUSALS[reason];
		const number = call && phone !== null ? w.phone(phone) : '';
		return sentences(c.vary(...texts), number === '' ? '' : `Phone: ${number}.`);
	},
	finish_on_page: ({ url }, w) => `In this salon clients book on the salon page. Open it and choose the time there: ${w.page(url)}`,
	crm_unavailable: (_, __, c) =>
		c.vary('The schedule cannot be opened right now. Please try again in a few minutes.', 'The schedule is not answering at the moment. Please write a little later.'),
	pending_dropped: ({ kind }, _, c) =>
		kind === 'create' ? c.vary('All right, I am not booking it.', 'All right, we leave it for now.') : c.vary('All right, nothing changes.', 'All right, your visit stays as it is.'),
	pending_expired: (_, __, c) => c.vary('Some time has passed, so I will check everything again.', 'That offer is out of date, the time has to be checked again.'),
	stale_button: (_, __, c) => c.vary('That button is out of date.', 'That is no longer current.'),
	time_past: ({ date }, w, c) => (date === null ? c.vary('That time has already passed.', 'That time is in the past.') : `${w.day(date)}: that time has already passed.`),
	too_far: ({ days }, w) => `A visit can be planned at most ${w.days(days)} ahead.`,
	recurring_unsupported: () => 'Repeated visits are arranged one at a time. Let us start with the nearest one.',
} satisfies Partial<Wordings>;
