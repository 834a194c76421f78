import {
	ok,
	refused,
	unavailable,
	unknown,
	type Handoff,
	type Appointment,
	type AppointmentQuery,
	type BookingCrm,
	type Capabilities,
	type Client,
	type ClientPatch,
	type Company,
	type Instant,
	type NewAppointment,
	type NewClient,
	type Outcome,
	type RefusalReason,
	type Reschedule,
	type Service,
	type Slot,
	type SlotQuery,
	type StaffMember,
	type StreamPage,
} from '../../core/booking';
import { BARE_CAPABILITIES, DOUBLE_COMPANY, DOUBLE_SERVICES, DOUBLE_STAFF } from './double-salon';

/** Names of the calls that may be told to fail. */
export type Call = Exclude<keyof BookingCrm, 'capabilities' | 'stream'>;

/** One scripted fault; each is used once, in the order given. */
export type Fault =
	| { readonly kind: 'refused'; readonly reason: RefusalReason; readonly handoff?: Handoff }
	/** Down, or 429: nothing was changed. */
	| { readonly kind: 'unavailable'; readonly retryAt?: string }
	/** The write happens and its answer is lost. */
	| { readonly kind: 'lost_answer' }
	/** The write is lost on its way, and the caller cannot know. */
	| { readonly kind: 'lost_request' }
	/** Something happens while the call is under way; then the call goes on. */
	| { readonly kind: 'meanwhile'; readonly run: () => Promise<void> | void }
	/** No fault: keeps the place in the order. */
	| { readonly kind: 'none' };

/** One call as it left the core. */
export interface CallRecord {
	readonly call: Call;
	readonly args: readonly unknown[];
}

const MOSCOW = '+03:00';
const STEP_MINUTES = 30;
const OPEN_MINUTE = 10 * 60;
const CLOSE_MINUTE = 20 * 60;
const DAY_MS = 86_400_000;

/**
 * A CRM in memory under a virtual clock: open 10:00 to 20:00 Moscow time every day, starts every half-hour, visits that
 * exclude each other, and faults by script. Knows nothing of the assistant.
 */
export class CrmDouble implements BookingCrm {
	readonly calls: CallRecord[] = [];
	readonly visits: Appointment[] = [];
	readonly clients: Client[] = [];
	services_: readonly Service[] = DOUBLE_SERVICES;
	staff_: readonly StaffMember[] = DOUBLE_STAFF;
	private readonly operations = new Map<string, string>();
	private readonly script = new Map<Call, Fault[]>();
	private nextId = 1;

	constructor(
		private readonly clock: () => Instant,
		readonly capabilities: Capabilities = BARE_CAPABILITIES,
	) {}

	/** Adds faults to the next calls of this name. */
	fail(call: Call, ...faults: readonly Fault[]): void {
		this.script.set(call, [...(this.script.get(call) ?? []), ...faults]);
	}

	/** Calls of this name so far. */
	count(call: Call): number {
		return this.calls.filter((one) => one.call === call).length;
	}

	/** Puts a visit into the book, past every check. */
	put(visit: Pick<Appointment, 'clientId' | 'serviceIds' | 'staffId' | 'start'>): Appointment {
		const placed: Appointment = {
			...visit,
			id: `visit-${this.nextId++}`,
			end: this.endOf(visit.start, visit.serviceIds),
			status: 'booked',
			price: null,
			comment: null,
			guestName: null,
			version: '1',
		};
		this.visits.push(placed);
		return placed;
	}

	addClient(name: string | null, phone: string | null, blocked = false): Client {
		const client = { id: `client-${this.nextId++}`, name, phone, blocked };
		this.clients.push(client);
		return client;
	}

	company(): Promise<Outcome<Company>> {
		return this.read('company', [], () => ok(DOUBLE_COMPANY));
	}

	services(): Promise<Outcome<readonly Service[]>> {
		return this.read('services', [], () => ok(this.services_));
	}

	staff(): Promise<Outcome<readonly StaffMember[]>> {
		return this.read('staff', [], () => ok(this.staff_));
	}

