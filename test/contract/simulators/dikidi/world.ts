import { momentOf, wallOf, type Random, type VirtualClock } from '../kit';
import type { DikidiSwitches } from './switches';

const MINUTE = 60_000;

export type BookingStatus = 'created' | 'confirmed' | 'completed' | 'no_show' | 'cancelled';

export interface Service {
	readonly id: string;
	/** The second id the widget gives to the same service. */
	readonly companyServiceId: string;
	readonly name: string;
	/** Minor units. */
	readonly price: number;
	readonly minutes: number;
}

export interface Master {
	readonly id: string;
	readonly name: string;
	readonly services: ReadonlySet<string>;
}

export interface Client {
	readonly id: string;
	name: string;
	phone: string;
}

export interface Booking {
	readonly id: string;
	readonly client: string;
	readonly services: readonly string[];
	master: string;
	/** Unix ms. */
	start: number;
	status: BookingStatus;
	readonly comment: string;
}

export interface Company {
	readonly id: string;
	readonly slug: string;
	readonly name: string;
	readonly zone: string;
	readonly currency: string;
	readonly hours: { readonly from: string; readonly to: string };
	readonly stepMinutes: number;
}

/** Why a booking cannot be. */
export type BookingError = 'SLOT_TAKEN' | 'VALIDATION';

/** Everything one company holds. */
export class World {
	readonly services = new Map<string, Service>();
	readonly masters = new Map<string, Master>();
	readonly clients = new Map<string, Client>();
	readonly bookings = new Map<string, Booking>();
	private last = 7_700_000;

	constructor(
		readonly company: Company,
		readonly clock: VirtualClock,
		readonly switches: DikidiSwitches,
		readonly random: Random,
	) {}

	nextId(): string {
		this.last += 1;
		return String(this.last);
	}

	/** The end of a booking, from the lengths of its services. */
	endOf(start: number, services: readonly string[]): number {
		return start + services.reduce((sum, id) => sum + (this.services.get(id)?.minutes ?? 0), 0) * MINUTE;
	}

	/** Free starts of a master on a day for these services, without the past. */
	starts(master: Master, services: readonly string[], date: string, except?: string): readonly number[] {
		const { hours, stepMinutes, zone } = this.company;
		if (!services.every((id) => master.services.has(id))) return [];
		const close = momentOf(`${date}T${hours.to}:00`, zone) ?? 0;
		const starts: number[] = [];
		for (let minute = minuteOf(hours.from); minute < minuteOf(hours.to); minute += stepMinutes) {
			const start = momentOf(`${date}T${clockOf(minute)}:00`, zone);
			if (start === null || start <= this.clock.now()) continue;
			const end = this.endOf(start, services);
			if (end <= close && this.isFree(master.id, start, end, except)) starts.push(start);
		}
		return starts;
	}

	isFree(master: string, start: number, end: number, except?: string): boolean {
		return [...this.bookings.values()].every(
			(one) => one.id === except || one.status === 'cancelled' || one.master !== master || one.start >= end || this.endOf(one.start, one.services) <= start,
		);
	}

	/** Writes a booking, or says why not. */
	book(wish: { readonly client: string; readonly services: readonly string[]; readonly master: string; readonly start: number; readonly comment?: string }): Booking | BookingError {
		const error = this.check(wish.master, wish.services, wish.start);
		if (error !== null) return error;
		const booking: Booking = { id: this.nextId(), client: wish.client, services: wish.services, master: wish.master, start: wish.start, status: 'created', comment: wish.comment ?? '' };
		this.bookings.set(booking.id, booking);
		return booking;
	}

	/** Null when these services may stand there with this master. */
	check(masterId: string, services: readonly string[], start: number, except?: string): BookingError | null {
		const master = this.masters.get(masterId);
		if (master === undefined || services.length === 0 || services.some((id) => !master.services.has(id))) return 'VALIDATION';
		const date = wallOf(start, this.company.zone).slice(0, 10);
		if (this.starts(master, services, date, except).includes(start)) return null;
		return this.isFree(masterId, start, this.endOf(start, services), except) ? 'VALIDATION' : 'SLOT_TAKEN';
	}

	clientByPhone(phone: string): Client | undefined {
		return [...this.clients.values()].find((one) => one.phone === phone);
	}

	addClient(name: string, phone: string): Client {
		const client: Client = { id: this.nextId(), name, phone };
		this.clients.set(client.id, client);
		return client;
	}
}

function minuteOf(clock: string): number {
	const [hours = 0, minutes = 0] = clock.split(':').map(Number);
	return hours * 60 + minutes;
}

function clockOf(minute: number): string {
	return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
