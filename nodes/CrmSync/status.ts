import type { StreamName } from '../../core/booking';
import { boundSource, createCopyQuery, createRunBook, ENTITY_OF, type RunRecord, type StreamState } from '../../core/store/sync';
import { wholeNumberOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import type { SyncContext } from './context';

/** A row that was not written to for so long belongs to a run that was killed. */
const SILENT_MS = 300_000;
const MINUTE_MS = 60_000;
/** Rows of the book that are looked at: seven lists of as many runs as can be asked for. */
const BOOK_ROWS = 700;

interface RunSummary {
	readonly runId: string;
	readonly kind: string;
	/** `running`, `interrupted` for one that was killed, or the worst end of its lists. */
	readonly status: string;
	readonly startedAt: string;
	readonly endedAt: string | null;
	readonly streams: readonly string[];
	readonly pages: number;
	readonly rows: number;
	readonly changed: number;
	readonly rejected: number;
}

export const status = defineOperation<SyncContext>({
	value: 'status',
	name: 'Get Status',
	action: 'Get status of copy',
	description: 'How fresh the copy is, what runs just now, and what could not be read; asks the CRM nothing',
	fields: [{ displayName: 'Runs', name: 'runs', type: 'number', typeOptions: { minValue: 1, maxValue: 100 }, default: 10, description: 'Max number of last runs to tell of' }],
	async run({ parameters, tenant, opened: { store } }, i) {
		const runs = wholeNumberOf(parameters.getNodeParameter('runs', i, 10), 'Runs', { min: 1, max: 100 });
		const [book, query, now] = [createRunBook(store, { tenant }), createCopyQuery(store, tenant), Date.now()];
		const [states, rows, rejects, source] = await Promise.all([book.streams(), query.runs({}, { limit: BOOK_ROWS }), query.rejectsByStream(), boundSource(store, tenant)]);
		const items = await Promise.all(
			states.map(async (state) => ({ ...streamItem(state, rows, now), rejects: rejects.get(state.stream) ?? 0, missing: await query.missing(ENTITY_OF[state.stream as StreamName]) })),
		);
		const lags = items.flatMap(({ lagMinutes }) => lagMinutes ?? []);
		const sum = (name: 'rejects' | 'missing'): number => items.reduce((total, item) => total + item[name], 0);
		const summary = {
			type: 'summary', salonId: tenant, crm: source?.vendor ?? null, running: rows.filter((row) => isRunning(row, now)).map(({ stream }) => stream), streams: items.length,
			lagMinutes: lags.length === 0 ? null : Math.max(...lags), rejects: sum('rejects'), missing: sum('missing'), lastRuns: lastRuns(rows, now).slice(0, runs),
		};
		return [summary, ...items.map((item) => ({ type: 'stream', salonId: tenant, ...item }))];
	},
});

function streamItem(state: Readonly<StreamState>, rows: readonly RunRecord[], now: number) {
	const { stream, full_at: fullAt, changed_to: changedTo, backfilled_to: backfilledTo, last_ok_at: lastOkAt, last_error: lastError } = state;
	const run = rows.find((row) => row.stream === stream && isRunning(row, now));
	const reading = run === undefined ? null : { runId: run.runId, kind: run.kind, startedAt: run.startedAt, pages: run.pages, rows: run.rows, total: run.total };
	return {
		stream, state: run !== undefined ? 'reading' : lastError !== null ? 'failed' : fullAt === null ? 'never' : 'copied', fullAt, changedTo, backfilledTo, lastOkAt, lastError,
		lagMinutes: changedTo === null ? null : Math.max(0, Math.round((now - Date.parse(changedTo)) / MINUTE_MS)),
		/** A whole reading that was cut short: the next run goes on with it. */
		open: state.window_id === null ? null : { since: state.window_began_at, pages: state.window_pages, rows: state.window_rows, total: state.window_total },
		reading,
	};
}

function isRunning({ status: word, updatedAt }: RunRecord, now: number): boolean {
	return word === 'running' && now - Date.parse(updatedAt) < SILENT_MS;
}

/** The worst first. */
const ENDS: readonly string[] = ['running', 'interrupted', 'refused', 'failed', 'stopped', 'busy', 'done', 'unsupported'];

function lastRuns(rows: readonly RunRecord[], now: number): readonly RunSummary[] {
	const byRun = new Map<string, RunRecord[]>();
	for (const row of rows) byRun.set(row.runId, [...(byRun.get(row.runId) ?? []), row]);
	return [...byRun.values()].flatMap((ofRun): RunSummary[] => {
		const [first] = ofRun;
		if (first === undefined) return [];
		const words = ofRun.map((row) => (row.status === 'running' && !isRunning(row, now) ? 'interrupted' : row.status));
		const sum = (count: (row: RunRecord) => number): number => ofRun.reduce((total, row) => total + count(row), 0);
		const ends = ofRun.map(({ endedAt }) => endedAt);
		return [
			{
				runId: first.runId, kind: first.kind, status: ENDS.find((end) => words.includes(end)) ?? first.status,
				startedAt: ofRun.map(({ startedAt }) => startedAt).reduce((a, b) => (a < b ? a : b)), endedAt: ends.includes(null) ? null : ends.reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b)),
				streams: ofRun.map(({ stream }) => stream), pages: sum(({ pages }) => pages), rows: sum((row) => row.rows), changed: sum(({ inserted, updated, deleted }) => inserted + updated + deleted), rejected: sum(({ rejected }) => rejected),
			},
		];
	});
}