	availableDates(query: SlotQuery): Promise<Outcome<readonly string[]>> {
		return this.read('availableDates', [query], () => ok([...new Set(this.freeSlots(query).map((slot) => slot.start.slice(0, 10)))]));
	}

	slots(query: SlotQuery): Promise<Outcome<readonly Slot[]>> {
		return this.read('slots', [query], () => ok(this.freeSlots(query)));
	}

	findClient(phone: string): Promise<Outcome<readonly Client[]>> {
		return this.read('findClient', [phone], () => ok(this.clients.filter((client) => client.phone === phone)));
	}

	createClient(client: NewClient): Promise<Outcome<Client>> {
		return this.write('createClient', [client], 'client', () => ok(this.addClient(client.name, client.phone)));
	}

	updateClient(id: string, patch: ClientPatch): Promise<Outcome<Client>> {
		return this.write('updateClient', [id, patch], 'client', () => {
			const client = this.clients.find((one) => one.id === id);
			return client === undefined ? refused('not_found', 'No such client') : ok({ ...client, ...patch });
		});
	}

	appointments(query: AppointmentQuery): Promise<Outcome<readonly Appointment[]>> {
		return this.read('appointments', [query], () =>
			ok(
				this.visits.filter(
					(visit) =>
						Date.parse(visit.start) >= Date.parse(query.from) &&
						Date.parse(visit.start) < Date.parse(query.to) &&
						(query.clientId === undefined || visit.clientId === query.clientId) &&
						(query.staffId === undefined || visit.staffId === query.staffId) &&
						(query.includeCancelled === true || visit.status !== 'cancelled'),
				),
			),
		);
	}

	createAppointment(appointment: NewAppointment, key: string): Promise<Outcome<Appointment>> {
		return this.write('createAppointment', [appointment, key], key, () => {
			const done = this.doneBy(key);
			if (done !== undefined) return ok(done);
			if (!this.isFree(appointment.staffId, appointment.start, appointment.serviceIds)) return refused('slot_taken', 'Taken');
			const placed = this.put(appointment);
			this.operations.set(key, placed.id);
			return ok(this.replace({ ...placed, comment: appointment.comment ?? null, guestName: appointment.guestName ?? null }));
		});
	}

	rescheduleAppointment(id: string, to: Reschedule, key: string): Promise<Outcome<Appointment>> {
		return this.write('rescheduleAppointment', [id, to, key], key, () => {
			const done = this.doneBy(key);
			if (done !== undefined) return ok(done);
			const visit = this.visits.find((one) => one.id === id);
			if (visit === undefined) return refused('not_found', 'No such visit');
			if (to.version !== undefined && to.version !== visit.version) return refused('version_conflict', 'Changed meanwhile');
			const staffId = to.staffId ?? visit.staffId;
			if (!this.isFree(staffId, to.start, visit.serviceIds, id)) return refused('slot_taken', 'Taken');
			this.operations.set(key, id);
			return ok(this.replace({ ...visit, staffId, start: to.start, end: this.endOf(to.start, visit.serviceIds), version: `${visit.version}+` }));
		});
	}

	cancelAppointment(id: string, key: string): Promise<Outcome<Appointment>> {
		return this.write('cancelAppointment', [id, key], key, () => {
			const visit = this.visits.find((one) => one.id === id);
			if (visit === undefined) return refused('not_found', 'No such visit');
			if (this.operations.get(key) === id) return ok(visit);
			if (visit.status === 'cancelled') return refused('already_cancelled', 'Cancelled before');
			this.operations.set(key, id);
			return ok(this.replace({ ...visit, status: 'cancelled', version: `${visit.version}+` }));
		});
	}

	findByOperation(key: string): Promise<Outcome<Appointment | null>> {
		return this.read('findByOperation', [key], () =>
			this.capabilities.findByOperation ? ok(this.doneBy(key) ?? null) : refused('unsupported', 'No operation keys here'),
		);
	}

	async *stream(): AsyncIterable<Outcome<StreamPage>> {
		yield ok({ records: [], cursor: null, exact: true });
	}

	private doneBy(key: string): Appointment | undefined {
		if (!this.capabilities.idempotentWrites && !this.capabilities.findByOperation) return undefined;
		return this.visits.find((visit) => visit.id === this.operations.get(key));
	}

