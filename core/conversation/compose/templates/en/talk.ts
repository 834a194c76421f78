import type { HandoffCause } from '../../utterance';
import type { Wordings } from '../../wording';
import { sentences } from '../lists';

const HANDOFF: Record<HandoffCause, readonly [string, ...string[]]> = {
	asked: ['I am passing this to the administrator, you will get an answer here.', 'I am calling the administrator, who will answer in this chat.'],
	not_understood: ['To avoid confusion I am passing this to the administrator. You will get an answer here.'],
	alarm: ['I am passing your message to the administrator, you will get an answer here.'],
	effect_unknown: ['To avoid a mistake I am passing the check to the administrator. You will get an answer here.'],
	question: ['I am passing your question to the administrator, who will answer here.', 'I will ask the administrator, who will answer in this chat.'],
	no_slots: ['I am passing your request to the administrator, who will help to find a time and answer here.'],
	over_budget: ['From here the administrator will help you and answer in this chat.'],
};

const UNREADABLE = {
	voice: 'I could not make out the voice message.',
	image: 'I cannot look at pictures.',
	location: 'I cannot open a location.',
	contact: 'I could not read the contact.',
	other: 'I cannot open this kind of message.',
} as const;

export const talk = {
	hello: (_, __, c) => (c.accompanied ? '' : c.greeted ? 'How can I help you?' : c.vary('How can I help you?', 'What can I do for you?', 'I am listening. How can I help?')),
	thanks: (_, __, c) =>
		c.accompanied ? 'You are welcome.' : c.vary('You are welcome! Write if you need anything.', 'Glad to help. Write any time.', 'You are welcome. Write if you have questions.'),
	bye: (_, __, c) => c.vary('All the best!', 'Have a nice day!', 'Goodbye! Write if you need anything.'),
	how_are_you: (_, __, c) =>
		sentences(c.vary('I am fine, thank you.', 'All is well, thank you for asking.'), c.asksElsewhere ? '' : c.vary('How can I help you?', 'What can I do for you?')),
	who_are_you: ({ company, name }, w, c) =>
		sentences(
			name === null || w.name(name) === '' ? '' : `My name is ${w.name(name)}.`,
			c.vary(`This is the virtual administrator of ${w.company(company)}.`, `You are talking to the virtual assistant of ${w.company(company)}.`),
			'I help to book, move or cancel a visit and answer about prices.',
		),
	smalltalk_other: (_, __, c) =>
		c.asksElsewhere ? '' : c.vary('I can help with visits, prices or the address. What would you like to know?', 'Visits are what I do best. Shall I find you a time?'),
	next_visit: ({ serviceTitles }, w, c) =>
		serviceTitles.length === 0 ? 'Now the next visit.' : c.vary(`Now the next service: ${w.titles(serviceTitles)}.`, `Let us go on to the next visit: ${w.titles(serviceTitles)}.`),
	not_understood: ({ attempt }, _, c) => {
		if (attempt <= 1) {
			const help = c.asksElsewhere ? '' : c.vary('Please tell me the service and the day you would like.', 'What do you need: to book, move, cancel, or to know prices?');
			return sentences(c.vary('Sorry, I did not get that.', 'I am afraid I did not understand.'), help);
		}
		return sentences(
			c.vary('I still do not understand.', 'Sorry, once more I did not understand.'),
			c.asksElsewhere ? '' : c.vary('Please put it simply: for example "book", "move" or "cancel".', 'A service and a day is enough, or "call the administrator".'),
		);
	},
	media_unreadable: ({ kind }, _, c) => sentences(UNREADABLE[kind], c.vary('Please write it as text.', 'Please send it in words.')),
	handoff: ({ cause }, _, c) => c.vary(...HANDOFF[cause]),
	handoff_alarm: (_, w) =>
		`It sounds as if you may need urgent help. Please call an ambulance: ${w.emergency()}, or see a doctor right now. I am passing your message to the administrator.`,
	stopped: (_, __, c) =>
		c.vary('All right, we will not write first any more. If you need a visit, write here. To get our messages again, write "start".', 'Understood, no more messages from us. If you would like a visit, write here; the word "start" brings our messages back.'),
	resumed: (_, __, c) => c.vary('All right, we will write to you again.', 'Understood, you will hear from us again. If you change your mind, write "stop".'),
	abuse_warning: ({ attempt }) => (attempt <= 1 ? 'Let us keep it polite, then I can help you.' : 'Please stay polite, otherwise this conversation has to stop.'),
	abuse_pause: () => 'This conversation is paused. If it is about a visit, the administrator will help you later.',
	other_language: (_, __, c) => c.vary('I answer in Russian and English. If that does not suit you, I will call the administrator.', 'I can answer in Russian or English. If needed, I will call the administrator.'),
	budget_reached: () => 'We have exchanged many messages lately, so from here I answer briefly. I will still help to book, move or cancel a visit.',
} satisfies Partial<Wordings>;
