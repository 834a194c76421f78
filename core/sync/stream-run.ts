import { setImmediate as turn } from 'node:timers/promises';
import type { Company, Outcome, StreamName, StreamPage, StreamWindow } from '../booking';
import type { WorkLease } from '../store/lock';
import type { Copy } from '../store/sync';
import { Batch } from './batch';
import type { StreamStatus, SyncOrder, SyncParts } from './order';

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
}

export const DONE: Ending = { status: 'done', message: null };
const STOPPED: Ending = { status: 'stopped', message: 'Stopped before the end; the next run goes on here.' };
const SPOILED: Ending = { status: 'failed', error: 'too_many_rejects', anew: true, message: 'Too many records could not be read; look at the rejects, the copy keeps what it had.' };

/** More bad records than this share, and than this number, is no accident: the reader does not fit the account. */
const MOST_REJECTS = 0.01;
const FEW_REJECTS = 3;
/** What is changed while we ask may be shown only a moment later. */
const SETTLING_MS = 30_000;
const LOOKBACK_MS = 600_000;
const DAY_MS = 86_400_000;
/** A whole reading that began longer ago is begun anew. */
const OPEN_MS = 6 * 3_600_000;
const SCHEDULE_DAYS = 30;
const BACKFILL_STEP_DAYS = 30;
const BACKFILL_DAYS = 730;
const MOST_PASSES = 2;
/** Ids asked for at once: one page of every vendor that can be asked so. */
const IDS_A_QUESTION = 200;

export interface StreamRunParts {
	readonly parts: SyncParts;
	readonly copy: Copy;
	readonly order: SyncOrder;
	readonly runId: string;
	readonly company: Company;
	readonly lease: WorkLease;
	/** Pages are applied together until they hold so many rows. */
	readonly batchRows: number;
	/** True once the run is to end. */
	readonly isOver: () => boolean;
	readonly now: () => number;
}

interface PageUse {
	readonly initial: boolean;
	readonly rereadTotals: boolean;
	readonly totalsOf?: readonly string[];
	/** Of the whole reading that pages are checkpoints of. */
	readonly windowId?: string;
	/** Told the first page of a reading that goes on: false when what was read stands still no longer. */
	readonly standsStill?: (page: StreamPage) => Promise<boolean>;
}

/** One stream of one run, under its lease. */
export class StreamRun {
	private pages = 0;
	private rows = 0;
	private rejected = 0;
	private total: number | null = null;

	constructor(
		private readonly name: StreamName,
		private readonly own: StreamRunParts,
	) {}

	/** Everything, in one window that a later run can go on with. */
	async full(): Promise<Ending> {
		const { copy, lease, parts, order } = this.own;
		for (let pass = 1; ; pass += 1) {
			const state = await copy.state(this.name);
			if (order.freshAfter !== undefined && state.full_at !== null && state.full_at >= new Date(order.freshAfter).toISOString()) return DONE;
			const isFresh = state.window_began_at !== null && this.own.now() - Date.parse(state.window_began_at) < OPEN_MS;
			const resumes = pass === 1 && state.window_id !== null && state.window_cursor !== null && isFresh;
			const windowId = resumes && state.window_id !== null ? state.window_id : `${this.own.runId} ${this.name} ${pass}`;
			if (!resumes) await copy.openWindow(lease, this.name, windowId);
			const cursor = resumes ? (state.window_cursor ?? undefined) : undefined;
			const standsStill = async (page: StreamPage): Promise<boolean> => (await copy.unseen(this.name, page.records.map(({ id }) => id))).length === 0;
			const ending = await this.read({ ...this.bounds(), cursor, lane: 'full' }, { initial: state.full_at === null, rereadTotals: false, windowId, ...(resumes ? { standsStill } : {}) });
			if (ending === 'restart') continue;
			if (ending.status !== 'done') return ending;
			const end = await copy.state(this.name);
			if (isSpoiled(end.window_rows, end.window_rejected)) return SPOILED;
			// a count is the better witness: the CRM's word on a page knows nothing of what happened between two runs
			const exact = end.window_total === null ? end.window_exact === 1 : end.window_counted === 1 && (await copy.seen(this.name)) === end.window_total;
			// the list moved while it was read: what slipped through is read in a second pass
			if (!exact && end.window_total !== null && pass < MOST_PASSES) continue;
			const changedTo = new Date(Date.parse(end.window_began_at ?? copy.instant()) - SETTLING_MS).toISOString();
			const verdict = await copy.closeWindow(lease, this.name, { runId: this.own.runId, exact, changedTo, rereadTotals: parts.reader.clientsById, days: this.days() });
			return verdict === 'guarded' ? { status: 'done', message: 'So many records were missing that nothing was deleted; check the rights of the credential.' } : DONE;
		}
	}

