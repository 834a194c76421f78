import * as v from 'valibot';

/** For a call whose answer is handed on as it is. */
export const ANYTHING: v.GenericSchema<unknown, unknown> = v.unknown();
