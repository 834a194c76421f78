import { phoneDigits } from '../phone-digits';
import { Refused } from './refusals';

const JID = /^\d{5,20}@(?:s\.whatsapp\.net|lid)$/;

/**
 * The JID to write to: a personal chat's own, or that of a phone number; without `+` it belongs to the country (two letters). Throws
 * {@link Refused} `bad_recipient` for everything else, groups included.
 */
export function recipientJid(to: string, countryCode: string): string {
	const text = to.trim();
	if (JID.test(text)) return text;
	const digits = phoneDigits(text, countryCode);
	if (digits === null) throw new Refused('bad_recipient');
	return `${digits}@s.whatsapp.net`;
}