	/** What has changed since the latest reading. */
	async incremental(): Promise<Ending> {
		const { copy, lease, parts, order } = this.own;
		const state = await copy.state(this.name);
		if (parts.reader.windows[this.name] === 'whole' || state.full_at === null || state.changed_to === null) return this.full();
		const began = this.own.now();
		const from = new Date(Date.parse(state.changed_to) - (order.lookbackMs ?? LOOKBACK_MS)).toISOString();
		const ending = await this.read({ from, lane: 'incremental' }, { initial: false, rereadTotals: parts.reader.clientsById });
		if (ending === 'restart' || ending.status !== 'done') return ending === 'restart' ? STOPPED : ending;
		if (isSpoiled(this.rows, this.rejected)) return SPOILED;
		await copy.reached(lease, this.name, { changedTo: new Date(began - SETTLING_MS).toISOString() });
		return this.name === 'clients' && parts.reader.clientsById ? this.totals() : DONE;
	}

	/** The CRM's own totals of clients whose visits or sales have changed. */
	private async totals(): Promise<Ending> {
		for (let before = ''; ; ) {
			const ids = await this.own.copy.totalsDue(IDS_A_QUESTION);
			// the same ones again: the page that was to settle them did not come
			if (ids.length === 0 || ids.join() === before) return DONE;
			before = ids.join();
			const ending = await this.read({ ids, lane: 'incremental' }, { initial: false, rereadTotals: false, totalsOf: ids });
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
			if (to <= since) return DONE;
			const from = Math.max(since, to - BACKFILL_STEP_DAYS * DAY_MS);
			const ending = await this.read({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), lane: 'backfill' }, { initial: state.full_at === null, rereadTotals: false });
			if (ending === 'restart' || ending.status !== 'done') return ending === 'restart' ? STOPPED : ending;
			if (isSpoiled(this.rows, this.rejected)) return SPOILED;
			await copy.reached(lease, this.name, { backfilledTo: new Date(from).toISOString() });
		}
	}

	private async read(window: StreamWindow, use: PageUse): Promise<Ending | 'restart'> {
		const { parts, isOver, batchRows } = this.own;
		let batch = new Batch(window.cursor ?? null);
		let isFirst = true;
		if (isOver()) return STOPPED;
		for await (const outcome of parts.crm.stream(this.name, window)) {
			if (outcome.kind !== 'ok') {
				// what came before the failure is kept
				await this.apply(batch, use);
				return endingOf(outcome);
			}
			const page = outcome.value;
			if (isFirst && use.standsStill !== undefined && !(await use.standsStill(page))) return 'restart';
			isFirst = false;
			batch.add(page, (record) => parts.reader.read(this.name, record, this.own.company));
			const isLast = page.cursor === null;
			if (isLast || isOver() || batch.ids.length >= batchRows) {
				await this.apply(batch, use);
				batch = new Batch(page.cursor);
			}
			if (isLast) return DONE;
			if (isOver()) return STOPPED;
			// the next page may be there already: others want the event loop too
			await turn();
		}
		return { status: 'failed', message: 'The CRM ended a list in the middle; the next run goes on here.' };
	}

	private async apply(batch: Batch, { initial, rereadTotals, totalsOf, windowId }: PageUse): Promise<void> {
		const { copy, lease, runId, order } = this.own;
		if (batch.pages === 0) return;
		const { told, rejected, ids, pages, exact, counted, total, askedWith } = batch;
		const checkpoint = windowId === undefined ? undefined : { windowId, cursor: askedWith, exact, counted, total };
		await copy.apply(lease, { stream: this.name, runId, told, rejected, ids, pages, initial, rereadTotals, totalsOf, checkpoint });
		[this.pages, this.rows, this.rejected, this.total] = [this.pages + pages, this.rows + ids.length, this.rejected + rejected.length, total ?? this.total];
		order.onProgress?.({ runId, stream: this.name, pages: this.pages, rows: this.rows, total: this.total });
	}

	private bounds(): Pick<StreamWindow, 'from' | 'to'> {
		if (this.name !== 'schedules') return {};
		const now = this.own.now();
		return { from: new Date(now).toISOString(), to: new Date(now + SCHEDULE_DAYS * DAY_MS).toISOString() };
	}

	/** Days that the reading of schedules surely covers, wherever the branch is. */
	private days(): { readonly from: string; readonly to: string } | undefined {
		if (this.name !== 'schedules') return undefined;
		const date = (days: number): string => new Date(this.own.now() + days * DAY_MS).toISOString().slice(0, 10);
		return { from: date(1), to: date(SCHEDULE_DAYS - 1) };
	}
}

function isSpoiled(rows: number, rejected: number): boolean {
	return rejected > Math.max(FEW_REJECTS, rows * MOST_REJECTS);
}

function endingOf(outcome: Exclude<Outcome<StreamPage>, { kind: 'ok' }>): Ending {
	if (outcome.kind === 'refused') return { status: outcome.reason === 'unsupported' ? 'unsupported' : 'refused', message: outcome.message, halts: outcome.reason === 'credential_invalid' };
	return { status: 'failed', message: outcome.kind === 'unavailable' ? outcome.cause : 'The CRM gave no clear answer.' };
}
