import { classifyAnswer } from '../../language/answer';
import { matchGroups } from '../../language/match';
import { formatTime } from '../../language/render';
import { fold, hasAny, lexicon, toWords } from '../../language/words';
import type { Act } from '../acts';
import type { Question } from '../state';
import { nameAnswer } from './rules-contact';
import { type Facts, namesVisit } from './rules-facts';
import { NONE_FITS, OTHER } from './rules-lexicon';
import { saysAnyone } from './resolve';
import type { UnderstandInput } from './understander';

/** Letter of the handles an answer by number picks; a question without one is not answered by number. */
const HANDLES: Readonly<Partial<Record<Question['kind'], string>>> = {
	offer: 'o', record: 'r', service: 'v', staff: 's', am_pm: 's', which_week: 's', client_choice: 's',
};
const ORDINALS: readonly (readonly [RegExp, number])[] = [
	[/^(?:1|один|одно|первый|первая|первое|первую|первом|первого|first|one)$/, 1], [/^(?:2|два|две|второй|вторая|второе|вторую|втором|второго|second|two)$/, 2],
	[/^(?:3|три|третий|третья|третье|третью|третьем|третьего|third|three)$/, 3], [/^(?:4|четыре|четвертый|четвертая|четвертое|четвертую|четвертом|fourth|four)$/, 4],
	[/^(?:5|пять|пятый|пятая|пятое|пятую|пятом|fifth|five)$/, 5],
];
const LAST = /^(?:последний|последняя|последнее|последнюю|last)$/;
/** Words around a number that do not make it anything but a number. */
const AROUND_PICK = new Set([
	'давайте', 'давай', 'хочу', 'можно', 'пожалуйста', 'вариант', 'варианта', 'варианту', 'вариантом', 'номер', 'номером', 'под', 'пункт', 'мне', 'подходит', 'беру', 'выбираю', 'возьму', 'тогда', 'ну', 'да', 'ок', 'хорошо', 'лучше', 'этот', 'эту', 'это', 'слот', 'время', 'окошко', 'запишите', 'записывайте', 'меня', 'услуга', 'услугу', 'услуги', 'запись', 'из', 'них', 'цифра', 'ага', 'пусть', 'будет', 'й', 'ый', 'ой', 'ая', 'я', 'е', 'ое', 'ю', 'ую', 'м',
	'the', 'option', 'number', 'no', 'please', "i'll", 'i', 'take', "let's", 'lets', 'go', 'with', 'for', 'ok', 'okay', 'yes', 'want', 'choose', 'nd', 'st', 'rd', 'th', 'variant',
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
	const picked = pickByNumber(input, facts) ?? pickByMoment(input, facts);
	if (picked !== null) return [picked];
	return question === null ? null : (READERS[question.kind]?.(input, facts) ?? null);
}

type Reader = (input: UnderstandInput, facts: Facts) => readonly Act[] | null;

const READERS: Readonly<Partial<Record<Question['kind'], Reader>>> = {
	service: (input, facts) => pickByName(input, facts, 'v'),
	staff: (input, facts) => pickByName(input, facts, 's'),
	day: (input, facts) => bareNumber(facts, (number) => `${number} числа`) ?? whenever(facts),
	time: (input, facts) => bareNumber(facts, (number) => `в ${number}`) ?? whenever(facts),
	am_pm: (input, facts) => halfOfDay(input, facts),
	which_week: (input, facts) => week(facts),
	name: contact,
	phone: contact,
	name_phone: contact,
	offer: (_input, facts) => {
		const another = hasAny(facts.words, NONE_FITS) || hasAny(facts.words, OTHER.when);
		return another && !namesVisit(facts) ? [{ type: 'no' }] : null;
	},
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
	if ('options' in question) return question.options.length;
	if ('times' in question) return question.times.length;
	return 'dates' in question ? question.dates.length : 0;
}

/** A time that one offer has, or a person that one offer is with: that offer. */
function pickByMoment(input: UnderstandInput, facts: Facts): Act | null {
	if (input.offers.length === 0 || facts.service !== null || facts.guest !== null) return null;
	const { zone } = input.catalogue.company;
	const reading = facts.when?.reading ?? bareHour(facts);
	if (reading !== null && (reading.timeTo !== undefined || reading.open !== undefined || reading.times.length === 0)) return null;
	const staff = facts.staff !== null && facts.staff.text !== 'any' ? facts.staff.ids : null;
	if (reading === null && staff === null) return null;
	const fitting = input.offers.filter((offer) => {
		const onTime = reading === null || reading.times.includes(formatTime(offer.start, zone));
		const onDay = !reading?.date || offer.start.startsWith(reading.date);
		return onTime && onDay && (staff === null || staff.includes(offer.staffId));
	});
	const [only] = fitting;
	return fitting.length === 1 && only !== undefined ? { type: 'pick', ref: only.ref } : null;
}
