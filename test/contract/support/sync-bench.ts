import { type Appointment, type BookingCrm, ok, STREAM_NAMES, type StreamPage } from '../../../core/booking';
import type { HttpPort } from '../../../core/crm/http';
import type { Store } from '../../../core/store';
import { createSync, type StreamReport, type Sync, type SyncKind, type SyncOrder } from '../../../core/sync';
import { DAY, NOW, type SyncHooks, type VendorBench, type VendorUnderTest } from './vendor-bench';
import { valueOf } from './bench';

/** Between two runs. */
export const STEP_MS = 30_000;
/** Longer than a lease. */
const LEASE_MS = 360_000;
const RANGE = { from: '2026-11-20T00:00:00Z', to: '2026-12-20T00:00:00Z', includeCancelled: true } as const;

/** A salon of a vendor with cards and visits, and its copy. */
export interface CopiedSalon {
	readonly bench: VendorBench;
	readonly hooks: SyncHooks;
	/** Ids of the cards, where the vendor has a stream of clients. */
	readonly cards: readonly string[];
	readonly visits: readonly Appointment[];
	/** Milliseconds since the epoch. */
	now: number;
	sync(store: Store, tenant: string, wrap?: (crm: BookingCrm) => BookingCrm): Sync;
	run(store: Store, tenant: string, order?: Partial<SyncOrder>, wrap?: (crm: BookingCrm) => BookingCrm): Promise<Readonly<Record<string, StreamReport>>>;
	/** Lets what a killed run held run out. */
	wait(): void;
	/** All visits by the adapter's own reading. */
	told(): Promise<readonly Appointment[]>;
	book(time: string, key: string, day?: string): Promise<Appointment>;
}

const CARDS = ['Алёна', 'Пётр «Ёж» O’Neil', 'Мария 😀', 'Анна; drop table', 'Ольга', 'Яна', 'Зоя'];

/** Opens a salon with seven cards more and five visits. */
export async function openCopied(vendor: VendorUnderTest, wrap?: (port: HttpPort) => HttpPort, limits = false): Promise<CopiedSalon> {
	const bench = await vendor.open({ ...(wrap === undefined ? {} : { wrap }), limits });
	const { sync: hooks, crm } = bench;
	if (hooks === undefined) throw new Error(`${vendor.name} has no hooks for the sync`);
	const { card } = hooks;
	const cards = card === undefined ? [] : CARDS.map((name, index) => card(name, `+7916300${String(1000 + index)}`));
	const salon: CopiedSalon = {
		bench, hooks, cards,
		visits: [],
		now: Date.parse(NOW),
		sync: (store, tenant, around = (one) => one) => createSync({ store, crm: around(crm), reader: hooks.reader, tenant, clock: () => salon.now }),
		async run(store, tenant, order = {}, around) {
			const { streams } = valueOf(await salon.sync(store, tenant, around).run({ kind: 'full', ...order }));
			salon.now += STEP_MS;
			return Object.fromEntries(streams.map((report) => [report.stream, report]));
		},
		wait: () => void (salon.now += LEASE_MS),
		told: async () => valueOf(await crm.appointments(RANGE)),
		book: async (time, key, day = DAY) => valueOf(await crm.createAppointment({ clientId: bench.clientId, serviceIds: [bench.serviceId], staffId: bench.staffId, start: `${day}T${time}:00+03:00` }, key)),
	};
	const visits: Appointment[] = [];
	const book = async (time: string, key: string, day?: string): Promise<void> => {
		// a booking asks a lot: the vendor's windows are to be free again
		if (limits) bench.clock.advance(60_000);
		visits.push(await salon.book(time, key, day));
	};
	for (const [index, time] of ['10:00', '12:00', '14:00', '16:00'].entries()) await book(time, `sync ${index}`);
	await book('11:00', 'sync other day', '2026-11-25');
	if (limits) bench.clock.advance(60_000);
	return Object.assign(salon, { visits });
}

/** An adapter with something between its pages and the sync. */
function wrapped(crm: BookingCrm, wrap: (page: StreamPage) => StreamPage): BookingCrm {
	return {
		...crm,
		stream: async function* (name, window) {
			for await (const page of crm.stream(name, window)) yield page.kind === 'ok' ? ok(wrap(page.value)) : page;
		},
	};
}

/** An adapter whose pages come turned round, every record twice. */
export function twice(crm: BookingCrm): BookingCrm {
	return wrapped(crm, (page) => ({ ...page, records: [...page.records].reverse().flatMap((record) => [record, record]) }));
}

