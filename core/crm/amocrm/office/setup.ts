import * as v from 'valibot';
import type { Outcome } from '../../../booking';
import { path } from '../../http';
import { createRow, listRows, numberOf, type Office, type Row } from './office';

/** What an account is set up with. */

const ALL = Number.POSITIVE_INFINITY;

/** Pipelines with their stages under `_embedded.statuses`. The list comes whole. */
export function pipelines(office: Office): Promise<Outcome<readonly Row[]>> {
	return listRows(office, 'pipelines', 'leads/pipelines', 'pipelines', {}, ALL);
}

export function catalogs(office: Office, limit = ALL): Promise<Outcome<readonly Row[]>> {
	return listRows(office, 'catalogs', 'catalogs', 'catalogs', {}, limit);
}

export function elements(office: Office, catalogId: string, search: string, limit: number): Promise<Outcome<readonly Row[]>> {
	return listRows(office, 'catalog_elements', path`catalogs/${numberOf(catalogId, 'The list')}/elements`, 'elements', search === '' ? {} : { query: search }, limit);
}

/** Adds an element; the value is its id. */
export function addElement(office: Office, catalogId: string, name: string): Promise<Outcome<string>> {
	return createRow(office, 'create_element', path`catalogs/${numberOf(catalogId, 'The list')}/elements`, 'elements', { name });
}

export function lossReasons(office: Office): Promise<Outcome<readonly Row[]>> {
	return listRows(office, 'loss_reasons', 'leads/loss_reasons', 'loss_reasons', {}, ALL);
}

export function users(office: Office): Promise<Outcome<readonly Row[]>> {
	return listRows(office, 'users', 'users', 'users', {}, ALL);
}

/** Starts a bot on a lead or a contact. An answer says that it is queued, not that a message left. */
export function startBot({ transport }: Office, botId: string, subject: { readonly kind: 'lead' | 'contact'; readonly id: string }): Promise<Outcome<unknown>> {
	const json = [{ bot_id: numberOf(botId, 'The bot'), entity_id: numberOf(subject.id, 'The card'), entity_type: subject.kind === 'lead' ? 'leads' : 'contacts' }];
	return transport.write({ name: 'run_bot', method: 'POST', path: 'bots/run', json, schema: v.unknown() }, 'run_bot');
}
