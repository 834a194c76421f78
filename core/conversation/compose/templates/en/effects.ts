import type { Wordings } from '../../wording';
import { labelled, lines, sentences } from '../lists';

export const effects = {
	booked: ({ record, company, clientName }, w, c) => {
		const name = clientName === null || c.greeted ? '' : w.name(clientName);
		const fresh = company.address !== null && c.tell('address', company.address);
		return lines(
			name === '' ? c.vary('Done, you are booked:', 'You are booked:') : c.vary(`Done, ${name}, you are booked:`, `${name}, you are booked:`),
			w.record(record),
			fresh ? labelled('Address', w.address(company)) : '',
			c.vary('If your plans change, just write here.', 'If you need to move the visit, write to us.', 'We look forward to your visit.'),
		);
	},
	rescheduled: ({ record }, w, c) => lines(c.vary('Done, your visit is rescheduled:', 'Your visit has been moved, the new time is:'), w.record(record)),
	cancelled: ({ record }, w, c) =>
		lines(c.vary('Your visit is cancelled:', 'Done, the visit is cancelled:'), w.record(record), c.vary('If you would like another day, write to us.', 'We will be glad to see you another time.')),
	already_done: ({ kind, record }, w) => lines(ALREADY[kind], w.record(record)),
	effect_unknown: (_, __, c) =>
		sentences(
			c.vary('The booking system has not answered yet, I am checking whether it went through.', 'There is no answer from the booking system yet, I am checking.'),
			'I will write as soon as it is clear. There is no need to repeat anything.',
		),
	effect_still_unknown: (_, __, c) =>
		c.vary(
			'The booking system still has not answered. I keep checking and will write for sure.',
			'No news from the booking system so far. I am still checking, there is no need to repeat anything.',
		),
} satisfies Partial<Wordings>;

const ALREADY = {
	create: 'You are already booked:',
	reschedule: 'This visit is already rescheduled:',
	cancel: 'This visit is already cancelled:',
} as const;
