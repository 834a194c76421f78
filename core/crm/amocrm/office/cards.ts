import { type Outcome, ok, unknown } from '../../../booking';
import { path, type Query } from '../../http';
import { CARD_PARTS, CARD_PATHS, type CardKind } from './kinds';
import { changeRow, createRow, listRows, numberOf, type Office, readRow, type Row } from './office';

/** Which cards of a kind. */
export interface CardQuery {
	/** Part of any text on the card. */
	readonly search?: string;
	readonly pipelineId?: string;
	readonly statusId?: string;
	readonly responsibleUserId?: string;
	/** Unix seconds. */
	readonly changedSince?: number;
}

/** What a card is to hold; an absent part is left as it is. */
export interface CardFields {
	readonly name?: string;
	readonly price?: number;
	readonly pipelineId?: string;
	readonly statusId?: string;
	readonly lossReasonId?: string;
	readonly responsibleUserId?: string;
	readonly tags?: readonly string[];
	/** From `fieldValues`. */
	readonly values?: readonly unknown[];
	/** For a new lead. */
	readonly contactIds?: readonly string[];
	readonly companyId?: string;
}

/**
 * Cards of a query, the one changed last first. An account may pass filters over silently, so each row is checked again;
 * the limit then counts what fits.
 */
export async function listCards(office: Office, kind: CardKind, asked: CardQuery, limit: number): Promise<Outcome<readonly Row[]>> {
	const { search, pipelineId, statusId, responsibleUserId, changedSince } = asked;
	const isStage = pipelineId !== undefined && statusId !== undefined;
	const query: Query = {
		with: CARD_PARTS[kind],
		...(search === undefined ? {} : { query: search }),
		...(isStage ? { 'filter[statuses][0][pipeline_id]': pipelineId, 'filter[statuses][0][status_id]': statusId } : {}),
		...(pipelineId === undefined || isStage ? {} : { 'filter[pipeline_id][]': [pipelineId] }),
		...(responsibleUserId === undefined ? {} : { 'filter[responsible_user_id][]': [responsibleUserId] }),
		...(changedSince === undefined ? {} : { 'filter[updated_at][from]': changedSince }),
		'order[updated_at]': 'desc',
	};
	const fits = (row: Row): boolean =>
		(pipelineId === undefined || String(row.pipeline_id) === pipelineId) &&
		(statusId === undefined || String(row.status_id) === statusId) &&
		(responsibleUserId === undefined || String(row.responsible_user_id) === responsibleUserId) &&
		(changedSince === undefined || Number(row.updated_at) >= changedSince);
	const isFiltered = Object.keys(query).some((key) => key.startsWith('filter'));
	const rows = await listRows(office, CARD_PATHS[kind], CARD_PATHS[kind], CARD_PATHS[kind], query, isFiltered ? Number.POSITIVE_INFINITY : limit);
	return rows.kind === 'ok' ? ok(rows.value.filter(fits).slice(0, limit)) : rows;
}

export function readCard(office: Office, kind: CardKind, id: string): Promise<Outcome<Row>> {
	return readRow(office, kind, path`${CARD_PATHS[kind]}/${numberOf(id, 'The card')}`, { with: CARD_PARTS[kind] });
}

/** Opens a card and reads it back. */
export async function createCard(office: Office, kind: CardKind, fields: CardFields): Promise<Outcome<Row>> {
	const made = await createRow(office, `create_${kind}`, CARD_PATHS[kind], CARD_PATHS[kind], bodyOf(fields));
	return made.kind === 'ok' ? readAfter(office, kind, made.value) : made;
}

/** Changes a card and reads it back. */
export async function updateCard(office: Office, kind: CardKind, id: string, fields: CardFields): Promise<Outcome<Row>> {
	const changed = await changeRow(office, `update_${kind}`, path`${CARD_PATHS[kind]}/${numberOf(id, 'The card')}`, bodyOf(fields));
	return changed.kind === 'ok' ? readAfter(office, kind, id) : changed;
}

/** The write is done: a card that cannot be read back must not look like one that was not written. */
async function readAfter(office: Office, kind: CardKind, id: string): Promise<Outcome<Row>> {
	const row = await readCard(office, kind, id);
	return row.kind === 'ok' ? row : unknown(`${kind} ${id}`);
}

/** The vendor's words for what a card is to hold. */
export function bodyOf({ name, price, pipelineId, statusId, lossReasonId, responsibleUserId, tags, values = [], contactIds = [], companyId }: CardFields): Readonly<Record<string, unknown>> {
	const embedded = {
		...(contactIds.length === 0 ? {} : { contacts: contactIds.map((id, index) => ({ id: numberOf(id, 'A contact'), is_main: index === 0 })) }),
		...(companyId === undefined ? {} : { companies: [{ id: numberOf(companyId, 'A company') }] }),
	};
	return {
		...(name === undefined ? {} : { name }),
		...(price === undefined ? {} : { price }),
		...(pipelineId === undefined ? {} : { pipeline_id: numberOf(pipelineId, 'A pipeline') }),
		...(statusId === undefined ? {} : { status_id: numberOf(statusId, 'A stage') }),
		...(lossReasonId === undefined ? {} : { loss_reason_id: numberOf(lossReasonId, 'A loss reason') }),
		...(responsibleUserId === undefined ? {} : { responsible_user_id: numberOf(responsibleUserId, 'A user') }),
		...(tags === undefined || tags.length === 0 ? {} : { tags_to_add: tags.map((tag) => ({ name: tag })) }),
		...(values.length === 0 ? {} : { custom_fields_values: values }),
		...(Object.keys(embedded).length === 0 ? {} : { _embedded: embedded }),
	};
}
