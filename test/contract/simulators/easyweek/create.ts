import { fieldsOf, momentOf, type Answer, type SimRequest } from '../kit';
import { showBooking } from './booking-rows';
import { addCustomer, isPhone } from './customers';
import { failed, invalid, single } from './envelope';
import type { Hooks } from './hooks';
import { freeStaff, isOpen } from './slots';
import type { Booking, Line, Location, World } from './world';

const MINUTE = 60_000;
const ZONED = /(Z|[+-]\d{2}:?\d{2})$/;

/** One service as it was asked for. */
interface Wish {
	readonly service: string;
	readonly staffer?: string;
	readonly start: number;
	/** Where the body names the time and the person. */
	readonly paths: { readonly time: string; readonly staffer: string; readonly service: string };
}

type Row = Readonly<Record<string, unknown>>;

/** `POST /bookings`: one service. */
export function createOne(world: World, hooks: Hooks, request: SimRequest): Answer {
	const body = fieldsOf(request.json);
	const location = world.locations.get(String(body.location_uuid));
	if (location === undefined) return invalid({ location_uuid: 'The selected location uuid is invalid.' });
	const zoneless = world.switches.zonelessBooking === 'refused' ? null : 'UTC';
	const start = readStart(body.reserved_on, zoneless);
	if (start === null) return invalid({ reserved_on: 'The reserved on is not a valid date.' });
	const wish: Wish = { service: String(body.service_uuid), staffer: textOf(body.staffer_uuid), start, paths: { time: 'reserved_on', staffer: 'staffer_uuid', service: 'service_uuid' } };
	return book(world, hooks, location, body, [wish]);
}

/** `POST /bookings/cart`: several services, one after another. */
export function createCart(world: World, hooks: Hooks, request: SimRequest): Answer {
	const body = fieldsOf(request.json);
	const location = world.locations.get(String(body.location_uuid));
	if (location === undefined) return invalid({ location_uuid: 'The selected location uuid is invalid.' });
	const items = Array.isArray(body.items) ? body.items.map(fieldsOf) : [];
	const wishes: Wish[] = [];
	for (const [index, item] of items.entries()) {
		const first = readStart(item.datetime_start, world.switches.zonelessCart === 'utc' ? 'UTC' : (textOf(body.timezone) ?? location.zone));
		if (first === null) return invalid({ [`items.${index}.datetime_start`]: 'The datetime start is not a valid date.' });
		let start = first;
		for (const [place, one] of (Array.isArray(item.services) ? item.services.map(fieldsOf) : []).entries()) {
			const path = `items.${index}.services.${place}`;
			const paths = { time: `items.${index}.datetime_start`, staffer: `${path}.staffer_uuid`, service: `${path}.service_uuid` };
			wishes.push({ service: String(one.service_uuid), staffer: textOf(one.staffer_uuid), start, paths });
			start += (world.services.get(String(one.service_uuid))?.minutes ?? 0) * MINUTE;
		}
	}
	return wishes.length === 0 ? invalid({ items: 'The items field is required.' }) : book(world, hooks, location, body, wishes);
}

function book(world: World, hooks: Hooks, location: Location, body: Row, wishes: readonly Wish[]): Answer {
	if (!isPhone(body.customer_phone)) return invalid({ customer_phone: 'The customer phone field is required.' });
	const first = textOf(body.customer_first_name);
	if (first === undefined) return invalid({ customer_first_name: 'The customer first name field is required.' });
	const lines = place(world, location, wishes);
	if ('status' in lines) return lines;
	const known = world.customerByPhone(body.customer_phone);
	const card = { firstName: first, lastName: textOf(body.customer_last_name) ?? '', phone: body.customer_phone, email: textOf(body.customer_email) ?? null };
	const customer = known ?? addCustomer(world, card);
	const booking: Booking = {
		...world.ids(), location: location.uuid, customer: customer.uuid, createdAt: world.clock.now(), comment: textOf(body.booking_comment) ?? '', lines,
		canceled: false, completed: false, paid: 0, cancelReason: null, internalNotes: '',
	};
	world.bookings.set(booking.uuid, booking);
	hooks.fire('booking-created', booking);
	return single(world, Number(world.switches.createStatus), world.switches.createAnswer === 'booking' ? showBooking(world, booking) : { uuid: booking.uuid });
}

/** The lines of a booking, or why it cannot be. Left without a name, the first free person gets it. */
function place(world: World, location: Location, wishes: readonly Wish[]): readonly Line[] | Answer {
	const lines: Line[] = [];
	const minutesAt = (path: string): number => wishes.filter((wish) => wish.paths.time === path).reduce((sum, wish) => sum + (world.services.get(wish.service)?.minutes ?? 0), 0);
	for (const [index, { service: uuid, staffer, start, paths }] of wishes.entries()) {
		const service = world.services.get(uuid);
		if (service === undefined) return invalid({ [paths.service]: 'The selected service uuid is invalid.' });
		const person = staffer === undefined ? undefined : world.staffers.get(staffer);
		if (staffer !== undefined && (person === undefined || person.location !== location.uuid || !person.services.has(uuid))) return invalid({ [paths.staffer]: 'The selected staffer uuid is invalid.' });
		const [free] = freeStaff(world, location, service, start, staffer);
		const begins = wishes[index - 1]?.paths.time !== paths.time;
		if (begins && !isOpen(world, location, start, minutesAt(paths.time))) return invalid({ [paths.time]: 'The selected time is not available.' });
		if (free === undefined) return conflict(world, paths.time);
		lines.push({ uuid: world.uuid(), service: uuid, staffer: free, price: service.price, minutes: service.minutes, start });
	}
	return lines;
}

function conflict(world: World, path: string): Answer {
	const message = 'The selected time slot is no longer available.';
	return world.switches.conflictStatus === '409' ? failed(409, message) : invalid({ [path]: message });
}

function readStart(value: unknown, zoneless: string | null): number | null {
	if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value)) return null;
	const moment = ZONED.test(value) ? Date.parse(value) : zoneless === null ? null : momentOf(`${value.slice(0, 16)}:00`, zoneless);
	return moment === null || Number.isNaN(moment) ? null : moment;
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
