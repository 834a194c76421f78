import { type AppointmentStatus, type Instant, type PriceRange } from '../../../booking';
import { clientIdOf } from '../gateway/mapping';
import { appointmentStatusOf } from '../status';
import type { EventBooking, EventClient, GatewayEvent, GatewayEventName } from './event';

/** An event in the words all triggers share. */
export interface EventChange {
	readonly event: 'appointment' | 'client' | 'ping';
	readonly change: 'create' | 'update' | 'delete';
	/** Of the booking or the client; null where the event names none. */
	readonly id: string | null;
	readonly record: EventAppointment | EventCard | null;
}

/** A visit as an event tells it, in the fields of an appointment; what it does not tell is null. */
export interface EventAppointment {
	readonly id: string;
	readonly clientId: string | null;
	readonly serviceIds: readonly string[];
	readonly staffId: string | null;
	readonly start: Instant;
	readonly end: Instant | null;
	readonly status: AppointmentStatus | null;
	readonly price: PriceRange | null;
	readonly comment: string | null;
}

/** A client as an event tells it. */
export interface EventCard {
	readonly id: string | null;
	readonly name: string | null;
	readonly phone: string | null;
}

const CHANGES: Readonly<Partial<Record<GatewayEventName, EventChange['change']>>> = { 'booking.created': 'create', 'client.created': 'create', 'booking.cancelled': 'delete' };

/** What changed by an event. */
export function changeOf({ event, booking, client }: GatewayEvent, country: string): EventChange {
	const change = CHANGES[event] ?? 'update';
	const card = client === null ? null : { id: cardId(client, country), name: client.name, phone: client.phone };
	if (booking !== null) return { event: 'appointment', change, id: booking.id, record: appointmentOf(booking, card?.id ?? null) };
	return { event: event === 'test.ping' ? 'ping' : 'client', change, id: card?.id ?? null, record: card };
}

/** The id by which the node's own operations know a client: without a phone there is none. */
function cardId({ id, phone }: EventClient, country: string): string | null {
	return phone === null ? null : clientIdOf({ id, name: '', phone }, country);
}

function appointmentOf({ id, services, staff, start, end, status, price, comment }: EventBooking, clientId: string | null): EventAppointment {
	return {
		id,
		clientId,
		serviceIds: services.flatMap((service) => service.id ?? []),
		staffId: staff?.id ?? null,
		start,
		end,
		status: status === null ? null : appointmentStatusOf(status),
		price,
		comment,
	};
}
