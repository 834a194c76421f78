import * as v from 'valibot';
import { done, type OrderSpec } from './order';

/** Connects anew, also out of a state in which the session rests. */
export const restart: OrderSpec<'restart'> = {
	schema: v.object({ kind: v.literal('restart') }),
	async run({ owner }) {
		owner.restart();
		return done();
	},
};
