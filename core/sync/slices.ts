import type { Bound, Settlement } from '../store/sync';
import type { Ending } from './ending';
import { type PageReader, SETTLING_MS, type StreamRunParts } from './page-reader';

const HOUR_MS = 3_600_000;
/** The first slices of a window that did not fit into one run. One that does not fit into a run of its own is halved. */
const LONGEST_HOURS = 7 * 24;
/** Slices of visits get no shorter. */
const SHORTEST_HOURS = 6;
/** After so many that fitted into one run the next ones are twice as long. */
const MANY_SLICES = 4;

/** A window that is read, UTC; without an end everything from its beginning on. */
export interface Stretch {
	readonly from: string;
	readonly to: string | null;
	/** Where an earlier run stopped in the middle of it: the reading proves nothing of what is missing. */
	readonly cursor?: string;
}

/** What the slices of a window have met so far: whether too much is missing is a question to all of them together. */
export interface Tally {
	/** Rows of the copy. */
	readonly of: number;
	/** Those of them that were not shown. */
	readonly absent: number;
	readonly guarded: boolean;
}

/** A window that is read in slices, one after the other; what is left of it begins at `from`. */
interface Round extends Omit<Stretch, 'cursor'> {
	/** What was changed before is read once the round is through. */
	readonly beganAt: string;
	readonly tally: Tally;
	/** A slice that did not fit into a run of its own. A shorter one may not fit either, where a vendor passes over the bounds. */
	readonly open?: { readonly to: string; readonly cursor: string };
}

/** Kept in the book of streams between two runs; nothing is kept where a window is read as one. */
interface Kept {
	readonly hours: number;
	/** Null between two rounds. */
	readonly round: Round | null;
}

/** What came of a slice. */
export interface Slice {
	readonly ending: Ending;
	readonly tally: Tally;
	readonly settlement?: Settlement;
}

/**
 * Reads a window as one; where a run ends in the middle of it, later ones read it in slices and go on after the last that
 * went through. The bound of changes moves when the last slice is read. Gives back how the reading ended, and whether any
 * of its slices, of earlier runs too, met more that is missing than can be believed.
 */
export async function readInSlices(pages: PageReader, { copy, lease, now }: StreamRunParts, window: Stretch, read: (slice: Stretch, tally: Tally) => Promise<Slice>): Promise<Slice> {
	const { name } = pages;
	const state = await copy.state(name);
	const kept = state.slices === null ? null : (JSON.parse(state.slices) as Kept);
	const isResumed = kept?.round != null && isLeft(kept.round, window);
	let round: Round = isResumed && kept?.round != null ? resumed(kept.round, window) : { ...window, beganAt: new Date(now()).toISOString(), tally: { of: 0, absent: 0, guarded: false } };
	let hours = kept?.hours ?? null;
	const keep = (left: Kept): Promise<void> => copy.cut(lease, name, JSON.stringify(left));
	for (let done = 1; ; done += 1) {
		const { open, ...rest } = round;
		const slice: Stretch = { from: round.from, to: hours === null ? round.to : sliceEnd(round, hours, now()), ...open };
		const before = pages.pages;
		const one = await read(slice, round.tally);
		if (one.ending.status !== 'done') {
			const hasRead = pages.pages > before;
			// every run ends in the middle of some slice: one that was alone in its run is too long
			if (done === 1 && hasRead && isCut(one.ending)) await keep({ hours: open === undefined || hours === null ? shorter(hours, round, now()) : hours, round: { ...rest, ...(hours === null ? {} : opened(round, slice, pages.cursor)) } });
			// a cursor the vendor knows no longer
			else if (open !== undefined && hours !== null && !hasRead && one.ending.status !== 'stopped') await keep({ hours, round: rest });
			return one;
		}
		const isLast = slice.to === round.to;
		// a round that fitted into one run needs no slices the next time
		const next: Kept | null = isLast ? (isResumed && hours !== null ? { hours, round: null } : null) : { hours: longer(hours ?? LONGEST_HOURS, done), round: { ...rest, from: slice.to ?? round.from, tally: one.tally } };
		const bound: Bound = { slices: next === null ? null : JSON.stringify(next), guarded: one.tally.guarded || pages.isGuarded, ...(isLast ? { changedTo: new Date(Date.parse(round.beganAt) - SETTLING_MS).toISOString() } : {}) };
		await copy.reached(lease, name, bound, one.settlement);
		if (isLast || next?.round == null) return one;
		[round, hours] = [next.round, next.hours];
	}
}

/** Whether something of a round that was begun earlier is still asked for. */
function isLeft(round: Round, window: Stretch): boolean {
	return round.to === null || (window.to !== null && round.to > window.from);
}

/** What is left of a round. Visits that are over by now are not what a round around now is for. */
function resumed(round: Round, window: Stretch): Round {
	const { open, ...rest } = round;
	if (window.to === null || round.from >= window.from || (open !== undefined && open.to > window.from)) return round;
	return { ...rest, from: window.from };
}

/** The end of the slice that comes next; that of the window for the last one. */
function sliceEnd({ from, to }: Round, hours: number, now: number): string | null {
	const end = Date.parse(from) + hours * HOUR_MS;
	return end >= (to === null ? now - SETTLING_MS : Date.parse(to)) ? to : new Date(end).toISOString();
}

function shorter(hours: number | null, { from, to }: Round, now: number): number {
	const tried = hours ?? ((to === null ? now : Date.parse(to)) - Date.parse(from)) / HOUR_MS;
	return Math.max(to === null ? 1 : SHORTEST_HOURS, Math.min(LONGEST_HOURS, Math.floor(tried / 2)));
}

/** Where a slice of visits is gone on with. Changes are not read on by a cursor: one that slipped through would not come again. */
function opened(round: Round, { to }: Stretch, cursor: string | null): Pick<Round, 'open'> {
	return round.to === null || to === null || cursor === null ? {} : { open: { to, cursor } };
}

function longer(hours: number, done: number): number {
	return done % MANY_SLICES === 0 ? Math.min(LONGEST_HOURS, hours * 2) : hours;
}

/** Whether a run ended before its slice did: by its time, or because the vendor gave no more pages. */
function isCut({ status, error }: Ending): boolean {
	return status === 'stopped' || (status === 'failed' && error === undefined);
}
