import type { Outcome, StreamPage } from '../booking';
import type { FieldNews } from '../store/sync';
import type { StreamStatus } from './order';

/** How a stream ended, when it did not simply go through. */
export interface Ending {
	readonly status: StreamStatus;
	readonly message: string | null;
	/** Asking for other streams is of no use either. */
	readonly halts?: boolean;
	/** For the book of streams; the status where absent. */
	readonly error?: string;
	/** What was read of a whole reading is not to be built on. */
	readonly anew?: boolean;
	/** Fields of the vendor's records that came or went. */
	readonly fields?: FieldNews;
}

export const DONE: Ending = { status: 'done', message: null };
/** More rows were missing than can be believed. */
export const GUARDED: Ending = { status: 'done', message: 'So many records were missing that nothing was deleted; check the rights of the credential.' };
/** More records were none of the stream than can be believed. */
export const VOIDED: Ending = { status: 'done', message: 'So many records lost what makes them part of this list that their rows were left as they are; check the rights of the credential and the settings of the CRM.' };
export const STOPPED: Ending = { status: 'stopped', message: 'Stopped before the end; the next run goes on here.' };
export const SPOILED: Ending = { status: 'failed', error: 'too_many_rejects', anew: true, message: 'Too many records could not be read; look at the rejects, the copy keeps what it had.' };
export const SHORT: Ending = { status: 'failed', error: 'fewer_than_counted', message: 'The CRM gave fewer records than it counted; the next run reads them again.' };

/** More bad records than this share, and than this number, is no accident: the reader does not fit the account. */
const MOST_REJECTS = 0.01;
const FEW_REJECTS = 3;

/** Whether so many of the records could not be read that the rest is not to be built on. */
export function isSpoiled(rows: number, rejected: number): boolean {
	return rejected > Math.max(FEW_REJECTS, rows * MOST_REJECTS);
}

/** The end of a stream whose page was not given. */
export function endingOf(outcome: Exclude<Outcome<StreamPage>, { kind: 'ok' }>): Ending {
	if (outcome.kind === 'refused') return { status: outcome.reason === 'unsupported' ? 'unsupported' : 'refused', message: outcome.message, halts: outcome.reason === 'credential_invalid' };
	return { status: 'failed', message: outcome.kind === 'unavailable' ? outcome.cause : 'The CRM gave no clear answer.' };
}
