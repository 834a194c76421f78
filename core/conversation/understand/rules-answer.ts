import { classifyAnswer } from '../../language/answer';
import { dateInZone, formatTime } from '../../language/render';
import { hasAny, lexicon } from '../../language/words';
import type { Act, VisitWords } from '../acts';
import type { Question } from '../state';
import { nameAnswer } from './rules-contact';
import { type Facts, namesVisit } from './rules-facts';
import { COMING, NONE_FITS, OTHER } from './rules-lexicon';
import { saysAnyone } from './resolve';
import { readManage } from './rules-manage';
import type { UnderstandInput } from './understander';

/** Letter of the handles an answer by number picks; a question without one is not answered by number. */
const HANDLES: Readonly<Partial<Record<Question['kind'], string>>> = {
	offer: 'o', record: 'r', service: 'v', staff: 's', am_pm: 's', which_week: 's', client_choice: 's', review: 's',
};
const ORDINALS: readonly (readonly [RegExp, number])[] = [
	[/^(?:1|один|одно|первый|первая|первое|первую|первом|первого|first|one)$/, 1], [/^(?:2|два|две|второй|вторая|второе|вторую|втором|второго|second|two)$/, 2],
	[/^(?:3|три|третий|третья|третье|третью|третьем|третьего|third|three)$/, 3], [/^(?:4|четыре|четвертый|четвертая|четвертое|четвертую|четвертом|fourth|four)$/, 4],
	[/^(?:5|пять|пятый|пятая|пятое|пятую|пятом|fifth|five)$/, 5],
];
/** A promise to come has none of these. */
const NOT = lexicon(['не|нет|no|not', "won't|can't|cannot"]);
const BEST_MARK = 5;
const LAST = /^(?:последний|последняя|последнее|последнюю|last)$/;
/** Words around a number that do not make it anything but a number. */
const AROUND_PICK = new Set([
	'давайте', 'давай', 'хочу', 'можно', 'пожалуйста', 'вариант', 'варианта', 'варианту', 'вариантом', 'номер', 'номером', 'под', 'пункт', 'мне', 'подходит', 'беру', 'выбираю', 'возьму', 'тогда', 'ну', 'да', 'ок', 'хорошо', 'лучше', 'этот', 'эту', 'это', 'слот', 'время', 'окошко', 'запишите', 'записывайте', 'меня', 'услуга', 'услугу', 'услуги', 'запись', 'из', 'них', 'цифра', 'ага', 'пусть', 'будет', 'й', 'ый', 'ой', 'ая', 'я', 'е', 'ое', 'ю', 'ую', 'м',
	'the', 'let', 'me', 'works', 'option', 'number', 'no', 'please', "i'll", 'i', 'take', "let's", 'lets', 'go', 'with', 'for', 'ok', 'okay', 'yes', 'want', 'choose', 'nd', 'st', 'rd', 'th', 'variant',
]);
const ONE_OF_THEM = /^(?:one|ones)$/;
const ORDINAL_ONLY_AFTER = new Set(['на', 'во', 'в']);

/** Reads a text as an answer to what was asked; null when it is none, or more than an answer. */
export function readAnswer(input: UnderstandInput, facts: Facts): readonly Act[] | null {
	const { question } = input;
	const bare = facts.name === null && facts.phone === null;
	const answer = classifyAnswer(facts.text);
	if (bare && answer === 'yes') return [{ type: 'yes' }];
	if (bare && answer === 'no') return [{ type: 'no' }];
	const numbered = pickByNumber(input, facts);
	if (numbered !== null) return [numbered];
	const read = question === null ? null : (READERS[question.kind]?.(input, facts) ?? null);
	// asked for a name, a client who is called like the master on offer says the own one
	const moment = read !== null && asksName(question) ? null : pickByMoment(input, facts);
	return moment === null ? read : [moment];
}

function asksName(question: Question | null): boolean {
	return question?.kind === 'name' || question?.kind === 'name_phone';
}

type Reader = (input: UnderstandInput, facts: Facts) => readonly Act[] | null;

