import { classifyAnswer } from '../../../language/answer';
import { fullNamesOf } from '../../../language/firstname';
import { STOP_WORDS } from '../../../language/lexicon/stopwords';
import { stem } from '../../../language/stem';
import { findAll, hasAny, type Lexicon, type Span, toWords, type Word, wordsOutside } from '../../../language/words';
import type { Act, Understanding } from '../../acts';
import { findPeople, serviceTitles } from '../resolve';
import { type Facts, factsOf } from '../rules-facts';
import { isFarewell } from '../rules-smalltalk';
import type { UnderstandInput } from '../understander';
import { ANYTHING, CAN_I, CHATTY, COURTEOUS, HALVES, PLAIN_ASKS, PLAIN_MANAGE, TURNING, TURNING_IN_MANAGE, WISHING } from './certain-words';

/** Longer texts tell more than an answer. */
const LONGEST = 160;
const MOST_WORDS_OF_A_PICK = 4;
const COUNTS = /^(?:\d+|перв|втор|трет|четверт|пят|последн|один|одно|два$|две$|три$|first|second|third|fourth|fifth|last|one$|two$|three$)/;
const stopWords = new Set<string>(STOP_WORDS);
const contactQuestions = new Set(['name', 'phone', 'name_phone']);
const pickQuestions = new Set(['staff', 'offer']);
const CONTACT_WORDS = new Set(['меня', 'зовут', 'имя', 'мое', 'мой', 'номер', 'телефон', 'телефона', 'тел', 'это', 'вот', 'я', 'и', 'да', 'пожалуйста', 'на', 'name', 'my', 'is', 'phone', 'number', 'and', "i'm", 'it', 'the', 'here']);
const TO_PERSON = new Set(['к', 'ко', 'у', 'мастеру', 'with', 'to']);

/**
 * Whether what the rules read needs no second opinion: every word of the text is a part of the reading or says nothing,
 * and everything the text names is in the acts. False is never wrong, it only costs a call.
 */
export function isCertain(input: UnderstandInput, { acts }: Understanding): boolean {
	const text = input.text.trim();
	if (!/[\p{L}\p{N}]/u.test(text)) return true;
	if (text.length > LONGEST) return false;
	const facts = factsOf(input, text);
	const [first] = acts;
	if (acts.length === 1 && first !== undefined && (ALONE[first.type]?.(input, facts) ?? false)) return true;
	if (acts.some((act) => READ_TOGETHER[act.type] === undefined) || !allFactsAreIn(facts, acts)) return false;
	if (!areClear(input, facts) || turns(facts, acts)) return false;
	if (!isWish(input, facts) && acts.some((act) => act.type === 'book' || act.type === 'fill')) return false;
	const left = acts.reduce((words, act) => READ_TOGETHER[act.type]?.(words, act, facts, input) ?? words, unexplained(input, facts));
	return left.length === 0;
}

type Alone = Readonly<Partial<Record<Act['type'], (input: UnderstandInput, facts: Facts) => boolean>>>;

/** Acts that are the whole text. */
const ALONE: Alone = {
	yes: (_input, facts) => classifyAnswer(facts.text) === 'yes',
	// With nothing in hand «отмена» is about a visit in the calendar.
	no: (input, facts) => classifyAnswer(facts.text) === 'no' && (input.question !== null || input.bookingInProgress || input.managing),
	human: () => true,
	stop: () => true,
	smalltalk: (_input, facts) => isSmalltalk(facts),
	pick: (input, facts) => isPlainPick(input, facts),
	fill: (input, facts) => isContact(input, facts) || isFree(facts) || isBareNumber(input, facts),
};

type Together = Readonly<Partial<Record<Act['type'], (words: readonly Word[], act: Act, facts: Facts, input: UnderstandInput) => readonly Word[]>>>;

/** What each act explains of the words that no fact explains. */
const READ_TOGETHER: Together = {
	book: (words, _act, facts) => outside(words, facts, WISHING),
	fill: (words, _act, facts) => outside(words, facts, WISHING),
	pick: (words, _act, facts) => outside(words, facts, WISHING),
	ask: (words, act, facts) => {
		const plain = act.type === 'ask' ? PLAIN_ASKS[act.topic] : undefined;
		if (act.type === 'ask' && act.topic === 'availability') return outside(words, facts, WISHING);
		return plain === undefined ? facts.words.list : outside(words, facts, plain);
	},
	manage: (words, _act, facts) => outside(words, facts, PLAIN_MANAGE),
};

function outside(words: readonly Word[], facts: Facts, list: Lexicon): readonly Word[] {
	const free = new Set(wordsOutside(facts.words, list).map((word) => word.from));
	return words.filter((word) => free.has(word.from));
}

/** A question mark after a service is «do you do that?»; after «можно» it is a wish. */
function isWish(input: UnderstandInput, facts: Facts): boolean {
	return !facts.asks || facts.when !== null || input.question?.kind === 'service' || hasAny(facts.words, CAN_I);
}

function isSmalltalk(facts: Facts): boolean {
	if (facts.words.list.length === 0) return facts.greeted;
	if (isFarewell(facts)) return wordsOutside(facts.words, COURTEOUS).length === 0;
	return wordsOutside(facts.words, CHATTY).length === 0;
}

