import type { FactWriter } from '../../facts';
import type { Wordings } from '../../wording';
import { labelled, lines, sentences } from '../lists';

/** The salon's own sentence. */
const own = (note: string | null, w: FactWriter): string => (note === null ? '' : w.quote(note));

export const notices = {
	reminder: ({ record, company, note }, w) =>
		lines('A reminder of your visit:', w.record(record), labelled('Address', company.address === null ? '' : w.address(company)), own(note, w), 'Will you come? You can also move or cancel it.'),
	see_you: ({ record }, w, c) => lines(c.vary('Thank you! Until then:', 'Great, see you:'), w.record(record)),
	review_request: ({ company, note }, w) => lines(`Thank you for coming to ${w.company(company)}.`, own(note, w), `How was it? Please give a mark from ${w.count(1)} to ${w.count(5)}.`),
	review_thanks: ({ url }, w) => lines('Thank you for the mark! We are glad you liked it.', url === null ? '' : `A review would help us: ${w.page(url)}`),
	review_sorry: () => 'We are sorry that not everything was right. I am passing this to the administrator, who will answer here. If you like, write what was wrong.',
	win_back: ({ serviceTitles, note }, w) =>
		lines(
			sentences('We have not seen you for a while.', serviceTitles.length === 0 ? 'Shall I find you a time?' : `Shall I find you a time: ${w.titles(serviceTitles)}?`),
			own(note, w),
			'If you do not want such messages, write "stop".',
		),
	birthday: ({ company, clientName, note }, w, c) => {
		const name = clientName === null || c.greeted ? '' : w.name(clientName);
		return lines(sentences(name === '' ? 'Happy birthday!' : `${name}, happy birthday!`, `${w.company(company)} wishes you all the best.`), own(note, w));
	},
} satisfies Partial<Wordings>;