/** An adapter whose records have these fields besides. */
export function widened(crm: BookingCrm, odd: object): BookingCrm {
	return wrapped(crm, (page) => ({ ...page, records: page.records.map(({ id, data }) => ({ id, data: { ...data, ...odd } })) }));
}

/** Whether the vendor tells what has changed, of clients or of visits. */
export function isTicking({ bench: { crm }, hooks: { reader } }: CopiedSalon): boolean {
	return (['clients', 'visits'] as const).some((name) => reader.windows[name] === 'changes' && crm.capabilities.streams.includes(name));
}

/** What the suites cannot ask of a vendor, and why. */
export function inabilities({ bench: { crm }, hooks }: CopiedSalon): readonly string[] {
	const { streams } = crm.capabilities;
	const { windows, checks = [] } = hooks.reader;
	return [
		...STREAM_NAMES.filter((name) => !streams.includes(name)).map((name) => `${name}, which its API does not list`),
		...(['clients', 'visits'] as const).filter((name) => streams.includes(name) && windows[name] !== 'changes').map((name) => `ticks of ${name} by changes, which its API does not tell: they are read ${windows[name] === 'starts' ? 'by when they begin' : 'whole'}`),
		...(['clients', 'visits'] as const).filter((name) => streams.includes(name) && !checks.includes(name)).map((name) => `looking for one of the ${name} by its id before it is gone, which its API has no list by ids for`),
		...(hooks.empty === undefined ? ['visits that lose what makes them one, which the front desk of the test cannot take away'] : []),
		...(hooks.arrive === undefined ? ['visits that took place, which its API does not tell from those that stand'] : []),
	];
}

/** Runs until every stream was read to its end: on a busy machine a request may be cut short by itself. */
export async function runThrough(salon: CopiedSalon, store: Store, tenant: string, kind: SyncKind = 'full'): Promise<Readonly<Record<string, StreamReport>>> {
	for (let run = 1; ; run += 1) {
		const reports = await salon.run(store, tenant, { kind });
		if (Object.values(reports).every(({ status }) => status === 'done') || run === 6) return reports;
	}
}

/** Rows by table. */
export type Rows = Readonly<Record<string, readonly { readonly id: string }[]>>;

/** Rows of the copy that are alive, without moments of the copy. */
export async function liveRows(store: Store, tenant: string): Promise<Rows> {
	const visits = await store.db.selectFrom('sync_visit').select(['id', 'client_id', 'staff_id', 'start_at', 'end_at', 'status', 'services_amount', 'lines', 'comment']).where('tenant', '=', tenant).where('deleted_at', 'is', null).where('status', '<>', 'cancelled').orderBy('id').execute();
	const clients = await store.db.selectFrom('sync_client').select(['id', 'name', 'phone', 'total_spent', 'services_amount', 'goods_sold', 'goods_amount', 'money_mismatch']).where('tenant', '=', tenant).where('deleted_at', 'is', null).orderBy('id').execute();
	const staff = await store.db.selectFrom('sync_staff').select(['id', 'name']).where('tenant', '=', tenant).where('deleted_at', 'is', null).orderBy('id').execute();
	const services = await store.db.selectFrom('sync_service').select(['id', 'title', 'price_min', 'price_max']).where('tenant', '=', tenant).where('deleted_at', 'is', null).orderBy('id').execute();
	return { visits, clients, staff, services };
}

/** How many rows of all tables are deleted or missing, but for those that are gone. */
export async function lostRows(store: Store, tenant: string, gone: ReadonlySet<string> = new Set()): Promise<number> {
	let lost = 0;
	for (const table of ['sync_company', 'sync_service', 'sync_staff', 'sync_client', 'sync_visit', 'sync_goods', 'sync_schedule'] as const) {
		const rows = await store.db.selectFrom(table as 'sync_client').select('id').where('tenant', '=', tenant).where(({ or, eb }) => or([eb('deleted_at', 'is not', null), eb('missing_since', 'is not', null)])).execute();
		lost += rows.filter(({ id }) => !gone.has(id)).length;
	}
	return lost;
}

export const changed = (reports: Readonly<Record<string, StreamReport>>): number => Object.values(reports).reduce((sum, { inserted, updated, deleted }) => sum + inserted + updated + deleted, 0);
export const statuses = (reports: Readonly<Record<string, StreamReport>>): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(reports).map(([stream, { status, message }]) => [stream, message === null ? status : `${status}: ${message}`]));