/** A number, an ordinal, a half of the day or «неважно», with nothing else that could mean anything. */
function isPlainPick(input: UnderstandInput, facts: Facts): boolean {
	if (facts.asks) return false;
	const kind = input.question?.kind;
	if (kind === 'offer' && wordsOutside(facts.words, ANYTHING).length === 0) return true;
	if (hasAny(facts.words, TURNING)) return false;
	if (kind === 'am_pm' || kind === 'which_week') return wordsOutside(facts.words, HALVES).length === 0 || /^\d$/.test(facts.text.trim());
	const named = [facts.when, facts.service, facts.staff, facts.guest, facts.name, facts.phone].some((fact) => fact !== null);
	return !named && facts.words.list.length <= MOST_WORDS_OF_A_PICK && facts.words.list.some((word) => COUNTS.test(word.text));
}

/** «25» to a question about the day, «3» to one about the time. */
function isBareNumber(input: UnderstandInput, facts: Facts): boolean {
	const asked = input.question?.kind === 'day' || input.question?.kind === 'time';
	return asked && !facts.asks && facts.words.list.length === 1 && /^\d{1,2}$/.test(facts.words.list[0]?.text ?? '');
}

/** «неважно» to a question about the day or the person. */
function isFree(facts: Facts): boolean {
	return !facts.asks && facts.words.list.length > 0 && wordsOutside(facts.words, ANYTHING).length === 0;
}

/** A phone, a name that is known to be one, or both, where they were asked for. */
function isContact(input: UnderstandInput, facts: Facts): boolean {
	if (!contactQuestions.has(input.question?.kind ?? '') || facts.asks) return false;
	const rest = facts.words.list.filter((word) => !CONTACT_WORDS.has(word.text) && !covers(facts.phone?.span, word));
	if (facts.phone === null && rest.length === 0) return false;
	return rest.length <= 3 && rest.every((word, at) => isNameWord(facts, rest, word, at));
}

/** A first name, or the surname or patronymic right after one. */
function isNameWord(facts: Facts, rest: readonly Word[], word: Word, at: number): boolean {
	if (fullNamesOf(word.text).has(word.text)) return true;
	const before = rest[at - 1];
	return before !== undefined && /^\p{Lu}/u.test(facts.text.slice(word.from)) && isNameWord(facts, rest, before, at - 1);
}

/** The facts say one thing each: a date that can be used, people by name. Guests and introduced names have more to them. */
function areClear(input: UnderstandInput, facts: Facts): boolean {
	const { when, staff, guest, name } = facts;
	if (when !== null) {
		const { past, recurring, earlier, later, ask } = when.reading;
		if (past === true || recurring === true || earlier === true || later === true || ask === 'day') return false;
	}
	if (guest !== null || name !== null) return false;
	if (staff === null) return true;
	if (staff.text === 'any') return true;
	return staff.ids.length === 1 && (pickQuestions.has(input.question?.kind ?? '') || isAddressed(facts, staff.span));
}

/** «к Анне»: a bare name may be the client's own. */
function isAddressed(facts: Facts, span: Span): boolean {
	const index = facts.words.list.findIndex((word) => word.from >= span[0]);
	return TO_PERSON.has(facts.words.list[index - 1]?.text ?? '');
}

function turns(facts: Facts, acts: readonly Act[]): boolean {
	const managing = acts.some((act) => act.type === 'manage');
	return findAll(facts.words, TURNING).some((span) => {
		const said = toWords(facts.text.slice(span[0], span[1])).line.trim();
		return !(managing && [...TURNING_IN_MANAGE].some((start) => said.startsWith(start)));
	});
}

/** Whatever the text names must have reached the acts: «сколько стоит маникюр завтра» is more than a question of price. */
function allFactsAreIn(facts: Facts, acts: readonly Act[]): boolean {
	const carries = (fields: readonly string[], topics: readonly string[]): boolean =>
		acts.some((act) => act.type === 'pick' || (act.type === 'ask' && topics.includes(act.topic)) || fields.some((field) => field in act));
	return (
		(facts.when === null || carries(['whenText', 'recordText'], ['hours'])) &&
		(facts.service === null || carries(['serviceText', 'recordText'], ['price', 'duration', 'staff'])) &&
		(facts.staff === null || carries(['staffText', 'recordText'], [])) &&
		(facts.phone === null || carries(['phoneText'], []))
	);
}

/** Words that are no part of a date, a service's own words, a person or a phone. */
function unexplained(input: UnderstandInput, facts: Facts): readonly Word[] {
	const whens = facts.when?.reading.spans ?? [];
	return facts.words.list.filter((word) => {
		if (whens.some((span) => covers(span, word)) || covers(facts.phone?.span, word)) return false;
		if (covers(facts.service?.span, word)) return !isOfService(input, facts, word);
		if (facts.staff !== null && facts.staff.text !== 'any' && covers(facts.staff.span, word)) return !isOfPerson(input, facts, word);
		return facts.staff?.text !== 'any' || !isAnyone(facts, word);
	});
}

function isOfService(input: UnderstandInput, facts: Facts, word: Word): boolean {
	if (stopWords.has(word.text)) return true;
	const ids = facts.service?.groups.flatMap((group) => group.ids) ?? [];
	const own = ids.flatMap((id) => serviceTitles(input.catalogue, id)).flatMap((title) => toWords(title).list.map(({ text }) => stem(text)));
	return own.includes(stem(word.text));
}

function isOfPerson(input: UnderstandInput, facts: Facts, word: Word): boolean {
	const ids = findPeople(word.text, input.catalogue).flatMap((group) => group.ids);
	return ids.some((id) => facts.staff?.ids.includes(id));
}

function isAnyone(facts: Facts, word: Word): boolean {
	return findAll(facts.words, ANYTHING).some((span) => covers(span, word));
}

function covers(span: Span | undefined, word: Word): boolean {
	return span !== undefined && word.from < span[1] && word.to > span[0];
}
