import { createSync, type StreamReport, type SyncKind, type SyncReport } from '../../core/sync';
import { bindSource, createChangeFeed, createCopyQuery, ENTITY_OF, sourceOf } from '../../core/store/sync';
import type { Company, Instant, StreamName } from '../../core/booking';
import { ParameterError, PartialError, valueOf } from '../shared/errors';
import { now } from '../shared/salon';
import type { SyncAccount } from '../shared/sync-account';
import { changeItems, type ChangeItem } from '../shared/sync-changes';
import type { SyncContext } from './context';
import type { RunOptions } from './options';

/** Changes older than this go, read or not. */
const CHANGES_KEPT_MS = 30 * 86_400_000;

/** What an operation asks of a run. */
export interface RunRequest {
	readonly operation: string;
	readonly kind: SyncKind;
	readonly streams: readonly StreamName[] | undefined;
	readonly options: RunOptions;
	readonly since?: Instant;
	/** A second whole reading, at once, of the lists in which something was missing. */
	readonly secondPass?: boolean;
	/** Deletes however many are missing. */
	readonly acceptsMissing?: boolean;
}

const COUNTS = ['pages', 'rows', 'inserted', 'updated', 'unchanged', 'deleted', 'rejected'] as const;
type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

/** The item of a run: counts, no person but in `changes`. */
export interface RunItem extends Counts {
	readonly salonId: string;
	readonly crm: string;
	readonly operation: string;
	readonly runId: string;
	readonly kind: SyncKind;
	readonly status: 'done' | 'stopped' | 'busy' | 'failed';
	readonly message: string | null;
	readonly startedAt: string;
	readonly durationMs: number;
	readonly requests: number;
	readonly streams: readonly StreamReport[];
	readonly changes?: readonly ChangeItem[];
	readonly moreChanges?: boolean;
}

/** Runs the sync of a salon. Throws {@link PartialError} with the item when a list could not be read. */
export async function runSync(context: SyncContext, request: RunRequest): Promise<RunItem> {
	const { tenant, opened: { store }, log } = context;
	const startedAt = Date.now();
	const account = await context.account();
	const company = valueOf(await account.crm.company());
	await keepToOneAccount(context, account, company);
	const feed = createChangeFeed(store, tenant);
	const [before, began] = [await feed.head(), now()];
	const report = await passes(context, account, request, startedAt);
	await feed.forget(new Date(startedAt - CHANGES_KEPT_MS).toISOString());
	const { maxChanges } = request.options;
	const changes = maxChanges === 0 ? [] : await feed.after(before, maxChanges + 1);
	const item: RunItem = {
		salonId: tenant, crm: account.vendor, operation: request.operation, runId: report.runId, kind: request.kind, ...statusOf(report.streams),
		startedAt: began, durationMs: Date.now() - startedAt, requests: account.requests(), ...sumOf(report.streams), streams: report.streams,
		...(maxChanges === 0 ? {} : { changes: await changeItems(createCopyQuery(store, tenant), tenant, changes.slice(0, maxChanges)), moreChanges: changes.length > maxChanges }),
	};
	log('info', 'CRM Sync has ended a run', { runId: item.runId, crm: item.crm, kind: item.kind, status: item.status, requests: item.requests, rows: item.rows, rejected: item.rejected, durationMs: item.durationMs });
	if (item.status === 'failed') throw failed(account, item);
	return item;
}

/** Two accounts in one copy would pass each other's clients for their own. */
async function keepToOneAccount({ tenant, opened: { store } }: SyncContext, { vendor, name }: SyncAccount, { id }: Company): Promise<void> {
	const own = sourceOf(vendor, id);
	const bound = await bindSource(store, tenant, own, now());
	if (bound.vendor === own.vendor && bound.account === own.account) return;
	throw new ParameterError(`The salon "${tenant}" is the copy of another CRM account`, `It was first copied from ${bound.vendor}. Choose that account again, or use another Salon ID for this branch of ${name}, in every node of the salon. If the first account was a mistake, run Reset Cursor with Free Salon ID.`);
}

