import { setImmediate as turn } from 'node:timers/promises';
import type { Company, StreamName, StreamPage, StreamWindow } from '../booking';
import type { WorkLease } from '../store/lock';
import { type Copy, mostMissing } from '../store/sync';
import { Batch } from './batch';
import { DONE, type Ending, endingOf, GUARDED, isSpoiled, SHORT, SPOILED, STOPPED, VOIDED } from './ending';
import type { SyncOrder, SyncParts } from './order';

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
/** Where a vendor tells no changes, visits around now are read anew at every tick. */
const STARTS_BACK_DAYS = 3;
const STARTS_AHEAD_DAYS = 90;
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
	/** Takes the ids of all records. */
	readonly collect?: Set<string>;
	/** Told the first page of a reading that goes on: false when what was read stands still no longer. */
	readonly standsStill?: (page: StreamPage) => Promise<boolean>;
}

/** One stream of one run, under its lease. */
export class StreamRun {
	private pages = 0;
	private rows = 0;
	private rejected = 0;
	private total: number | null = null;
	/** The most that any page of the reading under way has counted: a list that shrinks meanwhile may let a record slip between two pages. */
	private counted = 0;
	/** Rows of voided records that this run deleted, and whether it met too many of them. */
	private dropped = 0;
	private isGuarded = false;
	private readonly fields = new Set<string>();
	/** Every page of this run was exact by the CRM's word. */
	private isExact = true;

	constructor(
		private readonly name: StreamName,
		private readonly own: StreamRunParts,
	) {}

	/** Everything, in one window that a later run can go on with. */
	async full(): Promise<Ending> {
		const { copy, lease, parts, order } = this.own;
		for (let pass = 1; ; pass += 1) {
			const state = await copy.state(this.name);
			// a list whose cursor was reset is fresh no longer, whenever it was read
			if (order.freshAfter !== undefined && state.changed_to !== null && state.full_at !== null && state.full_at >= new Date(order.freshAfter).toISOString()) return this.totals();
			const isFresh = state.window_began_at !== null && this.own.now() - Date.parse(state.window_began_at) < OPEN_MS;
			const resumes = pass === 1 && state.window_id !== null && state.window_cursor !== null && isFresh;
			const windowId = resumes && state.window_id !== null ? state.window_id : `${this.own.runId} ${this.name} ${pass}`;
			if (!resumes) await copy.openWindow(lease, this.name, windowId);
			const cursor = resumes ? (state.window_cursor ?? undefined) : undefined;
			const standsStill = async (page: StreamPage): Promise<boolean> => (await copy.unseen(this.name, page.records.map(({ id }) => id))).length === 0;
			const ending = await this.read({ ...this.bounds(), cursor, lane: 'full' }, { initial: state.full_at === null, rereadTotals: this.movesTotals(), windowId, ...(resumes ? { standsStill } : {}) });
			if (ending === 'restart') continue;
			if (ending.status !== 'done') return ending;
			const end = await copy.state(this.name);
			if (isSpoiled(end.window_rows, end.window_rejected)) return SPOILED;
			// a count is the better witness: the CRM's word on a page knows nothing of what happened between two runs
			const exact = end.window_total === null ? end.window_exact === 1 : end.window_counted === 1 && (await copy.seen(this.name)) === end.window_total;
			// the list moved while it was read: what slipped through is read in a second pass
			if (!exact && end.window_total !== null && pass < MOST_PASSES) continue;
			const reachedTo = new Date(Date.parse(end.window_began_at ?? copy.instant()) - SETTLING_MS).toISOString();
			// what was counted and did not come may have changed: the next reading of changes still looks for it
			const changedTo = !exact && end.window_total !== null ? (state.changed_to ?? reachedTo) : reachedTo;
			const isSure = await this.lookOnce(exact, state.full_at !== null);
			const fields = resumes || end.window_rows === 0 ? undefined : [...this.fields];
			const verdict = await copy.closeWindow(lease, this.name, { runId: this.own.runId, exact: isSure, changedTo, rereadTotals: parts.reader.clientsById, guarded: this.isGuarded, days: this.days(), acceptsMissing: order.acceptsMissing, fields });
			if (verdict.kind === 'guarded') return { ...GUARDED, fields: verdict.fields };
			const isBlind = !exact && state.full_at !== null && parts.reader.windows[this.name] === 'starts';
			return { ...(isBlind ? await this.starts() : await this.totals()), fields: verdict.fields };
		}
	}

