import type { StreamReport, SyncKind } from '../../../core/sync';
import type { Store } from '../../../core/store';
import { createRandom, cut, emptyBody, errorIn200, failing, type Fault, htmlPage, type Random, throttled, truncated } from '../simulators/kit';
import { type CopiedSalon, isTicking, liveRows, lostRows, type Rows, runThrough } from './sync-bench';

const FAULTS: readonly (() => Fault)[] = [
	() => failing(500), () => failing(502), () => failing(503), () => throttled(1), () => throttled(), () => cut('none'), () => cut('done'), () => truncated(), () => emptyBody(200), () => htmlPage(200), () => htmlPage(503), () => errorIn200(),
	() => failing(404), () => failing(403), () => failing(400),
];
/** Longer than a tick and an adapter look back together: a change that one tick lost is not read again by the next. */
const ROUND_MS = 1_500_000;
/** A tick asks for the branch, then for its lists: one of them is struck, most often until it fails. */
const TICK_REQUESTS = 3;
const MONEY: ReadonlySet<string> = new Set(['total_spent', 'services_amount', 'goods_sold', 'goods_amount', 'money_mismatch', 'price_min', 'price_max']);

export interface FaultsPlayed {
	/** Requests that met a fault. */
	readonly faults: number;
	/** Changes that the front desk made meanwhile. */
	readonly edits: number;
	/** Rows that were deleted or marked though the vendor still had them, after whichever run. */
	readonly falseDeletions: number;
	/** Rows that ticks left other than a copy made anew, and those that whole readings left so. */
	readonly lostUpdates: number;
	/** Sums of such rows. */
	readonly wrongMoney: number;
	readonly reports: readonly Readonly<Record<string, StreamReport>>[];
}

/**
 * Runs over a salon that goes on working, with faults drawn by lot: from some request on for some requests or for all. After
 * each the vendor is well again. In the end ticks, and after them whole readings, must have brought what a copy made anew
 * holds; at no moment may anything be gone that the vendor still has.
 */
export async function playFaults(salon: CopiedSalon, store: Store, tenant: string, { seed, rounds }: { readonly seed: number; readonly rounds: number }): Promise<FaultsPlayed> {
	const random = createRandom(seed);
	const { bench, hooks } = salon;
	const { faults, requests } = bench;
	const desk = new FrontDesk(salon, random);
	const reports: Readonly<Record<string, StreamReport>>[] = [];
	const ticks = isTicking(salon);
	let [met, falseDeletions] = [0, 0];
	let moment = hooks.clock.now();
	requests.clear();
	await runThrough(salon, store, tenant);
	const most = Math.max(0, requests.all.length - 1);
	/** What a refusal told the transport to wait for is over, and nothing is remembered. */
	const pass = (): void => {
		salon.wait();
		bench.clock.advance(7_200_000);
		bench.forget();
		if (!ticks) return;
		moment += ROUND_MS;
		hooks.clock.set(new Date(moment).toISOString());
		salon.now = Math.max(salon.now, moment);
	};
	for (let round = 0; round < rounds; round += 1) {
		pass();
		await desk.work();
		// so long ago that only a bound that stood still brings it
		pass();
		// whole readings would mend what ticks have lost: the second half does without
		const kind: SyncKind = round < rounds / 2 ? random.pick(['full', 'incremental'] as const) : 'incremental';
		requests.clear();
		faults.add(random.pick(FAULTS)(), kind === 'full' ? { skip: random.integer(0, most), times: random.pick([1, 2, 5, Infinity]) } : { skip: random.integer(1, TICK_REQUESTS), times: random.pick([1, 5, Infinity, Infinity]) });
		const outcome = await salon.sync(store, tenant).run({ kind });
		met += requests.all.filter(({ fault }) => fault !== null).length;
		if (outcome.kind === 'ok') reports.push(Object.fromEntries(outcome.value.streams.map((report) => [report.stream, report])));
		faults.clear();
		falseDeletions += await lostRows(store, tenant, desk.gone);
	}
	// two: where nothing tells what is gone, the second reading that misses it is the proof
	for (let tick = 0; tick < 2; tick += 1) {
		pass();
		reports.push(await runThrough(salon, store, tenant, 'incremental'));
	}
	const anew = `${tenant}, anew`;
	await runThrough(salon, store, anew);
	const truth = await liveRows(store, anew);
	const afterTicks = differences(truth, await liveRows(store, tenant), desk.untold);
	for (let run = 0; run < 2; run += 1) {
		pass();
		reports.push(await runThrough(salon, store, tenant));
	}
	const afterAll = differences(truth, await liveRows(store, tenant), new Set());
	falseDeletions += await lostRows(store, tenant, desk.gone);
	return { faults: met, edits: desk.edits, falseDeletions, lostUpdates: afterTicks.rows + afterAll.rows, wrongMoney: afterTicks.sums + afterAll.sums, reports };
}

