import * as v from 'valibot';
import { phoneDigits } from '../../phone-digits';
import { done, type OrderSpec, refused } from './order';

/** Asks WhatsApp for a code that is typed into this phone. */
export const pairCode: OrderSpec<'pairCode'> = {
	schema: v.object({ kind: v.literal('pairCode'), phone: v.pipe(v.string(), v.maxLength(40)) }),
	async run({ owner, language, countryCode }, { phone }) {
		const digits = phoneDigits(phone, countryCode);
		if (digits === null) return refused('phone_invalid', language);
		const attempt = await owner.pair({ kind: 'code', phone: digits });
		const answer = await attempt.code;
		return answer.status === 'ok' ? done({ code: answer.code }) : refused('code_refused', language);
	},
};
