import type { Wordings } from '../../wording';
import { lines, recordList, sentences } from '../lists';
import { andMore } from './words';

export const visits = {
	records: ({ records }, w, c) => {
		const [first, ...others] = records;
		if (first === undefined) return 'You have no upcoming visits.';
		if (others.length === 0) return lines(c.vary('Your visit:', 'Here is your visit:'), w.record(first));
		return lines(c.vary('Your visits:', 'Here are your visits:'), recordList(records, w, andMore(w)));
	},
	no_records: ({ identity }, _, c) =>
		identity === 'verified'
			? c.vary('You have no upcoming visits.', 'I see no visits ahead.')
			: c.vary('I see no visits made in this chat.', 'There are no visits in this chat so far.'),
	choose_record: ({ op, records }, w, c) => {
		if (records.length === 0) return 'You have no upcoming visits.';
		const question = op === 'cancel' ? c.vary('Which visit shall I cancel?', 'Which of the visits shall I cancel?') : c.vary('Which visit shall I move?', 'Which of the visits shall I move?');
		return lines(question, recordList(records, w, andMore(w)), c.again ? '' : 'Reply with a number.');
	},
	identity_needed: (_, __, c) =>
		sentences(
			c.vary('I can show your visits only when the messenger itself confirms your phone number.', 'Your visits can be shown once the messenger confirms your phone number.', 'Until the messenger vouches for your phone number I cannot open your visits.'),
			c.vary('Please share your contact or ask for the administrator.', 'Please send your contact with the button or ask for the administrator.', 'Press the contact button, or write that you need the administrator.'),
		),
} satisfies Partial<Wordings>;
