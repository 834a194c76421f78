import { type Call, path, type Query } from '../http';
import * as wire from './wire';

/** The vendor's endpoints, one builder each. `c` is the branch; ids are the vendor's. */

const get = <T>(name: string, where: string, schema: Call<T>['schema'], query?: Query): Call<T> => ({ name, method: 'GET', path: where, schema, ...(query === undefined ? {} : { query }) });

export const company = (c: string) => get('company', path`company/${c}/`, wire.dataOf(wire.COMPANY));
export const services = (c: string) => get('services', path`company/${c}/services`, wire.pageOf(wire.SERVICE));
export const bookServices = (c: string) => get('book_services', path`book_services/${c}`, wire.dataOf(wire.BOOK_SERVICES));
export const staff = (c: string) => get('staff', path`company/${c}/staff`, wire.pageOf(wire.STAFF));
export const bookStaff = (c: string) => get('book_staff', path`book_staff/${c}`, wire.pageOf(wire.BOOK_STAFF));

/** Days with a free start. `date` repeats the first day: an account that knows no range answers its whole month. */
export const bookDates = (c: string, staffId: string, serviceIds: readonly string[], from: string, to: string) =>
	get('book_dates', path`book_dates/${c}`, wire.dataOf(wire.BOOK_DATES), { staff_id: staffId, 'service_ids[]': serviceIds, date: from, date_from: from, date_to: to });
export const bookTimes = (c: string, staffId: string, date: string, serviceIds: readonly string[]) =>
	get('book_times', path`book_times/${c}/${staffId}/${date}`, wire.pageOf(wire.BOOK_TIME), { 'service_ids[]': serviceIds });
export const schedule = (c: string, staffIds: readonly string[], from: string, to: string) =>
	get('schedule', path`company/${c}/staff/schedule`, wire.pageOf(wire.SCHEDULE_DAY), { start_date: from, end_date: to, 'staff_ids[]': staffIds, 'include[]': ['busy_intervals'] });
/** What an account of an old tariff has instead of {@link schedule}. */
export const oldSchedule = (c: string, staffId: string, from: string, to: string) =>
	get('old_schedule', path`schedule/${c}/${staffId}/${from}/${to}`, wire.pageOf(wire.OLD_SCHEDULE_DAY));

export const client = (c: string, id: string) => get('client', path`client/${c}/${id}`, wire.dataOf(wire.CLIENT));
export const createClient = (c: string, json: unknown): Call<wire.ClientWire> => ({ name: 'create_client', method: 'POST', path: path`clients/${c}`, json, schema: wire.dataOf(wire.CLIENT) });
export const updateClient = (c: string, id: string, json: unknown): Call<wire.ClientWire> => ({ name: 'update_client', method: 'PUT', path: path`client/${c}/${id}`, json, schema: wire.dataOf(wire.CLIENT) });

/** Without `fields` only ids come; a body of another shape answers with everybody. */
export const searchClients = (c: string, page: number, pageSize: number, filters: readonly unknown[]): Call<wire.Page<wire.ClientWire>> => ({
	name: 'clients_search',
	method: 'POST',
	path: path`company/${c}/clients/search`,
	json: {
		page,
		page_size: pageSize,
		operation: 'AND',
		order_by: 'id',
		order_by_direction: 'ASC',
		fields: ['id', 'name', 'phone', 'email', 'discount', 'first_visit_date', 'last_visit_date', 'sold_amount', 'visits_count'],
		filters,
	},
	schema: wire.pageOf(wire.CLIENT),
});

export const records = (c: string, query: Query) => get('records', path`records/${c}`, wire.pageOf(wire.RECORD), query);
export const record = (c: string, id: string) => get('record', path`record/${c}/${id}`, wire.dataOf(wire.RECORD));
export const updateRecord = (c: string, id: string, json: unknown): Call<unknown> => ({ name: 'update_record', method: 'PUT', path: path`record/${c}/${id}`, json, schema: wire.DONE });
export const deleteRecord = (c: string, id: string): Call<unknown> => ({ name: 'delete_record', method: 'DELETE', path: path`record/${c}/${id}`, schema: wire.DONE });
/** Whether a booking would be taken; nothing is made. */
export const bookCheck = (c: string, json: unknown): Call<unknown> => ({ name: 'book_check', method: 'POST', path: path`book_check/${c}`, json, schema: wire.DONE });
export const bookRecord = (c: string, json: unknown): Call<string> => ({ name: 'book_record', method: 'POST', path: path`book_record/${c}`, json, schema: wire.BOOKED });
export const createRecord = (c: string, json: unknown): Call<string> => ({ name: 'create_record', method: 'POST', path: path`records/${c}`, json, schema: wire.CREATED });