	private async read<T>(call: Call, args: readonly unknown[], answer: () => Outcome<T>): Promise<Outcome<T>> {
		this.calls.push({ call, args });
		const fault = this.script.get(call)?.shift() ?? { kind: 'none' };
		if (fault.kind === 'refused') return { ...refused(fault.reason, 'Scripted'), ...(fault.handoff === undefined ? {} : { handoff: fault.handoff }) };
		if (fault.kind === 'meanwhile') await fault.run();
		else if (fault.kind !== 'none') return unavailable('scripted', fault.kind === 'unavailable' ? fault.retryAt : undefined);
		return answer();
	}

	private async write<T>(call: Call, args: readonly unknown[], key: string, effect: () => Outcome<T>): Promise<Outcome<T>> {
		this.calls.push({ call, args });
		const fault = this.script.get(call)?.shift() ?? { kind: 'none' };
		if (fault.kind === 'refused') return { ...refused(fault.reason, 'Scripted'), ...(fault.handoff === undefined ? {} : { handoff: fault.handoff }) };
		if (fault.kind === 'unavailable') return unavailable('scripted', fault.retryAt);
		if (fault.kind === 'lost_request') return unknown(key);
		if (fault.kind === 'meanwhile') await fault.run();
		const outcome = effect();
		return fault.kind === 'lost_answer' ? unknown(key) : outcome;
	}

	private replace(visit: Appointment): Appointment {
		this.visits[this.visits.findIndex((one) => one.id === visit.id)] = visit;
		return visit;
	}

	private minutesOf(serviceIds: readonly string[]): number {
		return serviceIds.reduce((sum, id) => sum + (this.services_.find((one) => one.id === id)?.durationMinutes ?? 60), 0);
	}

	private endOf(start: Instant, serviceIds: readonly string[]): Instant {
		return moscow(Date.parse(start) + this.minutesOf(serviceIds) * 60_000);
	}

	private isFree(staffId: string, start: Instant, serviceIds: readonly string[], except?: string): boolean {
		const from = Date.parse(start);
		const to = from + this.minutesOf(serviceIds) * 60_000;
		return !this.visits.some(
			(visit) =>
				visit.id !== except && visit.staffId === staffId && visit.status !== 'cancelled' && Date.parse(visit.start) < to && from < Date.parse(visit.end),
		);
	}

	private freeSlots(query: SlotQuery): readonly Slot[] {
		const able = this.staff_.filter(
			(one) => (query.staffId === undefined || one.id === query.staffId) && query.serviceIds.every((id) => one.services.some((cell) => cell.serviceId === id)),
		);
		const earliest = Date.parse(this.clock()) + DOUBLE_COMPANY.bookingNoticeMinutes * 60_000;
		const minutes = this.minutesOf(query.serviceIds);
		const free: Slot[] = [];
		for (let day = Date.parse(`${query.from}T00:00:00${MOSCOW}`); day <= Date.parse(`${query.to}T00:00:00${MOSCOW}`); day += DAY_MS) {
			for (let minute = OPEN_MINUTE; minute + minutes <= CLOSE_MINUTE; minute += STEP_MINUTES) {
				const at = day + minute * 60_000;
				const start = moscow(at);
				if (at < earliest) continue;
				for (const one of able) {
					if (!this.isFree(one.id, start, query.serviceIds, query.excludeAppointmentId)) continue;
					free.push({ start, end: moscow(at + minutes * 60_000), staffId: one.id, serviceIds: query.serviceIds, price: this.priceOf(query.serviceIds) });
				}
			}
		}
		return free;
	}

	private priceOf(serviceIds: readonly string[]): Slot['price'] {
		const total = serviceIds.reduce((sum, id) => sum + (this.services_.find((one) => one.id === id)?.price?.min ?? 0), 0);
		return { min: total, max: total, currency: 'RUB' };
	}
}

/** An instant written with Moscow's offset. */
export function moscow(ms: number): Instant {
	return `${new Date(ms + 3 * 3_600_000).toISOString().slice(0, 19)}${MOSCOW}`;
}
