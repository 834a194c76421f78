import { Phrase } from './phrase';
import { PhraseTable } from './phrase-table';
import type { Token } from './tokens';
import { IDIOMS } from './vocabulary/phrases';

const idioms = new PhraseTable(IDIOMS);

const PHONE_DIGITS = { fewest: 10, most: 13 };
/** Groups of digits and the signs between them. */
const MOST_PHONE_TOKENS = 16;
const CURRENCY = new Set(['₽', '$', '€', '%', '₸', '°']);
/** Words and signs before a number that make it a price, a place or a reference. */
const STREETS = new Set(['улица', 'улице', 'ул', 'проспект', 'переулок', 'бульвар', 'площадь', 'street']);
const LABELS = new Set([
	'№', '#', 'за', 'дом', 'д', 'кв', 'квартира', 'офис', 'оф', 'подъезд', 'этаж', 'корпус', 'корп', 'кабинет', 'каб', 'номер',
	'цена', 'стоимость', 'стоит', 'стоят', 'код', 'улица', 'ул', 'бюджет', 'ленина', 'скидка', 'сумма', 'оценка', 'длина', 'размер',
	'мне', 'возраст', 'сыну', 'дочке', 'дочери', 'ребенку', 'house', 'flat', 'apartment', 'room', 'suite', 'number', 'code', 'costs', 'price', 'building',
]);
/** A number at least this large after «до» or «от» is money; no day or hour is. */
const SMALLEST_PRICE = 100;

/** Marks tokens that look like time but are phones, prices, quantities, addresses, greetings or idioms. */
export function maskNoise(tokens: Token[]): void {
	const phrase = new Phrase(tokens);
	for (let index = 0; index < tokens.length; index += 1) {
		const end = idioms.match(phrase, index) ?? phoneEnd(tokens, index) ?? quantityEnd(phrase, index) ?? labelledEnd(phrase, index);
		if (end === undefined) continue;
		for (let masked = index; masked < end; masked += 1) mask(tokens[masked]);
		index = end - 1;
	}
}

function mask(token: Token | undefined): void {
	if (token !== undefined) token.masked = true;
}

/** «+7 (916) 123-45-67», «8 916 123 45 67», «123-45-67», or any run of more than four digits. */
function phoneEnd(tokens: readonly Token[], start: number): number | undefined {
	let index = start;
	const plus = tokens[index]?.text === '+';
	if (plus) index += 1;
	const groups: string[] = [];
	let end = index;
	for (; index < Math.min(tokens.length, start + MOST_PHONE_TOKENS); index += 1) {
		const token = tokens[index];
		if (token?.kind === 'digits') {
			groups.push(token.text);
			end = index + 1;
		} else if (token === undefined || !'()-'.includes(token.text)) break;
	}
	const [first] = groups;
	if (first === undefined) return undefined;
	const digits = groups.join('').length;
	const international = plus || /^[78]$/.test(first) || first.length >= 10 || /^9\d\d$/.test(first);
	if (international && digits >= PHONE_DIGITS.fewest && digits <= PHONE_DIGITS.most) return end;
	const [hundreds, tens, units] = groups.map((group) => group.length);
	if (hundreds === 3 && tens === 2 && units === 2) return start + (plus ? 1 : 0) + 5;
	return first.length > 4 ? start + (plus ? 2 : 1) : undefined;
}

/** «2 человека», «30 лет», «1500 руб», «2-3 раза», «1,5 часа», «2 в 1». */
function quantityEnd(phrase: Phrase, start: number): number | undefined {
	if (phrase.digits(start) === undefined && phrase.word(start).cardinal === undefined) return undefined;
	if (phrase.is(start - 1, 'ahead') || phrase.insideNumber(start)) return undefined;
	let end = start + 1;
	if (phrase.tightSign(end, '-.,/') && phrase.digits(end + 1) !== undefined) end += 2;
	if (isYear(phrase, start)) return undefined;
	const after = phrase.word(end);
	const thousands = phrase.text(end) === 'к' && phrase.glued(end);
	const afterIsQuantity = (after.counted === true || thousands) && !(phrase.is(end + 1, 'ago') || after.month !== undefined);
	if (afterIsQuantity || CURRENCY.has(phrase.text(end))) {
		const rate = phrase.is(end + 1, 'in') && phrase.word(end + 2).unit !== undefined && phrase.text(end + 1) !== 'in';
		return rate ? end + 3 : end + 1;
	}
	const fraction = end === start + 3 && '.,'.includes(phrase.text(start + 1));
	if (fraction && after.unit !== undefined && phrase.text(start + 2).length === 1) return end + 1;
	if (after.role === 'in' && phrase.text(end + 1) === '1' && phrase.text(end + 2) !== ':') return end + 2;
	return undefined;
}

/** «2026 г.»: a year of a date, not years or grams. */
function isYear(phrase: Phrase, start: number): boolean {
	const year = phrase.digits(start);
	const yearWord = phrase.text(start + 1) === 'г' || phrase.text(start + 1) === 'год';
	return yearWord && year !== undefined && year.length === 4;
}

/** «№ 5», «дом 12», «за 2000», «от 1000», «мне 30». */
function labelledEnd(phrase: Phrase, start: number): number | undefined {
	const label = phrase.text(start);
	if (STREETS.has(label)) return streetEnd(phrase, start);
	const money = phrase.is(start, 'before', 'from', 'after', 'about', 'on', 'for');
	if (!money && !LABELS.has(label)) return undefined;
	const number = phrase.text(start + 1) === '.' || phrase.text(start + 1) === ':' ? start + 2 : start + 1;
	const digits = phrase.digits(number);
	if (digits === undefined) return undefined;
	if (money) return isClockWithoutColon(digits.value) || digits.value < SMALLEST_PRICE ? undefined : number + 1;
	const next = phrase.word(number + 1);
	const isDate = next.month !== undefined || next.role === 'date-noun' || next.role === 'ordinal-ending' || next.ofPart !== undefined;
	if (isDate || phrase.tightSign(number + 1, '.:-/')) return undefined;
	return number + 1;
}

/** «ул. Ленина 15», «улица 8 марта»: the name and the number of a street. */
function streetEnd(phrase: Phrase, start: number): number {
	let end = phrase.sign(start + 1, '.') ? start + 2 : start + 1;
	const dated = phrase.word(end + 1).month !== undefined;
	if (dated) end += 2;
	else if (phrase.unknown(end)) end += 1;
	if (phrase.sign(end, ',')) end += phrase.digits(end + 1) === undefined ? 0 : 1;
	return phrase.digits(end) === undefined || phrase.word(end + 1).month !== undefined ? end : end + 1;
}

/** 1530 or 0900 after a preposition may be an hour and minutes. */
function isClockWithoutColon(value: number): boolean {
	return value >= SMALLEST_PRICE && value < 2360 && value % 100 < 60 && value % 5 === 0 && value % 100 !== 0;
}
