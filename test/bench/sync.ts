import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type BookingCrm, type Company, ok, type StreamName, type StreamReader, type StreamRecord, type SyncedRow } from '../../core/booking';
import { openStore, type StoreConfig } from '../../core/store';
import { createSync } from '../../core/sync';
import { RATE_WINDOWS } from '../../core/crm/yclients';
import { createMemoryLimiter } from '../../core/store/limiter';
import { Client } from 'pg';
import { floorOf, FULL_RUN, play, secondsOf } from '../unit/crm-http/shared-limit';
import { commit, type Figure, machine, percentiles } from './machine';

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
	const figures = [...(await benchVendor()), ...figuresOf('SQLite', await measureSync({ engine: 'sqlite', path: join(folder, 'bench.sqlite') }), 30_000)];
	rmSync(folder, { recursive: true, force: true });
	const connectionString = process.env['TEST_POSTGRES_URL'] ?? 'postgres://root@127.0.0.1:5432/test';
	const schema = `bench_${process.pid}`;
	const client = new Client({ connectionString });
	const isThere = await client.connect().then(() => true, () => false);
	if (!isThere) return figures;
	try {
		return [...figures, ...figuresOf('Postgres', await measureSync({ engine: 'postgres', connectionString, schema }), 0)];
	} finally {
		await client.query(`drop schema if exists ${schema} cascade`);
		await client.end();
	}
}

function figuresOf(engine: string, { first, again, pauseP99, rssMb }: SyncMeasure, goal: number): readonly Figure[] {
	const method = `${CLIENTS.toLocaleString('en')} clients, ${VISITS.toLocaleString('en')} visits with their lines, ${SALES.toLocaleString('en')} sales, pages of ${PAGE}, each with its checkpoint in one transaction, sums included`;
	const rate = ({ rate: wall, cpuRate }: Pass): string => `${Math.round(wall).toLocaleString('en')} rows/s (${Math.round(cpuRate).toLocaleString('en')} a second of processor)`;
	const least = goal === 0 ? 'none' : `>= ${goal.toLocaleString('en')} rows/s`;
	return [
		{ name: `sync, first copy on ${engine}`, value: rate(first), goal: least, met: first.rate >= goal, method },
		{ name: `sync, nothing changed, on ${engine}`, value: rate(again), goal: least, met: again.rate >= goal, method },
		{ name: `sync, pause of the event loop on ${engine}, p99`, value: `${pauseP99.toFixed(1)} ms`, goal: '<= 50 ms', met: pauseP99 <= 50, method },
		{ name: `sync, memory on ${engine}`, value: `${Math.round(rssMb)} MB`, goal: '<= 150 MB', met: rssMb <= 150, method: `${method}; growth of the process` },
	];
}

/** What the vendor's limit makes of it, in virtual time. */
async function benchVendor(): Promise<readonly Figure[]> {
	const limiterOf = (clock: () => number): ReturnType<typeof createMemoryLimiter> => createMemoryLimiter({ windows: RATE_WINDOWS, clock });
	const requests = FULL_RUN.reduce((sum, pages) => sum + pages, 0);
	const seconds = await secondsOf(FULL_RUN, 3, limiterOf);
	const predecessor = await secondsOf([CLIENTS + 50], 3, limiterOf);
	const ratio = seconds / floorOf(RATE_WINDOWS, requests, 0.8);
	const method = 'the transport and limiter of the package at 5 requests/s and 200/min, 0.5 s a request, virtual time';
	let shared: ReturnType<typeof createMemoryLimiter> | null = null;
	const { limited, waits } = await play(RATE_WINDOWS, { tenants: 30, minutes: 10, dialoguesAMinute: 10, silentMinutes: 0, seed: 1 }, (clock) => (shared ??= limiterOf(clock)));
	const { p99 } = percentiles(waits);
	return [
		{ name: 'full run of 10,000 clients, nobody in a dialogue', value: `${requests} requests, ${seconds.toFixed(0)} s, ${ratio.toFixed(2)} x the least time at 80 % of the limit, ${(seconds / floorOf(RATE_WINDOWS, requests, 1)).toFixed(2)} x that of the whole limit`, goal: '<= 1.15', met: ratio <= 1.15, method },
		{ name: 'a request a client, as the predecessor asked', value: `${(predecessor / 60).toFixed(0)} min, ${(predecessor / seconds).toFixed(0)} x as long`, goal: 'none', met: true, method },
		{ name: '30 salons at one address, 10 minutes: refused by the vendor', value: String(limited), goal: '0', met: limited === 0, method: `${method}; on the way up to 0.25 s longer` },
		{ name: '30 salons at one address: wait of a dialogue\u2019s request, p99', value: `${p99.toFixed(0)} ms`, goal: '< 1 s', met: p99 < 1000, method: `${method}; 10 dialogues of 1 to 5 requests a minute, full syncs never at rest` },
	];
}

if (require.main === module) {
	process.stdout.write(`${machine()}, commit ${commit()}\n`);
	void benchSync().then((figures) => {
		for (const { name, value, goal, met } of figures) process.stdout.write(`${name}: ${value} (${goal}) ${met ? 'met' : 'NOT MET'}\n`);
	});
}