const READERS: Readonly<Partial<Record<Question['kind'], Reader>>> = {
	service: (input, facts) => pickByName(input, facts, 'v'),
	staff: (input, facts) => pickByName(input, facts, 's'),
	usual: asUsual,
	day: (_input, facts) => bareNumber(facts, (number) => `${number} числа`) ?? whenever(facts),
	time: (_input, facts) => bareNumber(facts, (number) => `в ${number}`) ?? bareClock(facts) ?? whenever(facts),
	am_pm: halfOfDay,
	which_week: week,
	name: contact,
	phone: contact,
	name_phone: contact,
	offer: (_input, facts) => {
		const another = hasAny(facts.words, NONE_FITS) || hasAny(facts.words, OTHER.when) || hasAny(facts.words, refusal);
		if (facts.when === null && facts.service === null && hasAny(facts.words, anytime)) return [{ type: 'pick', ref: 'o1' }];
		return another && !namesVisit(facts) ? [{ type: 'no' }] : bareNumber(facts, (number) => `в ${number}`);
	},
	reminder: (_input, facts) => (hasAny(facts.words, COMING) && !hasAny(facts.words, NOT) && facts.when === null && !facts.asks ? [{ type: 'yes' }] : null),
	record: (input, facts) => {
		const op = input.question?.kind === 'record' ? input.question.op : 'cancel';
		const named = [facts.service, facts.when, facts.staff].some((fact) => fact !== null);
		return named && !facts.asks ? [{ type: 'manage', op, recordText: facts.text.trim() }] : null;
	},
};

/** «2», «второй вариант», «последнее», "the second one". */
function pickByNumber(input: UnderstandInput, facts: Facts): Act | null {
	const letter = input.question === null ? (input.offers.length > 0 ? 'o' : undefined) : HANDLES[input.question.kind];
	if (letter === undefined) return null;
	const list = facts.words.list.map((word) => word.text);
	const rest = list.filter((word, at) => !AROUND_PICK.has(word) && !(at > 0 && ONE_OF_THEM.test(word)));
	const number = rest.length === 1 ? rest[0] : rest.length === 2 && ORDINAL_ONLY_AFTER.has(rest[0] ?? '') && !/^\d/.test(rest[1] ?? '') ? rest[1] : undefined;
	if (number === undefined || /\d[:.]\d/.test(facts.text)) return null;
	const count = optionCount(input, letter);
	const index = LAST.test(number) ? count : (ORDINALS.find(([form]) => form.test(number))?.[1] ?? Number(number));
	return Number.isInteger(index) && index >= 1 && index <= count ? { type: 'pick', ref: `${letter}${index}` } : null;
}

function optionCount(input: UnderstandInput, letter: string): number {
	if (letter === 'o') return input.offers.length;
	if (letter === 'r') return input.records.length;
	const { question } = input;
	if (question === null) return 0;
	if (question.kind === 'review') return BEST_MARK;
	if ('options' in question) return question.options.length;
	if ('times' in question) return question.times.length;
	return 'dates' in question ? question.dates.length : 0;
}

/** A time that one offer has, or a person that one offer is with: that offer. */
function pickByMoment(input: UnderstandInput, facts: Facts): Act | null {
	if (input.offers.length === 0 || facts.service !== null || facts.guest !== null || hasAny(facts.words, refusal)) return null;
	const staff = facts.staff !== null && facts.staff.text !== 'any' ? facts.staff.ids : null;
	const moment = momentOf(facts);
	if (moment === null && (staff === null || facts.when !== null)) return null;
	const { zone } = input.catalogue.company;
	const fitting = input.offers.filter(
		(offer) =>
			(moment === null || moment.times.includes(formatTime(offer.start, zone))) &&
			(!moment?.date || dateInZone(offer.start, zone) === moment.date) &&
			(staff === null || staff.includes(offer.staffId)),
	);
	const [only] = fitting;
	return fitting.length === 1 && only !== undefined ? { type: 'pick', ref: only.ref } : null;
}

const refusal = lexicon(['не', 'not', "doesn't", 'кроме', 'except']);

