import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Call } from '../../http';
import type { GatewayCommand } from '../commands';
import { ID } from '../parts';
import * as wire from './wire';

/** What every command carries. */
export interface Sender {
	readonly companyId: string;
	readonly path: string;
}

/** One command of the contract. `id` is what the gateway knows a repeated command by; reads get a new one each. */
export function command<T>({ companyId, path }: Sender, name: GatewayCommand, payload: unknown, schema: Call<T>['schema'], id: string = randomUUID()): Call<T> {
	const commandId = `cmd_${id}`;
	return {
		name,
		method: 'POST',
		path,
		headers: { 'x-gateway-event-id': commandId },
		json: { schema: 'booking.command.v1', command_id: commandId, command: name, company_id: companyId, payload },
		schema,
	};
}

/** Free starts of whole days, both included. */
export interface DaysPayload {
	readonly service_ids: readonly string[];
	readonly staff_id?: string;
	readonly date_from: string;
	readonly date_to: string;
}

export const company = (to: Sender) => command(to, 'company.get', {}, wire.fieldOf('company', wire.COMPANY));
export const services = (to: Sender) => command(to, 'services.list', {}, wire.fieldOf('services', v.array(wire.SERVICE)));
export const staff = (to: Sender) => command(to, 'staff.list', {}, wire.fieldOf('staff', v.array(wire.STAFF)));
export const slots = (to: Sender, days: DaysPayload) => command(to, 'slots.list', days, wire.fieldOf('slots', v.array(wire.SLOT)));
export const dates = (to: Sender, days: DaysPayload) => command(to, 'dates.list', days, wire.DATES);
export const clients = (to: Sender, phone: string) => command(to, 'client.find', { phone }, wire.fieldOf('clients', v.array(wire.CLIENT)));
export const booking = (to: Sender, id: string) => command(to, 'booking.get', { booking_id: id }, wire.fieldOf('booking', wire.BOOKING));
export const bookings = (to: Sender, filter: { readonly phone?: string; readonly from?: string; readonly to?: string }) => command(to, 'booking.list', filter, wire.fieldOf('bookings', v.array(wire.BOOKING)));

export const createClient = (to: Sender, id: string, card: { readonly name: string; readonly phone: string }) => command(to, 'client.create', card, wire.fieldOf('client_id', ID), id);
export const updateClient = (to: Sender, card: { readonly client_id: string; readonly name: string; readonly phone: string }) => command(to, 'client.update', card, wire.fieldOf('client_id', ID));
export const createBooking = (to: Sender, id: string, wish: unknown) => command(to, 'booking.create', wish, wire.fieldOf('booking_id', ID), id);
export const rescheduleBooking = (to: Sender, id: string, move: unknown) => command(to, 'booking.reschedule', move, wire.fieldOf('booking_id', ID), id);
export const cancelBooking = (to: Sender, id: string, bookingId: string) => command(to, 'booking.cancel', { booking_id: bookingId }, wire.fieldOf('booking_id', ID), id);
