import * as v from 'valibot';
import { done, type OrderSpec } from './order';

/** Seals the stored state with the current encryption key, while the session runs. */
export const reseal: OrderSpec<'reseal'> = {
	schema: v.object({ kind: v.literal('reseal') }),
	run: async (context) => done({ changed: await context.reseal() }),
};