	/**
	 * Whether what a whole reading missed is gone: it was exact, or the CRM is asked by their ids for those that an earlier
	 * one missed too. A list that is cut by our own choice proves nothing of the rest.
	 */
	private async lookOnce(exact: boolean, isCopied: boolean): Promise<boolean> {
		const { copy, lease, parts, order } = this.own;
		const canCheck = this.canCheck();
		if (!isCopied || !canCheck || (!exact && parts.reader.windows[this.name] === 'starts')) return exact;
		const found = await this.ask(await copy.doomed(this.name, order.acceptsMissing), 'full');
		if (found === null) return false;
		await copy.sawToo(lease, this.name, [...found]);
		return true;
	}

	private canCheck(): boolean {
		return this.own.parts.reader.checks?.includes(this.name) === true;
	}

	/** Reads records by their ids and applies them; gives back which there are, or null where the CRM could not say. */
	private async ask(ids: readonly string[], lane: 'full' | 'incremental'): Promise<ReadonlySet<string> | null> {
		const found = new Set<string>();
		for (let from = 0; from < ids.length; from += IDS_A_QUESTION) {
			const ending = await this.read({ ids: ids.slice(from, from + IDS_A_QUESTION), lane }, { initial: false, rereadTotals: false, collect: found });
			if (ending === 'restart' || ending.status !== 'done') return null;
		}
		return found;
	}

	/** What has changed since the latest reading. */
	async incremental(): Promise<Ending> {
		const { copy, lease, parts, order } = this.own;
		const state = await copy.state(this.name);
		const kind = parts.reader.windows[this.name];
		if (kind === 'whole' || state.full_at === null || state.changed_to === null) return this.full();
		if (kind === 'starts') return this.starts();
		const began = this.own.now();
		const from = new Date(Date.parse(state.changed_to) - (order.lookbackMs ?? LOOKBACK_MS)).toISOString();
		const ending = await this.changes({ from, lane: 'incremental' }, { initial: false, rereadTotals: parts.reader.clientsById });
		if (ending.status !== 'done') return ending;
		await copy.reached(lease, this.name, { changedTo: new Date(began - SETTLING_MS).toISOString() });
		return this.totals();
	}