/** One point of time as said, with both halves of the day when they are open; a bare «15» is an hour. */
function momentOf(facts: Facts): { readonly times: readonly string[]; readonly date: string | null } | null {
	if (facts.when === null) {
		const hour = onlyNumber(facts);
		return hour !== null && hour < 24 ? { times: [`${String(hour).padStart(2, '0')}:00`], date: null } : null;
	}
	const { reading } = facts.when;
	if (reading.time === undefined || reading.timeTo !== undefined || reading.open !== undefined || reading.dates !== undefined) return null;
	const times = [reading.time, ...reading.readings.flatMap((other) => other.time ?? [])];
	return { times, date: reading.date ?? null };
}

/** The number that is all a text says. */
function onlyNumber(facts: Facts): number | null {
	const rest = facts.words.list.map((word) => word.text).filter((word) => !AROUND_PICK.has(word));
	const [number] = rest;
	return rest.length === 1 && number !== undefined && /^\d{1,2}$/.test(number) ? Number(number) : null;
}

const NUMERALS = new Set(['час', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять', 'десять', 'одиннадцать', 'двенадцать']);

/** «три», «1830»: an hour without anything that says so. */
function bareClock(facts: Facts): readonly Act[] | null {
	const [word, ...more] = facts.words.list;
	if (facts.when !== null || word === undefined || more.length > 0) return null;
	const digits = /^([01]?\d|2[0-3])([0-5]\d)$/.exec(word.text);
	if (digits !== null) return [{ type: 'fill', whenText: `${digits[1]}:${digits[2]}` }];
	return NUMERALS.has(word.text) ? [{ type: 'fill', whenText: `в ${word.text}` }] : null;
}

function bareNumber(facts: Facts, phrase: (number: number) => string): readonly Act[] | null {
	const number = facts.when === null ? onlyNumber(facts) : null;
	return number === null ? null : [{ type: 'fill', whenText: phrase(number) }];
}

const anytime = lexicon([
	'когда угодно|удобно|свободно', 'во сколько угодно|удобно', 'любой|любое|любую день|время|дату|дата', '^ любой|любое|любая|неважно $', 'неважно', 'ближайш*', 'не важно|принципиально', 'без разницы', 'все равно',
	'any|whatever time|day|date', '^ any|anytime|whenever $', "doesn't matter", 'up to you',
]);

const usually = lexicon(['как обычно|всегда|раньше', 'обычное|обычную|обычный', 'то же самое', 'туда же', 'as usual|always|before', 'the usual|same', 'same as always|before']);
const otherwise = lexicon(['не|нет|неа', "no|nope|not|don't"]);
const another = lexicon(['^ другое|другую|другая|иное $', '^ другая|другую услуга|услугу $', '^ something else $', '^ another|other|else $', '^ another service $']);

/** «как обычно»: a yes with its own words. «нет, на маникюр»: a no, and what is said of the visit beside it. */
function asUsual(input: UnderstandInput, facts: Facts): readonly Act[] | null {
	if (readManage(input, facts) !== null) return null;
	if (hasAny(facts.words, another)) return [{ type: 'no' }];
	const words: readonly Act[] = namesVisit(facts) ? [{ type: 'fill', ...wordsOf(facts) }] : [];
	if (hasAny(facts.words, otherwise)) return words.length > 0 ? [{ type: 'no' }, ...words] : null;
	return hasAny(facts.words, usually) && !facts.asks && facts.service === null ? [{ type: 'yes' }, ...words] : null;
}

function wordsOf({ service, when, staff, guest }: Facts): VisitWords {
	return {
		...(service === null ? {} : { serviceText: service.text }),
		...(when === null ? {} : { whenText: when.text }),
		...(staff === null ? {} : { staffText: staff.text }),
		...(guest === null ? {} : { forOther: guest.text }),
	};
}

/** The client leaves the day to us: the soonest. */
function whenever(facts: Facts): readonly Act[] | null {
	const free = facts.when === null && facts.service === null && hasAny(facts.words, anytime);
	return free ? [{ type: 'fill', whenText: 'как можно скорее' }] : null;
}

const beforeNoon = lexicon(['утра|утро|утром|утренний|ночи', 'am|morning', 'a m']);
const afterNoon = lexicon(['дня|днем|день|вечер|вечера|вечером|обеда|обед', 'pm|afternoon|evening', 'p m']);

/** «дня» to «в 4 утра или дня?»: the time of the question on that side of noon. */
function halfOfDay(input: UnderstandInput, facts: Facts): readonly Act[] | null {
	if (input.question?.kind !== 'am_pm' || facts.when?.reading.date) return null;
	const { times } = input.question;
	const said = facts.when?.reading.time;
	const morning = hasAny(facts.words, beforeNoon);
	const exact = said === undefined ? -1 : times.indexOf(said);
	if (exact >= 0 && facts.when?.reading.ask !== 'am_pm') return [{ type: 'pick', ref: `s${exact + 1}` }];
	if (said !== undefined || morning === hasAny(facts.words, afterNoon)) return null;
	const index = times.findIndex((time) => morning === time < '12:00');
	return index < 0 ? null : [{ type: 'pick', ref: `s${index + 1}` }];
}

const thisWeek = lexicon(['эта|эту|этой|этом|этот|это|ближайшая|ближайшую|ближайшей|ближайший|ближайшее', 'this|coming|nearest']);
const nextWeek = lexicon(['следующ*|след|через', 'next|following']);

function week(input: UnderstandInput, facts: Facts): readonly Act[] | null {
	if (input.question?.kind !== 'which_week') return null;
	const { dates } = input.question;
	const said = facts.when?.reading.ask === null ? (facts.when.reading.date ?? null) : null;
	const exact = said === null ? -1 : dates.indexOf(said);
	if (exact >= 0) return [{ type: 'pick', ref: `s${exact + 1}` }];
	const soon = hasAny(facts.words, thisWeek);
	if (soon === hasAny(facts.words, nextWeek)) return null;
	return [{ type: 'pick', ref: soon ? 's1' : `s${dates.length}` }];
}

/** An option named by its words: «мужская» among the haircuts asked about. */
function pickByName(input: UnderstandInput, facts: Facts, letter: 'v' | 's'): readonly Act[] | null {
	const { question } = input;
	if (question?.kind !== 'service' && question?.kind !== 'staff') return null;
	const others = letter === 'v' ? [facts.when, facts.staff, facts.guest] : [facts.when, facts.service, facts.guest];
	if (others.some((fact) => fact !== null) || facts.asks) return null;
	if (letter === 's' && saysAnyone(facts.words)) return [{ type: 'fill', staffText: 'any' }];
	const ids = letter === 'v' ? (facts.service?.groups.length === 1 ? facts.service.groups[0]?.ids : undefined) : facts.staff?.ids;
	const fitting = question.options.filter((id) => ids?.includes(id));
	const [only] = fitting;
	return fitting.length === 1 && only !== undefined ? [{ type: 'pick', ref: `${letter}${question.options.indexOf(only) + 1}` }] : null;
}

const FEWEST_PHONE_DIGITS = 7;

/** Name, phone, or both; digits that are too few or too many are passed on, so that the client is told. */
function contact(input: UnderstandInput, facts: Facts): readonly Act[] | null {
	if (facts.asks || hasAny(facts.words, OTHER.service) || hasAny(facts.words, OTHER.when)) return null;
	// Asked for a phone alone, «вот 8 916 ...» gives no name.
	const phoneOnly = input.question?.kind === 'phone';
	const titles = input.catalogue.services.map((service) => service.title);
	const name = phoneOnly && facts.phone === null ? facts.name : nameAnswer(facts, titles, phoneOnly);
	const digits = facts.text.replace(/\D/g, '').length;
	const wrongPhone = input.question?.kind !== 'name' && facts.when === null && digits >= FEWEST_PHONE_DIGITS ? /[+\d][\d()\-\s.]*\d/.exec(facts.text)?.[0] : undefined;
	const phone = facts.phone?.text ?? wrongPhone;
	if (name === null && phone === undefined) return null;
	if (facts.service !== null || facts.guest !== null) return null;
	return [{ type: 'fill', ...(name === null ? {} : { nameText: name.text }), ...(phone === undefined ? {} : { phoneText: phone }) }];
}
