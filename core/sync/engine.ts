import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { type Company, ok, type Outcome, type StreamName } from '../booking';
import { createLock } from '../store/lock';
import { type Copy, createCopy, createRunBook, LeaseLost, type RunBook, streamLock } from '../store/sync';
import type { Ending } from './ending';
import type { StreamReport, SyncOrder, SyncParts, SyncReport } from './order';
import { StreamRun } from './stream-run';

/** Longer than the slowest page takes to come. */
const LEASE_MS = 300_000;
/** Rows of one transaction: with fewer, the pages of its indexes are written more often. */
const BATCH_ROWS = 1000;
const BUSY: Ending = { status: 'busy', message: 'Another run reads this stream just now; nothing was done.' };

export interface Sync {
	/**
	 * Copies the branch. Ends by itself, at `stopAt` or with the signal, always between two pages; whatever ended it, the
	 * next run goes on. Unavailable or refused only when the branch itself cannot be read; errors of the store are thrown.
	 */
	run(order: SyncOrder): Promise<Outcome<SyncReport>>;
	readonly book: RunBook;
}

/** The copy of one branch of a CRM in the store. */
export function createSync(parts: SyncParts): Sync {
	const { store, crm, tenant, clock = Date.now } = parts;
	const copy = createCopy(store, { tenant, clock });
	const book = createRunBook(store, { tenant, clock });
	const lock = createLock(store, { tenant, clock, leaseMs: LEASE_MS, waitMs: 0 });
	return {
		book,
		async run(order) {
			const company = await crm.company();
			if (company.kind !== 'ok') return company;
			const run = new Run({ parts, copy, book, lock, order, company: company.value, runId: randomUUID(), now: clock });
			return ok(await run.all());
		},
	};
}

interface RunParts {
	readonly parts: SyncParts;
	readonly copy: Copy;
	readonly book: RunBook;
	readonly lock: ReturnType<typeof createLock>;
	readonly order: SyncOrder;
	readonly company: Company;
	readonly runId: string;
	readonly now: () => number;
}

class Run {
	/** The credential is no good: there is no use in asking on. */
	private isHalted = false;

	constructor(private readonly own: RunParts) {}

	async all(): Promise<SyncReport> {
		const { order, parts, copy, runId } = this.own;
		const wanted = (order.streams ?? parts.crm.capabilities.streams).filter((name, index, all) => all.indexOf(name) === index);
		// clients last where visits and sales tell whose totals have moved: what is paid meanwhile is then in the total, and the next tick brings its visit
		const isLast = order.kind === 'incremental' || (order.kind === 'full' && parts.reader.clientsById);
		const early = isLast ? wanted.filter((name) => name !== 'clients') : wanted;
		const reports = [...(await this.together(early)), ...(await this.together(wanted.filter((name) => !early.includes(name))))];
		while (await copy.sumSome()) await turn();
		const isDone = reports.every(({ status }) => status === 'done' || status === 'unsupported');
		return { runId, kind: order.kind, status: isDone ? 'done' : 'partial', streams: wanted.flatMap((name) => reports.filter(({ stream }) => stream === name)) };
	}

	/** Several streams at once: their pages share the vendor's limit. An error of the store waits for the others to end. */
	private async together(names: readonly StreamName[]): Promise<readonly StreamReport[]> {
		const settled = await Promise.allSettled(names.map((name) => this.one(name)));
		const failure = settled.find((one) => one.status === 'rejected');
		if (failure !== undefined) throw failure.reason;
		return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	}

	private async one(name: StreamName): Promise<StreamReport> {
		const { parts, copy, book, lock, order, runId } = this.own;
		if (!parts.crm.capabilities.streams.includes(name)) return this.report(name, { status: 'unsupported', message: 'The CRM has no such list.' });
		const held = await lock.run([streamLock(name)], async (lease) => {
			await copy.state(name);
			await book.begin(runId, name, order.kind);
			const stream = new StreamRun(name, { ...this.own, lease, batchRows: parts.batchRows ?? BATCH_ROWS, isOver: () => this.isOver() });
			const ending = await stream[order.kind]().catch((error: unknown): Ending => {
				if (error instanceof LeaseLost) return BUSY;
				throw error;
			});
			if (ending.status === 'refused' || ending.status === 'failed') await copy.failed(name, ending.error ?? ending.status, ending.anew);
			if (ending.halts === true) this.isHalted = true;
			await book.end(runId, name, ending.status);
			return ok(ending);
		});
		return this.report(name, held.kind === 'ok' ? held.value : BUSY);
	}

	private isOver(): boolean {
		const { order, now } = this.own;
		return this.isHalted || order.signal?.aborted === true || (order.stopAt !== undefined && now() >= order.stopAt);
	}

	private async report(stream: StreamName, { status, message, fields }: Ending): Promise<StreamReport> {
		const row = (await this.own.book.of(this.own.runId)).find((one) => one.stream === stream);
		const { pages = 0, rows_in: rows = 0, inserted = 0, updated = 0, unchanged = 0, deleted = 0, rejected = 0 } = row ?? {};
		return { stream, status, message, pages, rows, inserted, updated, unchanged, deleted, rejected, newFields: fields?.appeared ?? [], missingFields: fields?.vanished ?? [] };
	}
}
