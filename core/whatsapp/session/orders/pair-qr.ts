import * as v from 'valibot';
import { done, type OrderSpec } from './order';

/** Shows QR codes for the phone to scan; what is shown is read from the pairing view. */
export const pairQr: OrderSpec<'pairQr'> = {
	schema: v.object({ kind: v.literal('pairQr') }),
	async run({ owner }) {
		await owner.pair({ kind: 'qr' });
		return done();
	},
};
