/** Any digit of any script, and the signs people put between the digits of one number. */
export const DIGIT = '[\\p{Nd}\\p{No}]';
export const BETWEEN = '[ \\u00A0\\u202F().\\-\\u2010-\\u2015\\u2212/_*~·•\\p{Cf}\\uFE0F\\u20E3]';

const ANY_DIGIT = /[\p{Nd}\p{No}]/gu;
const ONE_DIGIT = /^\p{Nd}$/u;
const DIGITS_OF_A_SCRIPT = 10;

/** The digits of a text as plain ones: «８» and «٨» are 8. */
export function plainDigitsOf(text: string): string {
	return (text.match(ANY_DIGIT) ?? []).map(plainDigit).join('');
}

/** The text with its digits as plain ones; lengths may change. */
export function withPlainDigits(text: string): string {
	return text.replace(ANY_DIGIT, plainDigit);
}

function plainDigit(sign: string): string {
	const compatible = sign.normalize('NFKC');
	if (/^\d+$/.test(compatible)) return compatible;
	if (!ONE_DIGIT.test(sign)) return '';
	// Every script keeps its ten digits in one row, zero first.
	const code = sign.codePointAt(0) ?? 0;
	let value = 0;
	while (value < DIGITS_OF_A_SCRIPT - 1 && ONE_DIGIT.test(String.fromCodePoint(code - value - 1))) value++;
	return String(value);
}

/** The check sum of bank cards. */
export function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let at = 0; at < digits.length; at++) {
		const digit = Number(digits[digits.length - 1 - at]);
		const doubled = at % 2 === 1 ? digit * 2 : digit;
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return sum % 10 === 0;
}
