import type { Wordings } from '../../wording';
import { either, lines, numbered, sentences } from '../lists';
import { andMore } from './words';

const SERVICE_INTRO = {
	ambiguous: 'Which of these services do you need?',
	not_found: 'That service is not on our list. Which of these would suit you?',
} as const;

const STAFF_INTRO = {
	ambiguous: 'Which specialist do you mean?',
	not_found: 'We have no specialist of that name. Who would you like to see?',
	unqualified: 'This specialist does not do the chosen service. Who would you like to see?',
} as const;

export const questions = {
	ask_service: ({ options, why }, w, c) => {
		if (options.length === 0) {
			if (why === 'not_found') return 'That service is not on our list. What would you like to have done?';
			if (c.again) return c.vary('Which service?', 'What shall we do?');
			return c.vary('Which service would you like?', 'What would you like to have done?', 'Which service are you interested in?');
		}
		const intro =
			why === 'missing'
				? c.vary('Which service would you like?', 'What would you like to have done?', 'Which service are you interested in?')
				: SERVICE_INTRO[why];
		return lines(
			c.again && why === 'missing' ? c.vary('Which service?', 'Which one do you need?') : intro,
			numbered(options, (service) => w.service(service), andMore(w)),
			c.again ? '' : 'Reply with a number or a name.',
		);
	},
	ask_usual: ({ serviceTitles, staff }, w, c) => {
		const visit = `${w.titles(serviceTitles)}${staff === null ? '' : ` with ${w.staff(staff)}`}`;
		return c.again ? `The usual: ${visit}?` : c.vary(`Shall I book the usual: ${visit}?`, `Would you like the usual: ${visit}?`, `The usual this time: ${visit}?`);
	},
	ask_day: ({ serviceTitles }, w, c) => {
		if (c.again) return c.vary('Which day suits you?', 'Which day shall I check?', 'Please tell me the day.');
		const question = c.vary('which day would suit you?', 'when would you like to come?', 'what day shall I look at?');
		return serviceTitles.length > 0 ? `${w.titles(serviceTitles)}: ${question}` : capital(question);
	},
	ask_time: ({ date }, w, c) => {
		if (c.again) return c.vary('What time suits you?', 'Which time shall I check?', 'Please tell me the time.');
		const question = c.vary('what time would suit you?', 'what time would you like to come?');
		return date === null ? capital(question) : `${w.day(date)}: ${question}`;
	},
	ask_am_pm: ({ times, date }, w, c) => {
		const choice = either(times.map((time) => w.time(time)), 'or');
		if (choice === '') return 'Do you mean the morning or the afternoon?';
		const intro = c.again ? 'Which time:' : c.vary('Which time do you mean:', 'Just to be sure of the time:');
		return `${intro} ${date === null ? '' : `${w.day(date)}, `}${choice}?`;
	},
	ask_which_week: ({ dates }, w, c) => {
		const choice = either(dates.map((date) => w.day(date)), 'or');
		if (choice === '') return 'Do you mean this week or the next one?';
		return `${c.again ? 'Which day:' : c.vary('Which day do you mean:', 'Just to be sure of the day:')} ${choice}?`;
	},
	ask_staff: ({ options, why }, w, c) => {
		const intro =
			why === 'missing'
				? c.vary('Who would you like to see?', 'Which specialist would you prefer?', 'Do you have a preferred specialist?')
				: STAFF_INTRO[why];
		if (options.length === 0) return c.again && why === 'missing' ? 'Which specialist?' : intro;
		return lines(
			c.again && why === 'missing' ? c.vary('Which specialist?', 'Who would you like to see?') : intro,
			numbered(options, (person) => w.staff(person), andMore(w)),
			c.again ? '' : 'Reply with a number, a name or "any".',
		);
	},
	ask_name: (_, __, c) =>
		c.again
			? c.vary('What is your name?', 'Please tell me your name.')
			: c.vary('What is your name?', 'What name shall I put the visit under?', 'May I have your name, please?'),
	ask_phone: ({ why }, _, c) => {
		if (why === 'invalid') {
			return c.vary(
				'I could not read that number. Please send it in full, with the country code.',
				'The number seems to be incomplete. Please send it once more in full.',
			);
		}
		return c.again
			? c.vary('Please send your phone number.', 'Only the phone number is missing.')
			: c.vary('Please send your phone number for the visit.', 'May I have your phone number, please? It is needed for the visit.');
	},
	ask_name_phone: (_, __, c) =>
		c.again
			? c.vary('Please send your name and phone number.', 'Your name and phone number are still needed.')
			: c.vary('Please send your name and phone number for the visit.', 'May I have your name and phone number, please? They are needed for the visit.'),
	ask_client_choice: ({ names }, w, c) => {
		const question = c.vary('Who is the visit for?', 'Which of you shall I book?');
		return names.length === 0 ? question : lines(question, numbered(names, (name) => w.name(name) || 'no name', andMore(w)), c.again ? '' : 'Reply with a number or a name.');
	},
	ask_what_to_change: (_, __, c) =>
		sentences(c.again ? '' : c.vary('All right, nothing is written yet.', 'All right, let us correct it.'), c.vary('What shall I change: the service, the day, the time or the specialist?', 'What should be different: the service, the day, the time or the specialist?')),
} satisfies Partial<Wordings>;

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
