import { hasAny, lexicon, type Span, toWords, type Word } from '../../language/words';
import { NOT_NAMES } from '../../language/lexicon/notnames';
import { STOP_WORDS } from '../../language/lexicon/stopwords';
import { THANKS } from '../../language/lexicon/courtesy';
import type { Act, CorrectableField, VisitWords } from '../acts';
import { type Facts, factsOf, namesVisit, type Said } from './rules-facts';
import { wishesToCome } from './rules-ask';
import { AVAILABILITY, BOOKING, CORRECTION, FIRM_BOOKING, ONE_MORE, OTHER } from './rules-lexicon';
import type { UnderstandInput } from './understander';

type Ask = Extract<Act, { type: 'ask' }>;

const MOST_UNKNOWN_WORDS = 4;
const notServices = new Set<string>([...STOP_WORDS, ...NOT_NAMES, ...THANKS]);

/** What a text says of a visit: a new one, words for the one in hand, or a change of them. */
export function readVisits(input: UnderstandInput, facts: Facts, asks: readonly Ask[]): readonly Act[] {
	const wish = wishesToCome(facts, asks);
	if (asks.length > 0 && !wish) return contactOf(facts);
	if (tellsOfThePast(facts) || asksAboutService(facts, wish)) return contactOf(facts);
	const changes = changesWithoutValue(input, facts);
	if (changes.length > 0) return changes;
	if (isCorrection(input, facts)) return corrections(facts);
	const stretches = severalVisits(input, facts);
	if (stretches.length > 1) return stretches.map((stretch) => ({ type: 'book', ...visitWords(stretch) }));
	const words = { ...visitWords(facts), ...unknownService(input, facts) };
	if (Object.keys(words).length > 0) return [{ type: isNewVisit(input, facts) ? 'book' : 'fill', ...words }];
	if (hasAny(facts.words, AVAILABILITY)) return [{ type: 'ask', topic: 'availability', text: facts.text.trim() }];
	return hasAny(facts.words, FIRM_BOOKING) ? [{ type: 'book' }] : [];
}

/** «вчера была у вас»: a story, not a wish. */
function tellsOfThePast(facts: Facts): boolean {
	return facts.when?.reading.past === true && facts.service === null && facts.staff === null && !hasAny(facts.words, FIRM_BOOKING) && hasAny(facts.words, story);
}

const story = lexicon(['был|была|были|ходил|ходила|делал|делала|понравил*|сделали|сделала', 'was|had|went|came|did|loved|liked']);

/** «больно делать чистку лица?»: a question about a service with words that are not of a booking. */
function asksAboutService(facts: Facts, wish: boolean): boolean {
	return facts.asks && !wish && facts.service !== null && facts.when === null && facts.staff === null && unknownWords(facts).length > 0;
}

function isNewVisit(input: UnderstandInput, facts: Facts): boolean {
	if (!namesVisit(facts) && !hasAny(facts.words, BOOKING)) return false;
	return (!input.bookingInProgress && !input.managing) || hasAny(facts.words, ONE_MORE);
}

function visitWords(facts: Facts): VisitWords {
	return {
		...(facts.service === null ? {} : { serviceText: facts.service.text }),
		...(facts.when === null ? {} : { whenText: facts.when.text }),
		...(facts.staff === null ? {} : { staffText: facts.staff.text }),
		...(facts.guest === null ? {} : { forOther: facts.guest.text }),
		...contactWords(facts),
	};
}

function contactWords(facts: Facts): VisitWords {
	return {
		...(facts.name === null ? {} : { nameText: facts.name.text }),
		...(facts.phone === null ? {} : { phoneText: facts.phone.text }),
	};
}

function contactOf(facts: Facts): readonly Act[] {
	const words = contactWords(facts);
	return Object.keys(words).length > 0 ? [{ type: 'fill', ...words }] : [];
}

/** «другую услугу»: the client's words without a new value. */
function changesWithoutValue(input: UnderstandInput, facts: Facts): readonly Act[] {
	if (!input.bookingInProgress && !input.managing) return [];
	const values: Readonly<Record<CorrectableField, Said | null>> = facts;
	const fields = (Object.keys(OTHER) as CorrectableField[]).filter((field) => hasAny(facts.words, OTHER[field]));
	if (fields.some((field) => values[field] !== null) || namesVisit(facts)) return [];
	return fields.slice(0, 1).map((field) => ({ type: 'correct', field, text: facts.text.trim() }));
}

const negatedThenNew = lexicon(['не .. а', 'вместо', 'not .. but', 'instead']);

