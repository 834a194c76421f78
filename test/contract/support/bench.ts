import type { Appointment, BookingCrm, Client, Outcome, Slot, WallRange, Zone } from '../../../core/booking';

/** The salon a contract run needs; every CRM under test sets it up in its own way. */
export interface SalonSpec {
	readonly zone: Zone;
	readonly country: string;
	readonly currency: string;
	readonly bookingNoticeMinutes: number;
	readonly bookingHorizonDays: number;
	readonly changeNoticeMinutes: number;
	readonly stepMinutes: number;
	readonly services: readonly { readonly name: string; readonly minutes: number; readonly price: number }[];
	/** Everybody works these hours every day. */
	readonly hours: WallRange;
	readonly staff: readonly { readonly name: string; readonly services: readonly string[] }[];
}

/** A salon that stands, and what the contract needs beyond the port. */
export interface CrmUnderTest {
	readonly crm: BookingCrm;
	/** Ids the CRM gave to the services and people of the spec, by name. */
	readonly serviceId: (name: string) => string;
	readonly staffId: (name: string) => string;
	/** Sets the moment that decides what is past. */
	readonly setNow: (instant: string) => void;
	/** Blocks a client as the front desk does; absent when the CRM knows no blocked clients. */
	readonly blockClient?: (clientId: string) => Promise<void>;
	/** The same spec for another account of the same vendor. */
	readonly other: () => Promise<CrmUnderTest>;
	/** The same account while the CRM cannot be reached. */
	readonly unreachable: () => Promise<BookingCrm>;
}

export type CrmFactory = (spec: SalonSpec) => Promise<CrmUnderTest>;

/** When the contract's salon is asked, unless a test says otherwise. */
export const NOW = '2026-11-20T09:00:00+03:00';
/** A day inside notice and horizon. */
export const DAY = '2026-11-24';
const SALON: SalonSpec = {
	zone: 'Europe/Moscow',
	country: 'RU',
	currency: 'RUB',
	bookingNoticeMinutes: 60,
	bookingHorizonDays: 30,
	changeNoticeMinutes: 120,
	stepMinutes: 30,
	services: [
		{ name: 'cut', minutes: 60, price: 200_000 },
		{ name: 'color', minutes: 90, price: 450_000 },
		{ name: 'nails', minutes: 60, price: 130_000 },
	],
	hours: { from: '10:00', to: '20:00' },
	staff: [
		{ name: 'Anna', services: ['cut', 'color'] },
		{ name: 'Maria', services: ['cut'] },
	],
};
/** Phones of the clients; the first one is the bench's own client. */
export const PHONES = ['+79161234501', '+79161234502', '+79161234503'] as const;
let keys = 0;
/** A key no other write of the run has. */
export const newKey = (): string => `contract-${process.pid}-${Date.now()}-${(keys += 1)}`;

/** The value of an `ok` outcome; throws for any other. */
export function valueOf<T>(outcome: Outcome<T>): T {
	if (outcome.kind !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(outcome)}`);
	return outcome.value;
}

/** The reason of a refusal, else the kind of the outcome. */
export function reasonOf(outcome: Outcome<unknown>): string {
	return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
}

/** A salon with one client and short ways to ask it. */
export interface Bench extends CrmUnderTest {
	readonly client: Client;
	slots(service: string, staff?: string, day?: string): Promise<readonly Slot[]>;
	book(slot: Slot, client?: Client, key?: string): Promise<Outcome<Appointment>>;
	visits(client: Client): Promise<readonly Appointment[]>;
}

/** Sets a salon up with the spec's changes. */
export async function bench(factory: CrmFactory, changes: Partial<SalonSpec> = {}, now = NOW): Promise<Bench> {
	const under = await factory({ ...SALON, ...changes });
	under.setNow(now);
	const client = valueOf(await under.crm.createClient({ name: 'Вера Иванова', phone: PHONES[0] }));
	return {
		...under,
		client,
		slots: async (service, staff, day = DAY) =>
			valueOf(await under.crm.slots({ serviceIds: [under.serviceId(service)], staffId: staff === undefined ? undefined : under.staffId(staff), from: day, to: day })),
		book: (slot, by = client, key = newKey()) =>
			under.crm.createAppointment({ clientId: by.id, serviceIds: slot.serviceIds, staffId: slot.staffId, start: slot.start }, key),
		visits: async (by) => valueOf(await under.crm.appointments({ clientId: by.id, from: '2026-01-01T00:00:00Z', to: '2027-12-31T00:00:00Z' })),
	};
}

/** The slot at a wall time. */
export function at(slots: readonly Slot[], time: string): Slot {
	const slot = slots.find((one) => one.start.slice(11, 16) === time);
	if (slot === undefined) throw new Error(`no slot at ${time}`);
	return slot;
}

/** An instant moved by minutes, in UTC. */
export function shifted(instant: string, minutes: number): string {
	return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

/** Declares a test the capabilities allow; else the other one, or a printed line. */
export type WhenAble = (able: boolean, what: string, run: () => Promise<void>, otherwise?: () => Promise<void>) => void;
