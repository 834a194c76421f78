import { parsePhone } from '../../language/phone';
import { BETWEEN, DIGIT, passesLuhn, plainDigitsOf, withPlainDigits } from './digits';
import { type Finding, findAllOf, type HiddenKind } from './finding';

const RUN = new RegExp(`(?<!${DIGIT})[+＋]?\\(?${DIGIT}(?:${BETWEEN}{0,3}${DIGIT}){6,}`, 'gu');
/** Letters and signs that stand in for digits: «8 9l6 1О2». */
const LOOKALIKE = new RegExp(`(?<![\\p{L}\\p{N}])[+＋]?${DIGIT}(?:${BETWEEN}{0,2}[\\p{Nd}OoОоlIІі|ЗзBВ]){8,14}(?![\\p{L}\\p{N}])`, 'gu');
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', o: '0', О: '0', о: '0', l: '1', I: '1', І: '1', і: '1', '|': '1', З: '3', з: '3', B: '8', В: '8' };
const FEWEST_REAL_DIGITS = 6;

/** Dates and clock times, which are what a booking is about. */
const MOMENTS = [
	/(?<![\p{N}.:/-])\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?(?![\p{N}-])/gu,
	/(?<![\p{N}.:/-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![\p{N}/-])(?!\.\d)/gu,
	/(?<![\p{N}.:])(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d|[.:]\d)/gu,
];

const DOCUMENT_WORD = '(?:паспорт|серия|серии|снилс|инн|полис|омс|passport)';
const DOCUMENT = new RegExp(`(?<=${DOCUMENT_WORD}\\p{L}{0,3}[^\\p{L}\\p{N}\\n]{0,6}(?:(?:номер|серия|no|number|№|n)[^\\p{L}\\p{N}\\n]{0,4})?)${DIGIT}(?:[ -]{0,2}${DIGIT}){3,19}`, 'giu');
const DOCUMENT_NUMBER = new RegExp(`(?<=(?:номер|№)[: ]{0,3})${DIGIT}{6}(?!${BETWEEN}{0,2}${DIGIT})`, 'giu');
/** Passport of Russia and SNILS as they are printed. */
const DOCUMENT_SHAPE = /^(?:\d{4} \d{6}|\d{2} \d{2} \d{6}|\d{3}-\d{3}-\d{3}[ -]\d{2})$/;

const ONES = 'ноль|нуль|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять';
const TENS = 'десять|\\p{L}{2,8}надцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто|двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот';
const ENGLISH = 'zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|double';
const NUMERAL = `(?:${ONES}|${TENS}|${ENGLISH})`;
/** A number dictated in words: six numerals in a row are no date and no time. */
const DICTATED = new RegExp(`(?<!\\p{L})${NUMERAL}(?:[ ,.-]{1,3}${NUMERAL}){5,}(?!\\p{L})`, 'giu');

const LONGEST_PHONE = 15;
const SHORTEST_NUMBER = 9;
const LOCAL_PHONE = /^\d{3}[ -]\d{2}[ -]\d{2}$/;

/** Phones in any notation, bank cards, documents and other long numbers. `country` reads phones without a country code. */
export function findNumbers(text: string, country: string): Finding[] {
	const free = MOMENTS.reduce((rest, moment) => rest.replace(moment, (found) => '\n'.repeat(found.length)), text);
	return [
		...findAllOf(free, DOCUMENT, () => 'DOCUMENT'),
		...findAllOf(free, RUN, ([run]) => kindOf(run, country)),
		...findAllOf(free, LOOKALIKE, ([run]) => (isDisguised(run, country) ? 'PHONE' : null)),
		...findAllOf(free, DOCUMENT_NUMBER, () => 'DOCUMENT'),
		...findAllOf(free, DICTATED, () => 'PHONE'),
	];
}

function kindOf(run: string, country: string): HiddenKind | null {
	const digits = plainDigitsOf(run);
	const plain = withPlainDigits(run).replace(/[\p{Cf}\uFE0F\u20E3]/gu, '');
	if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) return 'CARD';
	if (DOCUMENT_SHAPE.test(plain)) return 'DOCUMENT';
	if (digits.length > LONGEST_PHONE) return 'NUMBER';
	if (/^[+＋]/.test(plain) || /^\d+$/.test(plain) || LOCAL_PHONE.test(plain) || parsePhone(plain, country) !== null) return 'PHONE';
	// Hours and prices come in small groups; a phone keeps three digits together somewhere.
	return digits.length >= SHORTEST_NUMBER && /\d{3}/.test(plain) && !/^\d{1,3}(?:[ \u00A0\u202F.]\d{3})+$/.test(plain) ? 'PHONE' : null;
}

function isDisguised(run: string, country: string): boolean {
	if (plainDigitsOf(run).length < FEWEST_REAL_DIGITS) return false;
	const plain = withPlainDigits(run).replace(/[OoОоlIІі|ЗзBВ]/g, (sign) => LOOKALIKES[sign] ?? sign);
	return parsePhone(plain, country) !== null;
}
