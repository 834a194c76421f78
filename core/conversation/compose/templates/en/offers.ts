import type { OfferSituation } from '../../utterance';
import type { Wordings } from '../../wording';
import { labelled, lines, offerList, sentences } from '../lists';

/** How a list of offers begins; `one` when there is a single offer. */
const INTRO: Record<OfferSituation, { readonly one: readonly [string, string]; readonly many: readonly [string, string] }> = {
	exact: { one: ['Yes, that time is free:', 'This time is free:'], many: ['Here is what fits:', 'These times are free:'] },
	free_that_day: { one: ['One time is free that day:', 'That day there is:'], many: ['Free that day:', 'That day there is:'] },
	nearest: {
		one: ['That time is not free. The nearest one:', 'Nothing is free at that time. Closest to it:'],
		many: ['That time is not free. The nearest ones:', 'Nothing is free at that time. Closest to it:'],
	},
	taken: {
		one: ['That time is already taken. I can offer:', 'Sorry, that time is taken. There is another one:'],
		many: ['That time is already taken. I can offer:', 'Sorry, that time is taken. There are others:'],
	},
	outside_hours: {
		one: ['We are closed at that time. The nearest free time:', 'That is outside our opening hours. I can offer:'],
		many: ['We are closed at that time. The nearest free times:', 'That is outside our opening hours. I can offer:'],
	},
	closed_day: {
		one: ['We are closed that day. The nearest free time:', 'That is our day off. I can offer:'],
		many: ['We are closed that day. The nearest free times:', 'That is our day off. I can offer:'],
	},
	nothing_that_day: {
		one: ['That day is full. The nearest free time:', 'Nothing is left that day. I can offer:'],
		many: ['That day is full. The nearest free times:', 'Nothing is left that day. I can offer:'],
	},
	staff_not_that_day: {
		one: ['This specialist has no free time that day. I can offer:', 'This specialist is not in that day. There is another time:'],
		many: ['This specialist has no free time that day. I can offer:', 'This specialist is not in that day. There are other times:'],
	},
	soonest: { one: ['The earliest time:', 'The soonest would be:'], many: ['The earliest times:', 'The soonest would be:'] },
};

const CLOSING: Record<'create' | 'reschedule', { readonly one: readonly [string, string]; readonly many: readonly [string, string] }> = {
	create: { one: ['Would that suit you?', 'Does this time suit you?'], many: ['Which one would you like? You can reply with a number.', 'Which suits you best? Reply with a number.'] },
	reschedule: { one: ['Shall I move your visit to this time?', 'Would that suit you?'], many: ['Which one shall I move your visit to? You can reply with a number.', 'Which suits you best? Reply with a number.'] },
};

export const offers = {
	offer: ({ offers: list, situation, purpose }, w, c) => {
		if (list.length === 0) return 'I see no free time so far. Shall I look at another day?';
		const number = list.length === 1 ? 'one' : 'many';
		return lines(c.vary(...INTRO[situation][number]), offerList(list, w), c.vary(...CLOSING[purpose][number]));
	},
	no_offers: ({ wish }, w, c) => {
		const [date, another] = wish?.value.dates ?? [];
		const where = date !== undefined && another === undefined ? `nothing is free on ${w.day(date)}.` : 'nothing is free for that time.';
		return sentences('Sorry,', where, c.vary('Shall I look at another day?', 'Shall I try another day or specialist?'));
	},
	confirm_create: ({ offer, clientName, guestName, company }, w, c) =>
		lines(
			c.vary('Please check:', 'Let us check:'),
			w.titles(offer.serviceTitles),
			w.offer(offer),
			labelled('For', guestName === null ? '' : w.name(guestName)),
			labelled('Name', clientName === null ? '' : w.name(clientName)),
			`Where: ${w.company(company)}`,
			c.vary('Shall I book it? Reply "yes" or tell me what to change.', 'Is everything right, shall I book? Reply "yes" or tell me what to change.'),
		),
	confirm_reschedule: ({ record, offer }, w, c) =>
		lines(
			c.vary('Please check:', 'Let us check:'),
			`Now: ${w.record(record)}`,
			`New time: ${w.offer(offer)}`,
			c.vary('Shall I move it? Reply "yes" or tell me what to change.', 'Shall I reschedule it? Reply "yes" or tell me what to change.'),
		),
	confirm_cancel: ({ record }, w, c) =>
		lines(
			c.vary('Shall I cancel this visit?', 'Just to be sure, shall I cancel it?'),
			w.record(record),
			c.vary('Reply "yes" to cancel or "no" to keep it.', 'Send "yes" to cancel it or "no" to leave it as it is.'),
		),
} satisfies Partial<Wordings>;
