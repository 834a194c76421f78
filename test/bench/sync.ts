import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type BookingCrm, type Company, ok, type StreamName, type StreamReader, type StreamRecord, type SyncedRow } from '../../core/booking';
import { openStore, type StoreConfig } from '../../core/store';
import { createSync } from '../../core/sync';
import type { Figure } from './machine';

const CLIENTS = 10_000;
const VISITS = 36_500;
const SALES = 4000;
const PAGE = 200;
const DAY_MS = 86_400_000;
const T0 = Date.parse('2026-11-21T00:00:00.000Z');
const COMPANY: Company = { id: '1', name: 'Bench', zone: 'Europe/Moscow', currency: 'RUB', address: null, phone: null, workingHours: {}, changeNoticeMinutes: 0, bookingNoticeMinutes: 0, bookingHorizonDays: 30 };

const at = (days: number): string => new Date(T0 - days * DAY_MS).toISOString();
/** What a vendor gives beside the columns: about four hundred characters. */
const EXTRA = { online: true, confirmed: 1, sms_before: 0, created_user_id: 410_022, payment_status: 0, custom_color: '', record_labels: [], custom_fields: [], from_url: '', note: 'x'.repeat(200) };

const ROWS: Readonly<Partial<Record<StreamName, { readonly count: number; row(index: number): SyncedRow }>>> = {
	clients: {
		count: CLIENTS,
		row: (index) => ({ entity: 'client', id: `${77_000_000 + index}`, name: `Анна ${index}`, phone: `+7916${String(index).padStart(7, '0')}`, email: '', totalSpent: 1_000_000, visitsCount: 4, firstVisitOn: '2025-06-01', lastVisitOn: '2026-11-01', extra: {} }),
	},
	visits: {
		count: VISITS,
		row: (index) => ({
			entity: 'visit', id: `${88_000_000 + index}`, visitId: `${66_000_000 + index}`, clientId: `${77_000_000 + ((index * 7919) % CLIENTS)}`, staffId: `${50_000 + (index % 8)}`, start: at((index % 600) + 1), end: at(index % 600), status: 'arrived',
			lines: [{ serviceId: '901101', title: 'Женская стрижка', amount: 1, cost: 250_000 }], comment: '', changedAt: at(index % 600), createdAt: at((index % 600) + 5), extra: EXTRA,
		}),
	},
	goods: { count: SALES, row: (index) => ({ entity: 'goods', id: `${55_000_000 + index}`, clientId: `${77_000_000 + ((index * 7919) % CLIENTS)}`, staffId: null, visitId: null, title: 'Шампунь', amount: 1, cost: 120_000, soldAt: at(index % 300), extra: {} }) },
};
const TOTAL = CLIENTS + VISITS + SALES;

const reader: StreamReader = {
	windows: { company: 'whole', services: 'whole', staff: 'whole', clients: 'changes', visits: 'changes', goods: 'changes', schedules: 'whole' },
	clientsById: false,
	read: (_name, { data }) => ({ kind: 'row', row: data as unknown as SyncedRow }),
};

/** Made before anything is measured. */
const MADE: Readonly<Record<string, readonly StreamRecord[]>> = Object.fromEntries(
	Object.entries(ROWS).map(([name, { count, row }]) => [name, Array.from({ length: count }, (_unused, index) => row(index)).map((one) => ({ id: one.id, data: one as unknown as Record<string, unknown> }))]),
);

/** A CRM whose answers cost nothing. */
const crm: Pick<BookingCrm, 'company' | 'stream' | 'capabilities'> = {
	capabilities: {
		slots: 'native', idempotentWrites: false, findByOperation: false, atomicBooking: false, reschedule: false, cancel: false, createClient: false, updateClient: false, severalServices: false, guestName: false,
		streams: ['clients', 'visits', 'goods'],
	},
	company: async () => ok(COMPANY),
	stream: async function* (name, { cursor }) {
		const source = ROWS[name];
		if (source === undefined) return;
		for (let from = Number(cursor ?? 0); ; from += PAGE) {
			const to = Math.min(from + PAGE, source.count);
			yield ok({ records: (MADE[name] ?? []).slice(from, to), cursor: to >= source.count ? null : String(to), exact: true, total: source.count });
			if (to >= source.count) return;
		}
	},
};

interface Pass {
	/** Rows a second, and rows a second of the processor: on a busy machine the first falls and the second stays. */
	readonly rate: number;
	readonly cpuRate: number;
}

export interface SyncMeasure {
	readonly first: Pass;
	/** A second copy, which finds nothing changed. */
	readonly again: Pass;
	/** The 99th part of a hundred of all pauses of the event loop, in milliseconds. */
	readonly pauseP99: number;
	readonly rssMb: number;
}

/** Copies a salon of ten thousand clients into an empty store, twice. */
export async function measureSync(config: StoreConfig): Promise<SyncMeasure> {
	const store = await openStore(config, { keys: ['bench'] });
	const sync = createSync({ store, crm, reader, tenant: 'bench' });
	const before = process.memoryUsage().rss;
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	let rss = before;
	const pass = async (): Promise<Pass> => {
		const [began, cpu] = [performance.now(), process.cpuUsage()];
		const report = await sync.run({ kind: 'full', onProgress: () => (rss = Math.max(rss, process.memoryUsage.rss())) });
		if (report.kind !== 'ok' || report.value.status !== 'done') throw new Error(`the sync ended as ${JSON.stringify(report)}`);
		const { user, system } = process.cpuUsage(cpu);
		return { rate: TOTAL / ((performance.now() - began) / 1000), cpuRate: TOTAL / ((user + system) / 1e6) };
	};
	const first = await pass();
	const again = await pass();
	delay.disable();
	await store.close();
	return { first, again, pauseP99: delay.percentile(99) / 1e6, rssMb: (rss - before) / 1e6 };
}

/** The figures of the sync for docs/benchmarks.md. */
export async function benchSync(): Promise<readonly Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'ai-admin-bench-'));
	const { first, again, pauseP99, rssMb } = await measureSync({ engine: 'sqlite', path: join(folder, 'bench.sqlite') });
	rmSync(folder, { recursive: true, force: true });
	const method = `${CLIENTS.toLocaleString('en')} clients, ${VISITS.toLocaleString('en')} visits with their lines, ${SALES.toLocaleString('en')} sales, pages of ${PAGE}, each with its checkpoint in one transaction, sums included`;
	const rate = ({ rate: wall, cpuRate }: Pass): string => `${Math.round(wall).toLocaleString('en')} rows/s (${Math.round(cpuRate).toLocaleString('en')} a second of processor)`;
	return [
		{ name: 'sync, first copy on SQLite', value: rate(first), goal: '>= 30,000 rows/s', met: first.rate >= 30_000, method },
		{ name: 'sync, nothing changed, on SQLite', value: rate(again), goal: '>= 30,000 rows/s', met: again.rate >= 30_000, method },
		{ name: 'sync, pause of the event loop, p99', value: `${pauseP99.toFixed(1)} ms`, goal: '<= 50 ms', met: pauseP99 <= 50, method },
		{ name: 'sync, memory', value: `${Math.round(rssMb)} MB`, goal: '<= 150 MB', met: rssMb <= 150, method: `${method}; growth of the process` },
	];
}

if (require.main === module) {
	void benchSync().then((figures) => {
		for (const { name, value, goal, met } of figures) process.stdout.write(`${name}: ${value} (${goal}) ${met ? 'met' : 'NOT MET'}\n`);
	});
}
