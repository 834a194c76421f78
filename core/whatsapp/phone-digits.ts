import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** Digits and everything people put between them. */
const NUMBER = /^\+?[\d\s().-]+$/;

/**
 * Digits with the country, as WhatsApp names a phone: `8 916 …` and `+7 916 …` are the same. Without `+` a number belongs to `country` (two
 * letters) where it can be one of its, else it carries its own. Null when it is no phone.
 */
export function phoneDigits(text: string, country: string): string | null {
	const written = text.trim();
	if (!NUMBER.test(written)) return null;
	const whole = `+${written.replace(/\D/g, '')}`;
	// a country that is unknown only means that the number has to carry its own
	const national = written.startsWith('+') ? undefined : parsePhoneNumberFromString(whole.slice(1), country as CountryCode);
	const found = [national, parsePhoneNumberFromString(whole)].filter((number) => number !== undefined);
	// of two readings of the right length one may be a number that nobody has
	const number = found.find((one) => one.isValid()) ?? found.find((one) => one.isPossible());
	return number === undefined ? null : number.number.slice(1);
}
