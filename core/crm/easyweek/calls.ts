import { type Call, path, type Query } from '../http';
import * as wire from './wire';

/** The vendor's endpoints, one builder each. `l` is the location; ids are uuids. */

/** The most the vendor gives at once. */
export const PAGE_SIZE = 100;

const get = <T>(name: string, where: string, schema: Call<T>['schema'], query?: Query): Call<T> => ({ name, method: 'GET', path: where, schema, ...(query === undefined ? {} : { query }) });
/** Asks for a page of a list, counted from one. */
export type Pages<T> = (page: number) => Call<wire.Page<T>>;
/** The pages of any list. */
export const list = <T>(name: string, where: string, schema: Call<T>['schema'], query: Query = {}): Pages<T> => (page) => get(name, where, wire.pageOf(schema), { ...query, page, per_page: PAGE_SIZE });

export const workspace = () => get('workspace', 'workspace', wire.singleOf(wire.WORKSPACE));
export const locations = () => list('locations', 'locations', wire.LOCATION);
export const services = (l: string) => list('services', path`locations/${l}/services`, wire.SERVICE);
export const staffers = (l: string) => list('staffers', path`locations/${l}/staffers`, wire.STAFFER);

/** Free starts of one service and one person. Without the person's id: of anybody. */
export const timeSlots = (l: string, query: { readonly service_uuid: string; readonly staffer_uuid?: string; readonly range_start: string; readonly range_end: string; readonly timezone: string }) =>
	get('time_slots', path`locations/${l}/time-slots`, wire.singleOf(wire.TIME_SLOTS), query);

export const customersByPhone = (phone: string) => list('customers', 'customers', wire.CUSTOMER, { phone });
export const customer = (id: string) => get('customer', path`customers/${id}`, wire.singleOf(wire.CUSTOMER));
export const createCustomer = (json: unknown): Call<wire.CustomerWire> => ({ name: 'create_customer', method: 'POST', path: 'customers', json, schema: wire.singleOf(wire.CUSTOMER) });
export const updateCustomer = (id: string, json: unknown): Call<unknown> => ({ name: 'update_customer', method: 'PUT', path: path`customers/${id}`, json, schema: wire.DONE });

export const bookings = (query: Query) => list('bookings', 'bookings', wire.BOOKING_ROW, query);
export const booking = (id: string) => get('booking', path`bookings/${id}`, wire.singleOf(wire.BOOKING));
export const createBooking = (json: unknown): Call<string> => ({ name: 'create_booking', method: 'POST', path: 'bookings', json, schema: wire.CREATED });
export const createCart = (json: unknown): Call<string> => ({ name: 'create_cart', method: 'POST', path: 'bookings/cart', json, schema: wire.CREATED });
export const cancelBooking = (id: string, json: unknown): Call<unknown> => ({ name: 'cancel_booking', method: 'PUT', path: path`bookings/${id}/status/cancel`, json, schema: wire.DONE });
