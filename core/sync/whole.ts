import type { StreamName, StreamPage, StreamWindow } from '../booking';
import type { FieldNews, StreamState } from '../store/sync';
import { type Ending, GUARDED, isSpoiled, SPOILED } from './ending';
import { type PageReader, SETTLING_MS, type StreamRunParts } from './page-reader';

const DAY_MS = 86_400_000;
const SCHEDULE_DAYS = 30;
/** What a whole reading that was begun longer ago has not shown may have come since: nothing is deleted by it. */
const OLD_MS = 6 * 3_600_000;
/** A list that moved while it was read is read so often in all. */
const MOST_PASSES = 2;
/** A list that moved between two runs is begun anew so often; then it is read to its end as it is, and proves nothing. */
const MOST_BEGINNINGS = 5;

/** A list was read whole, or was read whole lately. */
export interface WholeRead {
	readonly kind: 'read';
	/** Fields of the vendor's records that came or went. */
	readonly fields?: FieldNews;
	/** What is missing is still to be found out. */
	readonly isBlind: boolean;
}

/** A whole reading that an earlier run left open. */
interface Left {
	readonly id: string;
	/** Undefined while only its first page was read. */
	readonly cursor: string | undefined;
	readonly pass: number;
	readonly isOld: boolean;
}

/**
 * One stream read from its beginning to its end, in one window that a later run can go on with. A window is carried to
 * its end however long it takes: one that was begun anew for its age would never end where the vendor's limit lets through
 * less than a list in that time. An old one deletes nothing by itself, and the list is read once more after it.
 */
export class WholeReading {
	private readonly name: StreamName;

	constructor(
		private readonly pages: PageReader,
		private readonly own: StreamRunParts,
	) {
		this.name = pages.name;
	}

	async read(): Promise<Ending | WholeRead> {
		const { copy, lease, runId } = this.own;
		for (let pass = 0; ; ) {
			const state = await copy.state(this.name);
			if (this.isFresh(state)) return { kind: 'read', isBlind: false };
			const left = pass === 0 ? this.left(state) : null;
			pass = left?.pass ?? pass + 1;
			const windowId = left?.id ?? `${runId} ${this.name} ${pass}`;
			if (left === null) await copy.openWindow(lease, this.name, windowId);
			const ending = await this.readWindow(state, windowId, left);
			if (ending === 'restart') continue;
			// a cursor the vendor knows no longer would be refused for ever
			if (ending.status === 'refused' && left !== null && this.pages.pages === 0) return { ...ending, anew: true };
			if (ending.status !== 'done') return ending;
			const end = await this.close(state, pass, left);
			if (end === 'again') continue;
			// what was left over from long ago is ended; what was ordered now is a reading of now
			if (end.kind !== 'read' || left?.isOld !== true) return end.kind === 'read' ? end : end.ending;
			pass = 0;
		}
	}

	/** A list whose cursor was reset is fresh no longer, whenever it was read. */
	private isFresh({ changed_to: changedTo, full_at: fullAt }: StreamState): boolean {
		const { freshAfter } = this.own.order;
		return freshAfter !== undefined && changedTo !== null && fullAt !== null && fullAt >= new Date(freshAfter).toISOString();
	}

	/** The window to go on with. Nothing can be deleted from a list that was never read whole, so that its window is never old. */
	private left({ window_id: id, window_cursor: cursor, window_pages: pages, window_began_at: beganAt, full_at: fullAt }: StreamState): Left | null {
		if (id === null || pages === 0 || beganAt === null) return null;
		// the number goes with the window: counted by each run anew, a busy list that takes several runs would never be through
		return { id, cursor: cursor ?? undefined, pass: Number(id.slice(id.lastIndexOf(' ') + 1)), isOld: fullAt !== null && this.own.now() - Date.parse(beganAt) >= OLD_MS };
	}

	private readWindow(state: StreamState, windowId: string, left: Left | null): Promise<Ending | 'restart'> {
		const { copy } = this.own;
		const standsStill = async (page: StreamPage): Promise<boolean> => (await copy.unseen(this.name, page.records.map(({ id }) => id))).length === 0;
		const resumed = left === null ? {} : { standsStill, endures: left.pass >= MOST_BEGINNINGS };
		return this.pages.read({ ...this.bounds(), cursor: left?.cursor, lane: 'full' }, { initial: state.full_at === null, rereadTotals: this.movesTotals(), windowId, ...resumed });
	}

	private async close(state: StreamState, pass: number, left: Left | null): Promise<WholeRead | { readonly kind: 'ended'; readonly ending: Ending } | 'again'> {
		const { copy, lease, parts, order, runId } = this.own;
		const end = await copy.state(this.name);
		if (isSpoiled(end.window_rows, end.window_rejected)) return { kind: 'ended', ending: SPOILED };
		const isCounted = end.window_total !== null;
		// a count is the better witness: the CRM's word on a page knows nothing of what happened between two runs
		const exact = isCounted ? end.window_counted === 1 && (await copy.seen(this.name)) === end.window_total : end.window_exact === 1;
		// the list moved while it was read: what slipped through is read in a second pass
		if (!exact && isCounted && pass < MOST_PASSES) return 'again';
		const reachedTo = new Date(Date.parse(end.window_began_at ?? copy.instant()) - SETTLING_MS).toISOString();
		// what was counted and did not come may have changed: the next reading of changes still looks for it
		const changedTo = (!exact && isCounted) || this.pages.hasEndured ? (state.changed_to ?? reachedTo) : reachedTo;
		const proves = exact && left?.isOld !== true;
		const isSure = await this.lookOnce(proves, state.full_at !== null);
		const fields = left !== null || end.window_rows === 0 ? undefined : [...this.pages.fields];
		const verdict = await copy.closeWindow(lease, this.name, { runId, exact: isSure, changedTo, rereadTotals: parts.reader.clientsById, guarded: this.pages.isGuarded, days: this.days(), acceptsMissing: order.acceptsMissing, fields });
		if (verdict.kind === 'guarded') return { kind: 'ended', ending: { ...GUARDED, fields: verdict.fields } };
		return { kind: 'read', fields: verdict.fields, isBlind: !proves && state.full_at !== null && parts.reader.windows[this.name] === 'starts' };
	}

	/**
	 * Whether what a whole reading missed is gone: it proves so, or the CRM is asked by their ids for those that an earlier
	 * one missed too. A list that is cut by our own choice proves nothing of the rest.
	 */
	private async lookOnce(proves: boolean, isCopied: boolean): Promise<boolean> {
		const { copy, lease, parts, order } = this.own;
		if (!isCopied || !this.pages.canCheck || (!proves && parts.reader.windows[this.name] === 'starts')) return proves;
		const found = await this.pages.ask(await copy.doomed(this.name, order.acceptsMissing), 'full');
		if (found === null) return false;
		await copy.sawToo(lease, this.name, [...found]);
		return true;
	}

	/** Whether the CRM's own totals of clients move with this stream. */
	private movesTotals(): boolean {
		return this.name !== 'clients' && this.own.parts.reader.clientsById;
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