/** Works past the API with cards, and through an adapter with visits, as a front desk and clients do. */
class FrontDesk {
	/** What the vendor has no longer, or has cancelled. */
	readonly gone = new Set<string>();
	/** What is gone without a word where ticks tell changes. */
	readonly untold = new Set<string>();
	edits = 0;
	private readonly cards: string[];
	private readonly standing: string[];
	private booked = 0;
	private opened = 0;

	constructor(
		private readonly salon: CopiedSalon,
		private readonly random: Random,
	) {
		this.cards = [...salon.cards];
		this.standing = salon.visits.map(({ id }) => id);
	}

	async work(): Promise<void> {
		const { hooks } = this.salon;
		const acts: readonly (() => unknown)[] = [
			() => this.book(), () => this.cancel(), () => this.drop(),
			...(hooks.rename === undefined ? [] : [() => this.rename()]),
			...(hooks.card === undefined ? [] : [() => this.open()]),
			...(hooks.arrive === undefined ? [] : [() => this.arrive()]),
		];
		for (let act = this.random.integer(1, 3); act > 0; act -= 1) await this.random.pick(acts)();
	}

	private rename(): void {
		this.salon.hooks.rename?.(this.random.pick(this.cards), `Имя ${this.edits}`);
		this.edits += 1;
	}

	private open(): void {
		this.opened += 1;
		this.cards.push(this.salon.hooks.card?.(`Гость ${this.opened}`, `+7916500${String(1000 + this.opened)}`) ?? '');
		this.edits += 1;
	}

	private async book(): Promise<void> {
		const { bench } = this.salon;
		const [day, hour] = [26 + (this.booked % 2), 10 + Math.floor(this.booked / 2) % 9];
		this.booked += 1;
		const told = await bench.crm.createAppointment({ clientId: bench.clientId, serviceIds: [bench.serviceId], staffId: bench.staffId, start: `2026-11-${day}T${hour}:00:00+03:00` }, `faults ${this.booked}`);
		if (told.kind !== 'ok') return;
		this.standing.push(told.value.id);
		this.edits += 1;
	}

	/** A standing visit, which stands no longer; there is always one left. */
	private take(): string | null {
		return this.standing.length < 2 ? null : (this.standing.splice(this.random.integer(0, this.standing.length - 1), 1)[0] ?? null);
	}

	private async cancel(): Promise<void> {
		const visit = this.take();
		if (visit === null) return;
		this.gone.add(visit);
		const told = await this.salon.bench.crm.cancelAppointment(visit, `faults cancel ${this.edits}`);
		this.edits += Number(told.kind === 'ok');
	}

	private drop(): void {
		const visit = this.take();
		if (visit === null) return;
		this.gone.add(visit);
		if (this.salon.hooks.reader.windows.visits === 'changes') this.untold.add(visit);
		this.salon.hooks.drop('visit', visit);
		this.edits += 1;
	}

	private arrive(): void {
		const visit = this.take();
		if (visit === null) return;
		this.salon.hooks.arrive?.(visit);
		this.edits += 1;
	}
}

/** Rows of the copy that are not as they should be, and sums of those that are there. */
function differences(truth: Rows, copy: Rows, untold: ReadonlySet<string>): { readonly rows: number; readonly sums: number } {
	let [rows, sums] = [0, 0];
	for (const [table, expected] of Object.entries(truth)) {
		const held = new Map((copy[table] ?? []).map((row) => [row.id, row]));
		for (const { id, ...columns } of expected) {
			const row: Readonly<Record<string, unknown>> | undefined = held.get(id);
			held.delete(id);
			const differing = Object.entries(columns).filter(([column, value]) => row?.[column] !== value).map(([column]) => column);
			rows += Number(row === undefined || differing.some((column) => !MONEY.has(column)));
			sums += Number(row !== undefined && differing.some((column) => MONEY.has(column)));
		}
		rows += [...held.keys()].filter((id) => !untold.has(id)).length;
	}
	return { rows, sums };
}
