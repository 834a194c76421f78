import * as v from 'valibot';
import { done, type OrderSpec } from './order';

/** Unlinks the device; what was stored for it is kept aside. */
export const logOut: OrderSpec<'logOut'> = {
	schema: v.object({ kind: v.literal('logOut') }),
	async run({ owner }) {
		await owner.logOut();
		return done();
	},
};
