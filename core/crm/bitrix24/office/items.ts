import * as v from 'valibot';
import { mapOutcome, type Outcome, ok, refused, unavailable } from '../../../booking';
import { call } from '../calls';
import { isWireId } from '../context';
import { isAscending, OUT_OF_ORDER, PAGE_SIZE } from '../pages';
import { ANYTHING, itemOf, pageOf, WIRE_ID } from '../wire';
import type { Office, Row } from './office';

/** Kinds of elements of the CRM by the portal's numbers; a smart process has one of its own. */
export const KINDS = { lead: 1, deal: 2, contact: 3, company: 4 } as const;

const ROW = v.looseObject({ id: WIRE_ID });
const NO_ITEM = refused('not_found', 'There is no such record; check its ID.');
const OWN_NAMES = { useOriginalUfNames: 'Y' };
const MOST_PAGES = 2000;

/** Elements of a kind by ascending id, at most `limit`, phones and user fields included. A filter is the portal's own, with prefixes such as `>=`. */
export async function items({ transport }: Office, entityTypeId: number, filter: Row, limit: number): Promise<Outcome<readonly Row[]>> {
	const rows: (Row & { readonly id: string })[] = [];
	for (let page = 1; page <= MOST_PAGES; page += 1) {
		const after = rows.at(-1)?.id ?? '0';
		const own = filter['>id'] === undefined || rows.length > 0 ? { '>id': Number(after) } : {};
		const answer = await transport.read(
			call('crm.item.list', pageOf(ROW, 'items'), { entityTypeId, ...OWN_NAMES, filter: { ...filter, ...own }, order: { id: 'ASC' }, select: ['*', 'UF_*'], start: -1 }),
		);
		if (answer.kind !== 'ok') return answer;
		if (!isAscending(after, answer.value.items)) return OUT_OF_ORDER;
		rows.push(...answer.value.items);
		if (answer.value.items.length < PAGE_SIZE || rows.length >= limit) return ok(rows.slice(0, limit));
	}
	return refused('invalid_request', 'The filter finds too many records; narrow it.');
}

/** One element with all its fields. */
export async function item({ transport }: Office, entityTypeId: number, id: string): Promise<Outcome<Row>> {
	if (!isWireId(id)) return NO_ITEM;
	const answer = await transport.read(call('crm.item.get', itemOf(ROW), { entityTypeId, ...OWN_NAMES, id: Number(id) }));
	if (answer.kind === 'refused' && answer.reason === 'not_found') return NO_ITEM;
	if (answer.kind !== 'ok') return answer;
	return answer.value.id === id ? answer : unavailable('Bitrix24 answered about another record.');
}

/** Adds an element; `operation` names the effect for the outcome alone, the portal does not know it. */
export function createItem({ transport }: Office, entityTypeId: number, fields: Row, operation: string): Promise<Outcome<Row>> {
	return transport.write(call('crm.item.add', itemOf(ROW), { entityTypeId, ...OWN_NAMES, fields }), operation);
}

/** Changes the named fields of an element; what is read back is the answer. */
export async function updateItem(office: Office, entityTypeId: number, id: string, fields: Row, operation: string): Promise<Outcome<Row>> {
	if (!isWireId(id)) return NO_ITEM;
	const saved = await office.transport.write(call('crm.item.update', itemOf(ROW), { entityTypeId, ...OWN_NAMES, id: Number(id), fields }), operation);
	if (saved.kind === 'refused' && saved.reason === 'not_found') return NO_ITEM;
	return saved;
}

/** Deletes an element for good; one that is gone already is `not_found`. */
export async function deleteItem(office: Office, entityTypeId: number, id: string, operation: string): Promise<Outcome<{ readonly id: string; readonly deleted: true }>> {
	if (!isWireId(id)) return NO_ITEM;
	const deleted = await office.transport.write(call('crm.item.delete', ANYTHING, { entityTypeId, id: Number(id) }), operation);
	if (deleted.kind === 'unknown') {
		const after = await item(office, entityTypeId, id);
		if (after.kind === 'refused' && after.reason === 'not_found') return ok({ id, deleted: true });
	}
	if (deleted.kind === 'refused' && deleted.reason === 'not_found') return NO_ITEM;
	return mapOutcome(deleted, () => ({ id, deleted: true as const }));
}
