import type { Phrase } from './phrase';

export interface NumberRead {
	value: number;
	end: number;
	/** Digits or an ordinal with an ending: «25-го», «двадцать пятого», "25th". */
	ordinal: boolean;
	/** How many digits were typed; 0 for words. */
	digits: number;
}

const TENS_FROM = 20;
/** «2-х», «3-м», «6-ти»: a cardinal in an oblique case. */
const CASE_ENDINGS = new Set(['х', 'м', 'ти', 'ми', 'мя', 'и']);

/** A number in digits or words that starts here; compound words are summed. */
export function readNumber(phrase: Phrase, start: number): NumberRead | undefined {
	const digits = phrase.digits(start);
	if (digits !== undefined) return readDigits(phrase, start, digits);
	const word = phrase.word(start);
	if (word.ordinal !== undefined) return { value: word.ordinal, end: start + 1, ordinal: true, digits: 0 };
	if (word.cardinal === undefined) return undefined;
	if (word.cardinal >= TENS_FROM) {
		const unit = phrase.sign(start + 1, '-') ? start + 2 : start + 1;
		const { cardinal, ordinal } = phrase.word(unit);
		const added = ordinal ?? cardinal;
		if (added !== undefined && added > 0 && added < 10) {
			return { value: word.cardinal + added, end: unit + 1, ordinal: ordinal !== undefined, digits: 0 };
		}
	}
	return { value: word.cardinal, end: start + 1, ordinal: false, digits: 0 };
}

function readDigits(phrase: Phrase, start: number, digits: { value: number; length: number }): NumberRead {
	const { value, length } = digits;
	const afterDash = phrase.tightSign(start + 1, "-'") ? start + 2 : start + 1;
	const ending = phrase.is(afterDash, 'ordinal-ending') || phrase.text(afterDash) === 'й' || phrase.text(afterDash) === 'я';
	if (length <= 2 && ending && (phrase.glued(afterDash) || phrase.is(afterDash, 'ordinal-ending'))) {
		return { value, end: afterDash + 1, ordinal: true, digits: length };
	}
	const inflected = CASE_ENDINGS.has(phrase.text(afterDash)) && phrase.glued(afterDash) && (afterDash > start + 1 || phrase.text(afterDash) !== 'м');
	return { value, end: inflected ? afterDash + 1 : start + 1, ordinal: false, digits: length };
}

/** How much of a unit: «2», «полтора», «пару», «несколько»; 1 when nothing was said. */
export function readAmount(phrase: Phrase, start: number): { least: number; most: number; end: number } | undefined {
	const { amount, role } = phrase.word(start);
	if (role === 'couple') return { least: 2, most: 2, end: phrase.is(start + 1, 'of') ? start + 2 : start + 1 };
	if (role === 'several') return { least: 2, most: 5, end: start + 1 };
	if (amount !== undefined) return { least: amount, most: amount, end: start + 1 };
	const number = readNumber(phrase, start);
	if (number === undefined || number.ordinal || number.value > 999) return undefined;
	const separator = phrase.text(number.end);
	if ((separator === ',' || separator === '.') && phrase.tightSign(number.end, ',.') && phrase.text(number.end + 1) === '5') {
		return { least: number.value + 0.5, most: number.value + 0.5, end: number.end + 2 };
	}
	if (separator === '-' || separator === 'или') {
		const second = readNumber(phrase, number.end + 1);
		if (second !== undefined && second.value > number.value && !second.ordinal) {
			return { least: number.value, most: second.value, end: second.end };
		}
	}
	return { least: number.value, most: number.value, end: number.end };
}

/**
 * The word after a number shows that things are counted, not hours: «2 стрижки», «5 человек».
 * Russian nouns agree with the number, so only a form that agrees makes a quantity.
 */
export function countsNext(phrase: Phrase, value: number, next: number): boolean {
	if (phrase.word(next).counted) return true;
	if (!phrase.unknown(next)) return false;
	const noun = phrase.text(next);
	if (/(ых|их|ые|ие)$/.test(noun)) return true;
	if (/[a-z]/.test(noun)) return value > 1 && noun.endsWith('s');
	if (value >= 2 && value <= 4) return /[аяыи]$/.test(noun);
	return value >= 5 && /(ов|ев|ей|ек|ок|ий|ен)$/.test(noun);
}