async function passes(context: SyncContext, account: SyncAccount, request: RunRequest, startedAt: number): Promise<SyncReport> {
	const { tenant, opened: { store }, signal, executionEndsAt, log } = context;
	const { options: { timeLimitMs, lookbackMs, skipFreshMs }, kind, since } = request;
	const sync = createSync({ store, crm: account.crm, reader: account.reader, tenant });
	const order = {
		kind, since, lookbackMs, signal, acceptsMissing: request.acceptsMissing,
		stopAt: Math.min(startedAt + timeLimitMs, executionEndsAt ?? Number.POSITIVE_INFINITY),
		freshAfter: skipFreshMs === undefined ? undefined : new Date(startedAt - skipFreshMs).toISOString(),
		onProgress: ({ runId, stream, pages, rows, total }: { runId: string; stream: string; pages: number; rows: number; total: number | null }) => log('debug', 'CRM Sync has read', { runId, stream, pages, rows, total }),
	};
	const first = valueOf(await sync.run({ ...order, ...(request.streams === undefined ? {} : { streams: request.streams }) }));
	if (request.secondPass !== true) return first;
	const doubtful = await doubtfulOf(context, first);
	if (doubtful.length === 0) return first;
	return together(first, valueOf(await sync.run({ ...order, streams: doubtful })));
}

/** Lists whose reading went through and missed something. */
async function doubtfulOf({ tenant, opened: { store } }: SyncContext, { streams }: SyncReport): Promise<readonly StreamName[]> {
	const query = createCopyQuery(store, tenant);
	const doubtful: StreamName[] = [];
	for (const { stream, status, message } of streams) {
		// with a message nothing was deleted on purpose, and another reading would say the same
		if (status === 'done' && message === null && (await query.missing(ENTITY_OF[stream])) > 0) doubtful.push(stream);
	}
	return doubtful;
}

function together(first: SyncReport, second: SyncReport): SyncReport {
	const streams = first.streams.map((one): StreamReport => {
		const again = second.streams.find(({ stream }) => stream === one.stream);
		return again === undefined ? one : { ...again, ...sumOf([one, again]) };
	});
	return { ...first, streams };
}

function sumOf(all: readonly Counts[]): Counts {
	return Object.fromEntries(COUNTS.map((name) => [name, all.reduce((sum, one) => sum + one[name], 0)])) as Record<(typeof COUNTS)[number], number>;
}

function statusOf(streams: readonly StreamReport[]): Pick<RunItem, 'status' | 'message'> {
	const { status, message } = endOf(streams);
	// a list that was read and yet has something to say: nobody looks into the lists of a run that is done
	const notes = streams.flatMap((one) => (one.status === 'done' && one.message !== null ? [`${one.stream}: ${one.message}`] : []));
	const said = [...(message === null ? [] : [message]), ...notes];
	return { status, message: said.length === 0 ? null : said.join(' ') };
}

function endOf(streams: readonly StreamReport[]): Pick<RunItem, 'status' | 'message'> {
	const has = (...wanted: readonly StreamReport['status'][]): boolean => streams.some(({ status }) => wanted.includes(status));
	if (has('refused', 'failed')) return { status: 'failed', message: `Not read: ${unread(streams).map(({ stream }) => stream).join(', ')}. The next run goes on where this one stopped.` };
	if (has('busy')) return { status: 'busy', message: 'Another run reads these lists just now; what it leaves, the next run reads.' };
	if (has('stopped')) return { status: 'stopped', message: 'The time was up, or the execution was cancelled; the next run goes on where this one stopped.' };
	return { status: 'done', message: null };
}

function unread(streams: readonly StreamReport[]): readonly StreamReport[] {
	return streams.filter(({ status }) => status === 'refused' || status === 'failed');
}

function failed({ name }: SyncAccount, item: RunItem): PartialError {
	const bad = unread(item.streams);
	const why = bad.map(({ stream, message }) => `${stream}: ${message ?? 'no reason given'}`).join(' ');
	return new PartialError(`${bad.length} of ${item.streams.length} lists of ${name} could not be read`, `${why} What was read is kept; run the node again when this is mended, it goes on where it stopped.`, item);
}
