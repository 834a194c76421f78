import type { Call, Query } from '../../http';
import * as wire from './wire';

/** Six readings of the page. Each is asked once: what did not answer is not asked again at once. */

const get = <T>(name: string, path: string, query: Query, schema: Call<T>['schema']): Call<T> => ({ name, method: 'GET', path, query, schema, attempts: 1 });

export const company = (c: string) => get('project_options', 'mobile/ajax/newrecord/project_options/', { company: c }, wire.COMPANY);
/** With a master, what that master does. */
export const services = (c: string, masterId = '') => get('company_services', 'mobile/ajax/newrecord/company_services/', { company: c, lang: 'ru', array: 1, master: masterId, share: '' }, wire.SERVICES);
export const masters = (c: string) => get('to_master_get_masters', 'ajax/newrecord/to_master_get_masters/', { company_id: c }, wire.MASTERS);
export const dates = (c: string, serviceId: string, masterId: string | undefined, from: string, to: string) =>
	get('get_dates_true', 'ajax/newrecord/get_dates_true/', { company_id: c, 'services_id[]': serviceId, [`master_id[${serviceId}]`]: masterId, date_from: from, date_to: to }, wire.DATES);
export const times = (c: string, serviceId: string, masterId: string | undefined, date: string) =>
	get('get_datetimes', 'mobile/ajax/newrecord/get_datetimes/', { company_id: c, 'service_id[]': serviceId, master_id: masterId, date }, wire.TIMES);
