import { type Call, path, type Query } from '../http';
import * as wire from './wire';

/** The vendor's endpoints, one builder each. Ids are the vendor's. */

const LIMIT = 250;

const get = <T>(name: string, where: string, schema: Call<T>['schema'], query?: Query): Call<T> => ({ name, method: 'GET', path: where, schema, ...(query === undefined ? {} : { query }) });

export const account = () => get('account', 'account', wire.ACCOUNT, { with: 'datetime_settings,is_api_filter_enabled' });
export const leadFields = (page: number) => get('lead_fields', 'leads/custom_fields', wire.pageOf('custom_fields', wire.CUSTOM_FIELD), { limit: LIMIT, page });
export const pipelines = () => get('pipelines', 'leads/pipelines', wire.pageOf('pipelines', wire.PIPELINE));
export const lossReasons = (page: number) => get('loss_reasons', 'leads/loss_reasons', wire.pageOf('loss_reasons', wire.LOSS_REASON), { limit: LIMIT, page });
export const elements = (catalogId: string, page: number) => get('catalog_elements', path`catalogs/${catalogId}/elements`, wire.pageOf('elements', wire.ELEMENT), { limit: LIMIT, page });
export const users = (page: number) => get('users', 'users', wire.pageOf('users', wire.USER), { limit: LIMIT, page });

const LEAD_PARTS = 'contacts,catalog_elements,loss_reason';

export const leads = (query: Query) => get('leads', 'leads', wire.pageOf('leads', wire.LEAD), { with: LEAD_PARTS, limit: LIMIT, ...query });
export const lead = (id: string) => get('lead', path`leads/${id}`, wire.recordOf(wire.LEAD), { with: LEAD_PARTS });
export const createLead = (row: unknown): Call<string> => ({ name: 'create_lead', method: 'POST', path: 'leads', json: [row], schema: wire.madeOf('leads') });
export const updateLead = (id: string, json: unknown): Call<unknown> => ({ name: 'update_lead', method: 'PATCH', path: path`leads/${id}`, json, schema: wire.CHANGED });
export const linkLead = (id: string, json: readonly unknown[]): Call<unknown> => ({ name: 'link_lead', method: 'POST', path: path`leads/${id}/link`, json, schema: wire.DONE });
export const leadNotes = (id: string, page: number) => get('lead_notes', path`leads/${id}/notes`, wire.pageOf('notes', wire.NOTE), { limit: LIMIT, page });
export const addNote = (id: string, text: string): Call<unknown> => ({ name: 'add_note', method: 'POST', path: path`leads/${id}/notes`, json: [{ note_type: 'common', params: { text } }], schema: wire.DONE });

export const searchContacts = (query: string, page: number) => get('contacts', 'contacts', wire.pageOf('contacts', wire.CONTACT), { query, limit: LIMIT, page });
export const contact = (id: string) => get('contact', path`contacts/${id}`, wire.recordOf(wire.CONTACT), { with: 'leads' });
export const createContact = (row: unknown): Call<string> => ({ name: 'create_contact', method: 'POST', path: 'contacts', json: [row], schema: wire.madeOf('contacts') });
export const updateContact = (id: string, json: unknown): Call<unknown> => ({ name: 'update_contact', method: 'PATCH', path: path`contacts/${id}`, json, schema: wire.CHANGED });