	/** Changes of a window, once more where fewer came than were counted: an empty page is the end only where nothing is left by the count. */
	private async changes(window: StreamWindow, use: Pick<PageUse, 'initial' | 'rereadTotals'>): Promise<Ending> {
		for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
			const ids = new Set<string>();
			this.counted = 0;
			const ending = await this.read(window, { ...use, collect: ids });
			if (ending === 'restart' || ending.status !== 'done') return ending === 'restart' ? STOPPED : ending;
			if (isSpoiled(this.rows, this.rejected)) return SPOILED;
			if (ids.size >= this.counted) return DONE;
		}
		return SHORT;
	}

	/**
	 * What begins around now, where the CRM tells no changes. What the copy holds of the window and the reading did not show
	 * is asked for by its id: it has moved elsewhere, or two readings make it gone.
	 */
	private async starts(): Promise<Ending> {
		const { copy, lease, company, runId, parts } = this.own;
		const began = this.own.now();
		// whole hours: vendors round to theirs
		const hour = (days: number): string => new Date(Math.floor((began + days * DAY_MS) / 3_600_000) * 3_600_000).toISOString();
		const window = { from: hour(-STARTS_BACK_DAYS), to: hour(Math.min(company.bookingHorizonDays + 1, STARTS_AHEAD_DAYS)) };
		const ids = new Set<string>();
		this.isExact = true;
		const ending = await this.read({ ...window, lane: 'incremental' }, { initial: false, rereadTotals: false, collect: ids });
		if (ending === 'restart' || ending.status !== 'done') return ending === 'restart' ? STOPPED : ending;
		if (isSpoiled(this.rows, this.rejected)) return SPOILED;
		const absent = this.isExact && this.canCheck() ? await copy.absent(this.name, { ...window, ids }) : null;
		const found = absent === null || absent.tooMany ? null : await this.ask(absent.ids, 'incremental');
		if (absent !== null && found !== null) {
			const lost = absent.ids.filter((id) => !found.has(id));
			const end = { gone: lost.filter((id) => absent.again.has(id)), doubtful: lost.filter((id) => !absent.again.has(id)), found: [...absent.found, ...found] };
			await copy.settle(lease, this.name, { ...end, runId, rereadTotals: parts.reader.clientsById });
		}
		await copy.reached(lease, this.name, { changedTo: new Date(began - SETTLING_MS).toISOString() });
		return absent?.tooMany === true ? GUARDED : this.done();
	}

	private done(): Ending {
		return this.isGuarded ? VOIDED : DONE;
	}

	/** Whether the CRM's own totals of clients move with this stream. */
	private movesTotals(): boolean {
		return this.name !== 'clients' && this.own.parts.reader.clientsById;
	}

	/** The end of a stream; of clients after the CRM's own totals of those whose visits or sales have changed. */
	private async totals(): Promise<Ending> {
		if (this.name !== 'clients' || !this.own.parts.reader.clientsById) return this.done();
		for (let before = ''; ; ) {
			const ids = await this.own.copy.totalsDue(IDS_A_QUESTION);
			// the same ones again: the page that was to settle them did not come
			if (ids.length === 0 || ids.join() === before) return this.done();
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
			if (to <= since) return this.done();
			const from = Math.max(since, to - BACKFILL_STEP_DAYS * DAY_MS);
			const ending = await this.changes({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), lane: 'backfill' }, { initial: state.full_at === null, rereadTotals: false });
			if (ending.status !== 'done') return ending;
			await copy.reached(lease, this.name, { backfilledTo: new Date(from).toISOString() });
		}
	}

	private async read(window: StreamWindow, use: PageUse): Promise<Ending | 'restart'> {
		const { parts, order, isOver, batchRows } = this.own;
		let batch = new Batch(window.cursor ?? null);
		let isFirst = true;
		if (isOver()) return STOPPED;
		for await (const outcome of parts.crm.stream(this.name, window)) {
			if (outcome.kind !== 'ok') {
				// what came before the failure is kept
				await this.apply(batch, use);
				// a request that was cut off by the cancelling says nothing of the CRM
				return order.signal?.aborted === true ? STOPPED : endingOf(outcome);
			}
			const page = outcome.value;
			if (isFirst && use.standsStill !== undefined && !(await use.standsStill(page))) return 'restart';
			isFirst = false;
			batch.add(page, (record) => parts.reader.read(this.name, record, this.own.company), this.fields);
			this.isExact &&= page.exact;
			this.counted = Math.max(this.counted, page.total ?? 0);
			for (const { id } of page.records) use.collect?.add(id);
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
		const { told, voided, rejected, ids, pages, exact, counted, total, askedWith } = batch;
		const checkpoint = windowId === undefined ? undefined : { windowId, cursor: askedWith, exact, counted, total };
		// who did not come in an answer that is not whole is asked for again
		const settled = exact ? totalsOf : totalsOf?.filter((id) => ids.includes(id));
		[this.pages, this.rows, this.rejected, this.total] = [this.pages + pages, this.rows + ids.length, this.rejected + rejected.length, total ?? this.total];
		// a field that the credential may no longer see looks empty in every record
		const most = order.acceptsMissing === true ? Infinity : this.isGuarded ? 0 : mostMissing(this.rows) - this.dropped;
		const { dropped } = await copy.apply(lease, { stream: this.name, runId, told, voided: { records: voided, most }, rejected, ids, pages, initial, rereadTotals, totalsOf: settled, checkpoint });
		[this.dropped, this.isGuarded] = [this.dropped + (dropped ?? 0), this.isGuarded || dropped === null];
		order.onProgress?.({ runId, stream: this.name, pages: this.pages, rows: this.rows, total: this.total });
	}

	/** Schedules without an end are read for some days; where a window is one of changes, bounds would leave most of them out. */
	private isDaily(): boolean {
		return this.name === 'schedules' && this.own.parts.reader.windows.schedules !== 'changes';
	}

	private bounds(): Pick<StreamWindow, 'from' | 'to'> {
		if (!this.isDaily()) return {};
		const now = this.own.now();
		return { from: new Date(now).toISOString(), to: new Date(now + SCHEDULE_DAYS * DAY_MS).toISOString() };
	}

	/** Days that the reading of schedules surely covers, wherever the branch is. */
	private days(): { readonly from: string; readonly to: string } | undefined {
		if (!this.isDaily()) return undefined;
		const date = (days: number): string => new Date(this.own.now() + days * DAY_MS).toISOString().slice(0, 10);
		return { from: date(1), to: date(SCHEDULE_DAYS - 1) };
	}
}
