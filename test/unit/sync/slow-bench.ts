import { ok, type StreamWindow, type SyncedRow } from '../../../core/booking';
import { createSync, type StreamReport, type SyncOrder } from '../../../core/sync';
import type { Store } from '../../../core/store';
import { valueOf } from '../../contract/support/bench';
import { HOUR } from './bench';
import { createCrmDouble, fill, T0 } from './double';

export const MINUTE = 60_000;
export const DAY = 24 * HOUR;
export const PAGE_MS = 2 * MINUTE;
export const TICK_MS = 15 * MINUTE;
const LIMIT_MS = 10 * MINUTE;

export interface SlowOptions {
	readonly window: 'changes' | 'starts';
	readonly counts?: boolean;
	readonly pageSize?: number;
	/** Takes a reading that was resumed for exact too, as a vendor that pages by ids does. */
	readonly sure?: boolean;
	/** Passes over the bounds of a window. */
	readonly ignores?: boolean;
}

let tenants = 0;

/** A vendor that takes two minutes for a page of visits, and runs that end after ten. */
export function slowBench(store: Store, { window: kind, counts = false, pageSize = 1, sure = false, ignores = false }: SlowOptions) {
	const double = createCrmDouble();
	fill(double);
	const visits = new Map<string, SyncedRow>();
	const tenant = `slow ${(tenants += 1)}`;
	const asked: { readonly window: StreamWindow; readonly page: number; readonly at: number }[] = [];
	const bench = { now: T0, pageMs: PAGE_MS, visits, asked, beforePage: (_page: number): void => undefined };
	Object.assign(double.reader, { checks: ['visits'], clientsById: false, windows: { ...double.reader.windows, visits: kind } });
	const timeOf = (row: SyncedRow): string => (kind === 'changes' ? (row.changedAt ?? '') : row.entity === 'visit' ? row.start : '');
	Object.assign(double.crm, {
		async *stream(_name: 'visits', window: StreamWindow) {
			for (let page = Number(window.cursor ?? 1); ; page += 1) {
				bench.beforePage(page);
				asked.push({ window, page, at: bench.now });
				bench.now += bench.pageMs;
				const isIn = (row: SyncedRow): boolean => (window.ids === undefined ? ignores || ((window.from === undefined || timeOf(row) >= window.from) && (window.to === undefined || timeOf(row) < window.to)) : window.ids.includes(row.id));
				const all = [...visits.values()].filter(isIn).sort((a, b) => (a.id < b.id ? -1 : 1));
				const isLast = page * pageSize >= all.length;
				// as vendors that page by number have it, a reading that was resumed is not exact
				yield ok({ records: all.slice((page - 1) * pageSize, page * pageSize).map((row) => ({ id: row.id, data: row as never })), cursor: isLast ? null : String(page + 1), exact: sure || window.cursor === undefined, total: counts ? all.length : null });
				if (isLast) return;
			}
		},
	});
	const syncOn = (on: Store): ReturnType<typeof createSync> => createSync({ store: on, crm: double.crm, reader: double.reader, tenant, clock: () => bench.now, batchRows: 1 });
	return {
		...double, bench, tenant,
		async run(order: Partial<SyncOrder> = {}, every = TICK_MS, on: Store = store): Promise<StreamReport> {
			const began = bench.now;
			const { streams } = valueOf(await syncOn(on).run({ kind: 'incremental', streams: ['visits'], stopAt: began + LIMIT_MS, ...order }));
			bench.now = Math.max(bench.now, began + every);
			const [report] = streams;
			if (report === undefined) throw new TypeError('No report');
			return report;
		},
		state: () => store.db.selectFrom('sync_stream').selectAll().where('tenant', '=', tenant).where('stream', '=', 'visits').executeTakeFirstOrThrow(),
		rows: () => store.db.selectFrom('sync_visit').select(['id', 'comment', 'deleted_at', 'missing_since']).where('tenant', '=', tenant).orderBy('id').execute(),
	};
}

export const id = (index: number): string => `v${String(index).padStart(3, '0')}`;
export const at = (days: number): string => new Date(T0 + days * DAY).toISOString();
export const stale = (rows: readonly { readonly id: string; readonly comment: string }[]): readonly string[] => rows.filter(({ comment }) => comment === '').map((row) => row.id);
