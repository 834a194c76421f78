import { type AppointmentReader, type BookingCrm, type Capabilities, type Instant, mapOutcome, refused } from '../../../booking';
import type { Transport } from '../../http';
import { missingFor } from '../commands';
import type { Settings } from '../settings';
import { appointment, appointments } from './appointments';
import { createAppointment } from './booking';
import { cancelAppointment, rescheduleAppointment } from './changes';
import { createClient, findClient, updateClient } from './clients';
import type { Context } from './context';
import { createGatewayFacts, type GatewayFacts } from './facts';
import { availableDates, slots } from './slots';
import { stream, streamsOf } from './streams';
import { gatewayAddress } from './transport';

export interface GatewayParts {
	/** From `createGatewayTransport`. */
	readonly transport: Transport;
	readonly gatewayUrl: string;
	readonly companyId: string;
	readonly settings: Settings;
	readonly clock: () => Instant;
	readonly onUnknownValue: (field: string) => void;
	/** Kept by a caller who opens the same company again and again; one company and its settings only. */
	readonly facts?: GatewayFacts;
}

/** What a gateway with these commands can do. Its contract has it refuse taken time in the same step as it books. */
export function gatewayCapabilities({ commands, idempotent }: Settings): Capabilities {
	const can = (operation: Parameters<typeof missingFor>[0]): boolean => missingFor(operation, commands).length === 0;
	const books = can('createAppointment');
	return {
		slots: 'native',
		idempotentWrites: books && idempotent,
		findByOperation: false,
		atomicBooking: books,
		reschedule: can('rescheduleAppointment'),
		cancel: can('cancelAppointment'),
		createClient: can('createClient'),
		updateClient: can('updateClient'),
		severalServices: books,
		guestName: books,
		streams: streamsOf(commands),
	};
}

/** One company behind the owner's gateway. */
export function createGatewayCrm({ transport, gatewayUrl, companyId, settings, clock, onUnknownValue, facts = createGatewayFacts() }: GatewayParts): BookingCrm & AppointmentReader {
	const source = { transport, companyId, path: gatewayAddress(gatewayUrl).path, settings, clock };
	const context: Context = { ...source, facts: { company: () => facts.company(source), catalogue: () => facts.catalogue(source) }, count: onUnknownValue };
	return {
		capabilities: gatewayCapabilities(settings),
		company: () => context.facts.company(),
		services: async () => mapOutcome(await context.facts.catalogue(), (catalogue) => catalogue.services),
		staff: async () => mapOutcome(await context.facts.catalogue(), (catalogue) => catalogue.staff),
		availableDates: (query) => availableDates(context, query),
		slots: (query) => slots(context, query),
		findClient: (phone) => findClient(context, phone),
		createClient: (client) => createClient(context, client),
		updateClient: (id, patch) => updateClient(context, id, patch),
		appointment: (id) => appointment(context, id),
		appointments: (query) => appointments(context, query),
		createAppointment: (wish, key) => createAppointment(context, wish, key),
		rescheduleAppointment: (id, to, key) => rescheduleAppointment(context, id, to, key),
		cancelAppointment: (id, key) => cancelAppointment(context, id, key),
		findByOperation: async () => refused('unsupported', 'The gateway cannot search visits by an operation; read the client’s visits instead.'),
		stream: (name, window) => stream(context, name, window),
	};
}
