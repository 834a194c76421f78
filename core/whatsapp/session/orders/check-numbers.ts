import * as v from 'valibot';
import { isOnWhatsapp } from '../../on-whatsapp';
import { phoneDigits } from '../../phone-digits';
import { type OrderSpec, overSocket } from './order';

/** More are not asked for at once: WhatsApp takes lists of numbers for the work of spammers. */
const MOST = 20;

/** Which phones have WhatsApp. A number that the server does not name has none. */
export const checkNumbers: OrderSpec<'checkNumbers'> = {
	schema: v.object({ kind: v.literal('checkNumbers'), phones: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.minLength(1), v.maxLength(MOST)) }),
	async run(context, { phones }) {
		return await overSocket(context, async (socket) => {
			const checked: { readonly phone: string; readonly exists: boolean }[] = [];
			// one by one: the server may name a number otherwise than it was asked for
			for (const phone of phones) {
				const digits = phoneDigits(phone, context.countryCode);
				checked.push({ phone, exists: digits !== null && (await isOnWhatsapp(socket, digits)) });
			}
			return { phones: checked };
		});
	},
};
