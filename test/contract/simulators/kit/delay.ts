import { setTimeout as wait } from 'node:timers/promises';

/** Real time, for answers that are meant to come late. */
export async function delay(milliseconds: number): Promise<void> {
	await wait(milliseconds, undefined, { ref: false });
}
