import type { Random, VirtualClock } from '../kit';
import type { EasyweekSwitches } from './switches';

export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Wall time of a day, `HH:mm`. */
export interface Hours {
	readonly from: string;
	readonly to: string;
}

/** Everything has two ids: a uuid for the API, a number for webhooks. */
interface Numbered {
	readonly uuid: string;
	readonly id: number;
}

export interface Location extends Numbered {
	readonly name: string;
	readonly zone: string;
	readonly hours: Readonly<Record<string, readonly Hours[]>>;
	readonly stepMinutes: number;
}

export interface Service extends Numbered {
	readonly name: string;
	/** Minor units. */
	price: number;
	readonly minutes: number;
	readonly category: string | null;
	readonly startingAt: boolean;
}

export interface Staffer extends Numbered {
	readonly firstName: string;
	readonly lastName: string;
	readonly location: string;
	/** Which services the person does; the API never says it. */
	readonly services: ReadonlySet<string>;
}

export interface Customer extends Numbered {
	firstName: string;
	lastName: string;
	phone: string;
	email: string | null;
}

/** One service of a booking. Its uuid is the order line's, not the service's. */
export interface Line {
	readonly uuid: string;
	readonly service: string;
	readonly staffer: string;
	readonly price: number;
	readonly minutes: number;
	readonly start: number;
}

export interface Booking extends Numbered {
	readonly location: string;
	readonly customer: string;
	readonly createdAt: number;
	readonly comment: string;
	lines: readonly Line[];
	canceled: boolean;
	completed: boolean;
	paid: number;
	cancelReason: string | null;
	internalNotes: string;
}

export interface Workspace {
	readonly uuid: string;
	readonly slug: string;
	readonly name: string;
	readonly country: string;
	readonly currency: string;
	/** False: the plan of the account has no API. */
	apiAllowed: boolean;
}

/** Everything one workspace holds. */
export class World {
	readonly locations = new Map<string, Location>();
	readonly services = new Map<string, Service>();
	readonly categories = new Map<string, string>();
	readonly staffers = new Map<string, Staffer>();
	readonly customers = new Map<string, Customer>();
	readonly bookings = new Map<string, Booking>();
	private last = 500_000;

	constructor(
		readonly workspace: Workspace,
		readonly clock: VirtualClock,
		readonly switches: EasyweekSwitches,
		private readonly random: Random,
	) {}

	/** The two ids of something new. */
	ids(): Numbered {
		this.last += 1;
		return { uuid: this.uuid(), id: this.last };
	}

	uuid(): string {
		const { random } = this;
		return `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
	}

	/** First and last moment of a booking. */
	spanOf(booking: Booking): { readonly start: number; readonly end: number } {
		return { start: Math.min(...booking.lines.map(({ start }) => start)), end: Math.max(...booking.lines.map((line) => line.start + line.minutes * 60_000)) };
	}

	/** True when the person has nothing in this time. */
	isFree(staffer: string, start: number, end: number): boolean {
		return [...this.bookings.values()].every(
			(booking) => booking.canceled || booking.lines.every((line) => line.staffer !== staffer || line.start >= end || line.start + line.minutes * 60_000 <= start),
		);
	}

	customerByPhone(phone: string): Customer | undefined {
		return [...this.customers.values()].find((one) => one.phone === phone);
	}
}