function isCorrection(input: UnderstandInput, facts: Facts): boolean {
	if (!input.bookingInProgress && !input.managing) return false;
	return hasAny(facts.words, negatedThenNew) || hasAny(facts.words, CORRECTION);
}

function corrections(facts: Facts): readonly Act[] {
	const said: readonly (readonly [CorrectableField, Said | null])[] = [
		['service', facts.service], ['when', facts.when], ['staff', facts.staff], ['guest', facts.guest], ['name', facts.name], ['phone', facts.phone],
	];
	return said.flatMap(([field, value]) => (value === null ? [] : [{ type: 'correct' as const, field, text: value.text }]));
}

/**
 * Several visits of one breath, as stretches with a service each: «маникюр завтра и стрижку в пятницу». They are several
 * only when each has a time of its own, or each a person of their own; else one visit has all the services.
 */
function severalVisits(input: UnderstandInput, facts: Facts): readonly Facts[] {
	const groups = facts.service?.groups ?? [];
	if (groups.length < 2) return [];
	const cuts = groups.slice(1).map((group, index) => cutBetween(facts.text, groups[index]?.span ?? [0, 0], group.span));
	const edges = [0, ...cuts, facts.text.length];
	const stretches = edges.slice(1).map((to, index) => factsOf(input, facts.text.slice(edges[index], to)));
	if (stretches.some((stretch) => stretch.service === null)) return [];
	if (stretches.every((stretch) => stretch.when !== null)) return stretches;
	const people = new Set(stretches.map((stretch) => stretch.staff?.text));
	const ownPeople = people.size === stretches.length && !people.has(undefined);
	return ownPeople ? stretches.map((stretch) => ({ ...stretch, when: stretch.when ?? facts.when, guest: stretch.guest ?? facts.guest })) : [];
}

/** The last «и», comma or line feed between two services that still leaves the second one its own words. */
function cutBetween(text: string, left: Span, right: Span): number {
	const between = text.slice(left[1], right[0]);
	const joints = [...between.matchAll(/[,;.\n]+|(?<=\s)(?:и|а|and|then|потом)(?=\s)/giu)];
	const joint = joints.find((one) => one[0] !== ',') ?? joints[0];
	return joint === undefined ? right[0] : left[1] + joint.index + joint[0].length;
}

const unwilling = lexicon(['не|без', "not|no|don't|without"]);
const unknownAllowed = lexicon(['запи*|запиш* .. на', 'хочу|хотел|хотела|нужен|нужна|нужно|интересует|надо', 'можно|сделать|делаете', '^ на', 'want|need|like|book|get']);
const notPersonal = lexicon(['спасибо|извините|понял|поняла|ребенок|муж|подруга|посоветовали', 'знать|узнать|спросить|уточнить|сказать|вопрос|консультация|подумать|поговорить|информацию|отзыв|жалоба|работу|вакансия|скидка|скидку|скидки|сертификат', 'know|ask|question|complain|discount|job|think|information']);

/** «хочу на татуаж»: words after a wish that are nothing known are what the client calls the service. */
function unknownService(input: UnderstandInput, facts: Facts): VisitWords {
	if (facts.service !== null || facts.asks || hasAny(facts.words, notPersonal)) return {};
	const asked = input.question?.kind === 'service';
	if (!asked && (input.question !== null || hasAny(facts.words, unwilling))) return {};
	if (!asked && !hasAny(facts.words, unknownAllowed)) return {};
	const left = unknownWords(facts);
	const [first] = left;
	const last = left[left.length - 1];
	if (first === undefined || last === undefined || left.length > MOST_UNKNOWN_WORDS) return {};
	const said = facts.text.slice(first.from, last.to);
	return toWords(said).list.length > left.length + 1 ? { serviceText: facts.text.slice(first.from, first.to) } : { serviceText: said };
}

/** Words that are no part of a date, a name or a phone, and no usual word of a booking. */
function unknownWords(facts: Facts): Word[] {
	const spans = [...(facts.when?.reading.spans ?? []), facts.service?.span, facts.staff?.span, facts.guest?.span, facts.name?.span, facts.phone?.span];
	const isTaken = (word: Word): boolean => spans.some((span) => span !== undefined && word.from < span[1] && word.to > span[0]);
	return facts.words.list.filter((word) => {
		if (!/^\p{L}{3,}/u.test(word.text) || notServices.has(word.text) || isTaken(word)) return false;
		const alone = toWords(word.text);
		return !hasAny(alone, BOOKING) && !hasAny(alone, CORRECTION);
	});
}
