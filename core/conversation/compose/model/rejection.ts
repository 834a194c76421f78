import type { ViolationKind } from '../lint-patterns';

/** Why a model's words are not shown. */
export type Rejection =
	| ViolationKind
	| 'empty'
	| 'length'
	| 'markup'
	| 'script'
	| 'handle'
	| 'lines'
	| 'question'
	| 'answer'
	| 'mood'
	| 'greeting'
	| 'person'
	| 'word'
	| 'advice'
	| 'repetition';

/** The reason in a few words, for the one re-ask; it repeats nothing of what was said. */
export const REASONS: Readonly<Record<Rejection, string>> = {
	time: 'it names a time of its own',
	date: 'it names a day of its own',
	duration: 'it names a length of its own',
	money: 'it speaks of money on its own',
	percent: 'it names a percentage',
	phone: 'it gives a phone or spells out numbers',
	link: 'it gives a link or an address',
	number: 'it names a number outside the kept lines',
	name: 'it names a person',
	service: 'it names a service',
	availability: 'it says what is free, taken, open or closed',
	effect: 'it says that something is or will be done, or that somebody is expected',
	promise: 'it promises something',
	mixed_script: 'a word mixes alphabets',
	language: 'it is in another language',
	empty: 'nothing was said',
	length: 'it is too long',
	markup: 'it holds markup or unusual signs',
	script: 'it holds words of another alphabet',
	handle: 'handles are missing, repeated, unknown or out of order',
	lines: 'lines to be kept were changed',
	question: 'it must ask the question of the draft once and no other',
	answer: 'it answers yes or no on its own',
	mood: 'its mood does not fit the reply',
	greeting: 'it greets',
	person: 'it claims to be a person',
	advice: 'it states facts of the salon or gives medical advice',
	word: 'it uses words beyond plain courtesy and the question',
	repetition: 'it repeats an earlier reply',
};
