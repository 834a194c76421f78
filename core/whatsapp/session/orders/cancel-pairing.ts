import * as v from 'valibot';
import { done, type OrderSpec } from './order';

/** Nobody wants to link a phone any more; harmless when nobody did. */
export const cancelPairing: OrderSpec<'cancelPairing'> = {
	schema: v.object({ kind: v.literal('cancelPairing') }),
	async run({ owner }) {
		owner.cancelPairing();
		return done();
	},
};
