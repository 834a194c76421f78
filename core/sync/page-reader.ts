import { setImmediate as turn } from 'node:timers/promises';
import type { Company, StreamName, StreamPage, StreamWindow } from '../booking';
import type { WorkLease } from '../store/lock';
import { type Copy, mostMissing } from '../store/sync';
import { Batch } from './batch';
import { DONE, type Ending, endingOf, STOPPED } from './ending';
import type { SyncOrder, SyncParts } from './order';

/** What is changed while we ask may be shown only a moment later. */
export const SETTLING_MS = 30_000;
/** Ids asked for at once: one page of every vendor that can be asked so. */
export const IDS_A_QUESTION = 200;

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

/** What the pages of a reading have shown. */
export interface Shown {
	/** Of all records. */
	readonly ids: Set<string>;
	/** Every page was exact by the CRM's word: what is not among the ids is not there. */
	exact: boolean;
}

export interface PageUse {
	readonly initial: boolean;
	readonly rereadTotals: boolean;
	readonly totalsOf?: readonly string[];
	/** Of the whole reading that pages are checkpoints of. */
	readonly windowId?: string;
	readonly shown?: Shown;
	/** Told the first page of a reading that goes on: false when what was read stands still no longer. */
	readonly standsStill?: (page: StreamPage) => Promise<boolean>;
	/** Goes on with what stands still no longer, as a reading that proves nothing. */
	readonly endures?: boolean;
}

/** Reads pages of one stream for one run and applies them, under the lease of the stream. */
export class PageReader {
	pages = 0;
	rows = 0;
	rejected = 0;
	/** The most that any page of the reading under way has counted: a list that shrinks meanwhile may let a record slip between two pages. */
	counted = 0;
	/** Whether this run met more voided records than can be believed. */
	isGuarded = false;
	/** Whether a list that had moved was read on. */
	hasEndured = false;
	readonly fields = new Set<string>();
	/** What the latest applied page was asked with. */
	cursor: string | null = null;
	private total: number | null = null;
	/** Rows of voided records that this run deleted. */
	private dropped = 0;

	constructor(
		readonly name: StreamName,
		private readonly own: StreamRunParts,
	) {}

	get canCheck(): boolean {
		return this.own.parts.reader.checks?.includes(this.name) === true;
	}

	/**
	 * Reads records by their ids and applies them; gives back which there are, or null where the CRM could not say. An
	 * answer that is not exact is one to another question: a vendor that passes over the ids gives a page of everybody.
	 */
	async ask(ids: readonly string[], lane: 'full' | 'incremental'): Promise<ReadonlySet<string> | null> {
		const shown: Shown = { ids: new Set(), exact: true };
		for (let from = 0; from < ids.length; from += IDS_A_QUESTION) {
			const ending = await this.read({ ids: ids.slice(from, from + IDS_A_QUESTION), lane }, { initial: false, rereadTotals: false, shown });
			if (ending === 'restart' || ending.status !== 'done' || !shown.exact) return null;
		}
		return shown.ids;
	}

	async read(window: StreamWindow, use: PageUse): Promise<Ending | 'restart'> {
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
			if (isFirst && use.standsStill !== undefined && !(await use.standsStill(page))) {
				if (use.endures !== true) return 'restart';
				this.hasEndured = true;
				batch.doubt();
			}
			// the page a resumed reading asks for once more is no step ahead: a run that ended after it would be followed by one like it
			const isRepeat = isFirst && (use.standsStill !== undefined || window.cursor !== undefined) && order.signal?.aborted !== true;
			isFirst = false;
			batch.add(page, (record) => parts.reader.read(this.name, record, this.own.company), this.fields);
			this.counted = Math.max(this.counted, page.total ?? 0);
			if (use.shown !== undefined) {
				use.shown.exact &&= page.exact;
				for (const { id } of page.records) use.shown.ids.add(id);
			}
			const isLast = page.cursor === null;
			if (isLast || (isOver() && !isRepeat) || batch.ids.length >= batchRows) {
				await this.apply(batch, use);
				batch = new Batch(page.cursor);
			}
			if (isLast) return DONE;
			if (isOver() && !isRepeat) return STOPPED;
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
		this.cursor = askedWith;
		// who did not come in an answer that is not whole is asked for again
		const settled = exact ? totalsOf : totalsOf?.filter((id) => ids.includes(id));
		[this.pages, this.rows, this.rejected, this.total] = [this.pages + pages, this.rows + ids.length, this.rejected + rejected.length, total ?? this.total];
		// a field that the credential may no longer see looks empty in every record
		const most = order.acceptsMissing === true ? Infinity : this.isGuarded ? 0 : mostMissing(this.rows) - this.dropped;
		const { dropped } = await copy.apply(lease, { stream: this.name, runId, told, voided: { records: voided, most }, rejected, ids, pages, initial, rereadTotals, totalsOf: settled, checkpoint });
		[this.dropped, this.isGuarded] = [this.dropped + (dropped ?? 0), this.isGuarded || dropped === null];
		order.onProgress?.({ runId, stream: this.name, pages: this.pages, rows: this.rows, total: this.total });
	}
}
