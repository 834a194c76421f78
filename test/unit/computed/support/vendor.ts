import { type Appointment, type Client, ok, type Outcome, refused } from '../../../../core/booking';
import { type BusySource, computedOperations, createMemoryLock, type HeldVisit, type Lock, mergeSalon, parsePlan, type SalonPlanInput, type TakenTime } from '../../../../core/crm/computed';

export const NOW = '2026-11-20T09:00:00+03:00';
export const DAY = '2026-11-24';

const WEEK = { mon: '10:00-20:00', tue: '10:00-20:00', wed: '10:00-20:00', thu: '10:00-20:00', fri: '10:00-20:00', sat: '10:00-20:00', sun: '10:00-20:00' };
export const PLAN: SalonPlanInput = {
	company: { name: 'Луна', zone: 'Europe/Moscow', currency: 'RUB', workingHours: WEEK, bookingNoticeMinutes: 60, bookingHorizonDays: 30, changeNoticeMinutes: 120, stepMinutes: 30 },
	services: [{ id: 'cut', title: 'Стрижка', price: 2000, durationMinutes: 60 }, { id: 'color', title: 'Окрашивание', price: 4500, durationMinutes: 90 }],
	staff: [{ id: 'anna', name: 'Анна' }, { id: 'maria', name: 'Мария', services: ['Стрижка'] }],
};

/** A row of the vendor: an appointment that can be changed. */
export type Row = { -readonly [K in keyof Appointment]: Appointment[K] } & { tag: string | null; rank: string; touchedAt: string | null };

/** A vendor that keeps visits and checks nothing. Every operation is one step of `hold`, before and after its effect. */
export class Vendor {
	readonly rows = new Map<string, Row>();
	readonly other: TakenTime[] = [];
	readonly calls: string[] = [];
	now = NOW;
	/** Waits around an effect; the default is not to. */
	hold: (what: string) => Promise<void> = async () => undefined;
	/** What the next call of a kind answers instead of doing its work; `done` does it first. */
	readonly faults: { readonly what: string; readonly done: boolean; readonly outcome: Outcome<never> }[] = [];
	/** Ranks in the order of creation; the id padded when it has none left. */
	readonly ranks: string[] = [];
	lagMs = 0;
	canFind = true;
	private last = 0;

	live(): readonly Row[] {
		return [...this.rows.values()].filter(({ status }) => status !== 'cancelled');
	}

	/** A visit of the front desk's own. */
	put(row: Partial<Row> & Pick<Row, 'staffId' | 'start' | 'end'>): Row {
		this.last += 1;
		const id = String(this.last);
		const placed: Row = {
			id, clientId: 'stranger', serviceIds: ['cut'], status: 'booked', price: null, comment: null, guestName: null, version: '1', tag: null, rank: this.ranks.shift() ?? id.padStart(9, '0'), touchedAt: this.now,
			...row,
		};
		this.rows.set(id, placed);
		return placed;
	}

	private async step<T>(what: string, effect: () => Outcome<T>): Promise<Outcome<T>> {
		this.calls.push(what);
		await this.hold(what);
		const index = this.faults.findIndex((fault) => fault.what === what);
		const [fault] = index < 0 ? [] : this.faults.splice(index, 1);
		const outcome = fault === undefined || fault.done ? effect() : fault.outcome;
		await this.hold(`${what} answered`);
		return fault === undefined ? outcome : fault.outcome;
	}

	private change(id: string, change: Partial<Row>): Outcome<null> {
		const row = this.rows.get(id);
		if (row === undefined) return refused('not_found', 'no row');
		Object.assign(row, change, { version: String(Number(row.version) + 1), touchedAt: this.now });
		return ok(null);
	}

	source(): BusySource {
		const held = ({ tag, rank, touchedAt, ...appointment }: Row): HeldVisit => ({ appointment: { ...appointment }, tag, rank, touchedAt });
		return {
			lagMs: this.lagMs,
			taken: ({ from, to }) => this.step('taken', () => ok({ visits: this.live().filter((row) => Date.parse(row.start) < Date.parse(to) && Date.parse(row.end) > Date.parse(from)).map(held), other: this.other })),
			read: (id) => this.step('read', () => (this.rows.has(id) ? ok(held(this.rows.get(id) as Row)) : refused('not_found', 'There is no visit with this id.'))),
			list: () => this.step('list', () => ok([...this.rows.values()].map(held))),
			...(this.canFind ? { findByTag: (tag: string) => this.step('find', () => ok([...this.rows.values()].filter((row) => row.tag === tag).map(held)[0] ?? null)) } : {}),
			write: ({ client, services, staff, start, end, price, comment, guestName, tag }) =>
				this.step('write', () => ok(this.put({ clientId: client.id, serviceIds: services.map(({ id }) => id), staffId: staff.id, start, end, price, comment: comment === '' ? null : comment, guestName: guestName === '' ? null : guestName, tag }).id)),
			move: ({ appointment }, to) => this.step('move', () => this.change(appointment.id, to)),
			cancel: ({ appointment }) => this.step('cancel', () => this.change(appointment.id, { status: 'cancelled' })),
			undo: ({ appointment }) => this.step('undo', () => this.change(appointment.id, { status: 'cancelled', tag: null })),
		};
	}
}

export interface CrmOptions {
	readonly lock?: Lock;
	readonly sleep?: (ms: number) => Promise<void>;
	readonly plan?: SalonPlanInput;
	readonly clients?: (id: string) => Outcome<Client>;
}

/** A process that books at the vendor. Two of them share nothing but the vendor. */
export function crmAt(vendor: Vendor, { lock = createMemoryLock(), sleep = async () => undefined, plan = PLAN, clients }: CrmOptions = {}) {
	return computedOperations({
		vendor: 'Vendor',
		account: 'salon',
		salon: async () => mergeSalon(parsePlan(plan), { company: { id: '1', name: 'Луна', zone: null, currency: null, country: null }, services: null, staff: null }),
		client: async (id) => clients?.(id) ?? ok({ id, name: 'Вера', phone: '+79161234501', blocked: false }),
		source: vendor.source(),
		lock,
		clock: () => vendor.now,
		sleep,
		random: () => 0.5,
	});
}

/** Time that passes only when everybody waits: the earliest waiter goes first. */
export class VirtualTime {
	private now = 0;
	private waiting: { readonly at: number; readonly go: () => void }[] = [];

	readonly sleep = (ms: number): Promise<void> => new Promise((go) => void this.waiting.push({ at: this.now + ms, go }));

	/** Lets time pass until `work` has ended. */
	async until<T>(work: Promise<T>): Promise<T> {
		let ended = false;
		const end = work.finally(() => (ended = true));
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (ended) return end;
			const next = this.waiting.sort((a, b) => a.at - b.at).shift();
			if (next === undefined) continue;
			this.now = Math.max(this.now, next.at);
			next.go();
		}
	}
}

/** The reason of a refusal, else the kind of the outcome. */
export function reasonOf(outcome: Outcome<unknown>): string {
	return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
}

/** The value of an `ok` outcome; throws for any other. */
export function valueOf<T>(outcome: Outcome<T>): T {
	if (outcome.kind !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(outcome)}`);
	return outcome.value;
}
