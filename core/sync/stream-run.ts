import type { StreamName, StreamWindow } from '../booking';
import { areTooMany } from '../store/sync';
import { DONE, type Ending, GUARDED, isSpoiled, SHORT, SPOILED, STOPPED, VOIDED } from './ending';
import { IDS_A_QUESTION, PageReader, type PageUse, type Shown, type StreamRunParts } from './page-reader';
import { readInSlices, type Slice, type Stretch, type Tally } from './slices';
import { WholeReading } from './whole';

const LOOKBACK_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const BACKFILL_STEP_DAYS = 30;
const BACKFILL_DAYS = 730;
/** Changes that were fewer than counted are read so often. */
const MOST_PASSES = 2;
/** Where a vendor tells no changes, visits around now are read anew at every tick. */
const STARTS_BACK_DAYS = 3;
const STARTS_AHEAD_DAYS = 90;

/** One stream of one run, under its lease. */
export class StreamRun {
	private readonly pages: PageReader;

	constructor(
		private readonly name: StreamName,
		private readonly own: StreamRunParts,
	) {
		this.pages = new PageReader(name, own);
	}

	/** Everything, in one window that a later run can go on with. */
	async full(): Promise<Ending> {
		const read = await new WholeReading(this.pages, this.own).read();
		if (!('kind' in read)) return read;
		const ending = read.isBlind ? await this.starts() : await this.totals();
		return read.fields === undefined ? ending : { ...ending, fields: read.fields };
	}

	/** What has changed since the latest reading. */
	async incremental(): Promise<Ending> {
		const { copy, parts, order } = this.own;
		const state = await copy.state(this.name);
		const kind = parts.reader.windows[this.name];
		if (kind === 'whole' || state.full_at === null || state.changed_to === null) return this.full();
		if (kind === 'starts') return this.starts();
		const from = new Date(Date.parse(state.changed_to) - (order.lookbackMs ?? LOOKBACK_MS)).toISOString();
		const read = async (slice: Stretch, tally: Tally): Promise<Slice> => ({ ending: await this.changes({ ...windowOf(slice), lane: 'incremental' }, { initial: false, rereadTotals: parts.reader.clientsById }), tally });
		const { ending } = await readInSlices(this.pages, this.own, { from, to: null }, read);
		return ending.status === 'done' ? this.totals() : ending;
	}

	/** Changes of a window, once more where fewer came than were counted: an empty page is the end only where nothing is left by the count. */
	private async changes(window: StreamWindow, use: Pick<PageUse, 'initial' | 'rereadTotals'>): Promise<Ending> {
		const { pages } = this;
		for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
			const shown: Shown = { ids: new Set(), exact: true };
			pages.counted = 0;
			const ending = await pages.read(window, { ...use, shown });
			if (ending === 'restart' || ending.status !== 'done') return ending === 'restart' ? STOPPED : ending;
			if (isSpoiled(pages.rows, pages.rejected)) return SPOILED;
			if (shown.ids.size >= pages.counted) return DONE;
		}
		return SHORT;
	}

	/** What begins around now, where the CRM tells no changes. */
	private async starts(): Promise<Ending> {
		const { company } = this.own;
		const began = this.own.now();
		// whole hours: vendors round to theirs
		const hour = (days: number): string => new Date(Math.floor((began + days * DAY_MS) / HOUR_MS) * HOUR_MS).toISOString();
		const window = { from: hour(-STARTS_BACK_DAYS), to: hour(Math.min(company.bookingHorizonDays + 1, STARTS_AHEAD_DAYS)) };
		const { ending, tally } = await readInSlices(this.pages, this.own, window, (slice, before) => this.startsIn({ ...window, ...windowOf(slice) }, before));
		if (ending.status !== 'done') return ending;
		return tally.guarded ? GUARDED : this.done();
	}

	/**
	 * What begins in a window. What the copy holds of it and the reading did not show is asked for by its id: it has moved
	 * elsewhere, or two readings make it gone.
	 */
	private async startsIn(window: { readonly from: string; readonly to: string; readonly cursor?: string }, tally: Tally): Promise<Slice> {
		const { copy, runId, parts, order, isOver } = this.own;
		const { pages } = this;
		const shown: Shown = { ids: new Set(), exact: window.cursor === undefined };
		const ending = await pages.read({ ...window, lane: 'incremental' }, { initial: false, rereadTotals: false, shown });
		if (ending === 'restart' || ending.status !== 'done') return { ending: ending === 'restart' ? STOPPED : ending, tally };
		if (isSpoiled(pages.rows, pages.rejected)) return { ending: SPOILED, tally };
		if (!shown.exact || !pages.canCheck) return { ending, tally };
		const absent = await copy.absent(this.name, { ...window, ids: shown.ids });
		const sum = { of: tally.of + absent.of, absent: tally.absent + absent.ids.length };
		// the salon says that they are gone; an answer without a visit is a fault nevertheless
		const isBelieved = order.acceptsMissing === true && shown.ids.size > 0;
		const tooMany = !isBelieved && areTooMany(sum.absent, sum.of);
		const found = tooMany ? null : await pages.ask(absent.ids, 'incremental');
		if (found === null && !tooMany && isOver()) return { ending: STOPPED, tally };
		const lost = found === null ? [] : absent.ids.filter((id) => !found.has(id));
		const gone = lost.filter((id) => absent.again.has(id));
		const settlement = { runId, rereadTotals: parts.reader.clientsById, gone, doubtful: lost.filter((id) => !absent.again.has(id)), found: [...absent.found, ...(found ?? [])] };
		return { ending, tally: { ...sum, guarded: tally.guarded || tooMany }, settlement };
	}

	private done(): Ending {
		return this.pages.isGuarded ? VOIDED : DONE;
	}

	/** The end of a stream; of clients after the CRM's own totals of those whose visits or sales have changed. */
	private async totals(): Promise<Ending> {
		if (this.name !== 'clients' || !this.own.parts.reader.clientsById) return this.done();
		for (let before = ''; ; ) {
			const ids = await this.own.copy.totalsDue(IDS_A_QUESTION);
			// the same ones again: the page that was to settle them did not come
			if (ids.length === 0 || ids.join() === before) return this.done();
			before = ids.join();
			const ending = await this.pages.read({ ids, lane: 'incremental' }, { initial: false, rereadTotals: false, totalsOf: ids });
			if (ending !== 'restart' && ending.status !== 'done') return ending;
		}
	}

	/** Changes of the past, window by window, the latest first. */
	async backfill(): Promise<Ending> {
		const { copy, lease, parts, order } = this.own;
		if (parts.reader.windows[this.name] === 'whole') return { status: 'unsupported', message: 'This list comes whole with every full run; it has no past to fill.' };
		const since = Date.parse(order.since ?? new Date(this.own.now() - BACKFILL_DAYS * DAY_MS).toISOString());
		for (;;) {
			const state = await copy.state(this.name);
			const to = Date.parse(state.backfilled_to ?? copy.instant());
			if (to <= since) return this.done();
			const from = Math.max(since, to - BACKFILL_STEP_DAYS * DAY_MS);
			const ending = await this.changes({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), lane: 'backfill' }, { initial: state.full_at === null, rereadTotals: false });
			if (ending.status !== 'done') return ending;
			await copy.reached(lease, this.name, { backfilledTo: new Date(from).toISOString(), guarded: this.pages.isGuarded });
		}
	}
}

function windowOf({ to, ...rest }: Stretch): Omit<StreamWindow, 'to'> & { readonly from: string; readonly to?: string } {
	return to === null ? rest : { ...rest, to };
}
