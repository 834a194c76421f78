import { wallOf } from '../kit';
import { BitrixError, itemNotFound } from './errors';
import { fieldsOfKind, type ItemField, WITH_MULTIFIELDS } from './item-fields';
import { readMoment } from './listing';
import { newMultifields, updatedMultifields } from './multifields';
import { type Fields, integerOf, integersOf } from './parameters';
import { COMPANY, CONTACT, DEAL, LEAD, type Portal, SMART_PROCESS } from './portal';
import type { Item, Multifield, Pipeline, Stage } from './records';
import type { Bitrix24Switches } from './switches';

const EVENT_NAMES: ReadonlyMap<number, string> = new Map([[LEAD, 'LEAD'], [DEAL, 'DEAL'], [CONTACT, 'CONTACT'], [COMPANY, 'COMPANY']]);
const LEAD_STAGES: Pipeline = {
	id: 0,
	name: 'Лиды',
	stages: [
		{ id: 'NEW', name: 'Не обработан', sort: 10, semantics: null },
		{ id: 'IN_PROCESS', name: 'В работе', sort: 20, semantics: null },
		{ id: 'CONVERTED', name: 'Качественный лид', sort: 30, semantics: 'S' },
		{ id: 'JUNK', name: 'Некачественный лид', sort: 40, semantics: 'F' },
	],
};

/** The pipeline of the smart process. */
export const SMART_PIPELINE: Pipeline = {
	id: 17,
	name: 'Визиты',
	stages: [
		{ id: `DT${SMART_PROCESS}_17:NEW`, name: 'Начало', sort: 10, semantics: null },
		{ id: `DT${SMART_PROCESS}_17:SUCCESS`, name: 'Успех', sort: 20, semantics: 'S' },
		{ id: `DT${SMART_PROCESS}_17:FAIL`, name: 'Провал', sort: 30, semantics: 'F' },
	],
};

/** The element, or `NOT_FOUND`. */
export function itemOf(portal: Portal, entityTypeId: number, id: number): Item {
	const item = portal.itemsOf(entityTypeId).get(id);
	if (item === undefined) throw itemNotFound();
	return item;
}

/** Adds an element the way `crm.item.add` does: unknown fields vanish without a word. Throws `CRM_FIELD_ERROR_*`. */
export function addItem(portal: Portal, entityTypeId: number, fields: Fields, userId: number): Item {
	const now = portal.clock.now();
	const values = readFields(portal, entityTypeId, fields);
	for (const name of portal.requiredFields.get(entityTypeId) ?? []) {
		if (values[name] === undefined || values[name] === null || values[name] === '') throw new BitrixError(400, 'CRM_FIELD_ERROR_REQUIRED', `Не заполнено обязательное поле ${name}`);
	}
	const id = portal.nextId(`item ${entityTypeId}`);
	const item: Item = { id, values: { assignedById: userId, opened: 'Y', ...values, id, createdTime: now, updatedTime: now }, fm: [] };
	if (WITH_MULTIFIELDS.has(entityTypeId)) item.fm = newMultifields(portal, fields.fm);
	if (entityTypeId === DEAL || entityTypeId === LEAD || entityTypeId === SMART_PROCESS) openTrade(portal, entityTypeId, item);
	deriveValues(portal, entityTypeId, item);
	portal.itemsOf(entityTypeId).set(id, item);
	announce(portal, entityTypeId, id, 'ADD');
	return item;
}

/** Changes an element; when nothing differs nothing is saved and `updatedTime` stays. `fm` turns the old phones into the new. */
export function updateItem(portal: Portal, entityTypeId: number, id: number, fields: Fields, fm: (old: readonly Multifield[]) => readonly Multifield[]): Item {
	const item = itemOf(portal, entityTypeId, id);
	const before = JSON.stringify([item.values, item.fm]);
	const changes = readFields(portal, entityTypeId, fields);
	const moves = changes.stageId !== undefined && changes.stageId !== item.values.stageId;
	if (moves) stageOf(portal, entityTypeId, { ...item.values, ...changes });
	Object.assign(item.values, changes);
	if (WITH_MULTIFIELDS.has(entityTypeId)) item.fm = fm(item.fm);
	if (moves) recordMove(portal, entityTypeId, item);
	deriveValues(portal, entityTypeId, item);
	if (JSON.stringify([item.values, item.fm]) === before) return item;
	item.values.updatedTime = portal.clock.now();
	announce(portal, entityTypeId, id, 'UPDATE');
	return item;
}

/** The `fm` rule of `crm.item.update`; an absent `fm` changes nothing. */
export function modernMultifields(portal: Portal, fields: Fields, switches: Bitrix24Switches): (old: readonly Multifield[]) => readonly Multifield[] {
	return (old) => (fields.fm === undefined ? old : updatedMultifields(portal, old, fields.fm, switches));
}

/** Deletes for good; nothing remains but the event. */
export function deleteItem(portal: Portal, entityTypeId: number, id: number): void {
	itemOf(portal, entityTypeId, id);
	portal.itemsOf(entityTypeId).delete(id);
	announce(portal, entityTypeId, id, 'DELETE');
}

/** The pipeline of an element, by its category. */
export function pipelineOf(portal: Portal, entityTypeId: number, categoryId: number): Pipeline {
	if (entityTypeId === LEAD) return LEAD_STAGES;
	if (entityTypeId === SMART_PROCESS) return SMART_PIPELINE;
	const pipeline = portal.pipelines.get(categoryId);
	if (pipeline === undefined) throw new BitrixError(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Недопустимое значение поля categoryId');
	return pipeline;
}

/** Counts the opportunity of a deal from its product rows, unless it is set by hand. */
export function recount(portal: Portal, dealId: number): void {
	const deal = portal.itemsOf(DEAL).get(dealId);
	if (deal === undefined || deal.values.isManualOpportunity === 'Y') return;
	const rows = portal.productRows.filter((row) => row.ownerType === 'D' && row.ownerId === dealId);
	const sum = rows.reduce((total, { price, quantity }) => total + price * quantity, 0);
	if (deal.values.opportunity === sum) return;
	Object.assign(deal.values, { opportunity: sum, updatedTime: portal.clock.now() });
	announce(portal, DEAL, dealId, 'UPDATE');
}

function openTrade(portal: Portal, entityTypeId: number, item: Item): void {
	const { values } = item;
	const first = pipelineOf(portal, entityTypeId, Number(values.categoryId ?? 0)).stages[0];
	const today = wallOf(portal.clock.now(), portal.zone).slice(0, 10);
	const weekLater = wallOf(portal.clock.now() + 7 * 86_400_000, portal.zone).slice(0, 10);
	const defaults: Record<string, unknown> = { title: `Сделка #${item.id}`, stageId: first?.id, opportunity: 0, isManualOpportunity: 'N', currencyId: 'RUB' };
	if (entityTypeId === SMART_PROCESS) defaults.categoryId = SMART_PIPELINE.id;
	if (entityTypeId === DEAL) Object.assign(defaults, { categoryId: 0, begindate: today, closedate: weekLater });
	for (const [name, value] of Object.entries(defaults)) values[name] ??= value;
	stageOf(portal, entityTypeId, values);
	recordMove(portal, entityTypeId, item);
}

function stageOf(portal: Portal, entityTypeId: number, values: Fields): Stage {
	const { stages } = pipelineOf(portal, entityTypeId, Number(values.categoryId ?? 0));
	const stage = stages.find(({ id }) => id === values.stageId);
	if (stage === undefined) throw new BitrixError(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', 'Недопустимое значение поля stageId');
	return stage;
}

function recordMove(portal: Portal, entityTypeId: number, { id, values }: Item): void {
	const at = portal.clock.now();
	values.movedTime = at;
	portal.stageMoves.push({ id: portal.nextId('stage move'), entityTypeId, ownerId: id, categoryId: Number(values.categoryId ?? 0), stageId: String(values.stageId), at });
}

function deriveValues(portal: Portal, entityTypeId: number, item: Item): void {
	const { values } = item;
	if (WITH_MULTIFIELDS.has(entityTypeId)) {
		values.hasPhone = item.fm.some(({ typeId }) => typeId === 'PHONE') ? 'Y' : 'N';
		values.hasEmail = item.fm.some(({ typeId }) => typeId === 'EMAIL') ? 'Y' : 'N';
	}
	if (entityTypeId !== DEAL && entityTypeId !== LEAD) return;
	const { semantics } = stageOf(portal, entityTypeId, values);
	values.stageSemanticId = semantics ?? 'P';
	if (entityTypeId === DEAL) values.closed = semantics === null ? 'N' : 'Y';
}

/** Known, writable fields in the form they are kept. */
function readFields(portal: Portal, entityTypeId: number, fields: Fields): Record<string, unknown> {
	const read: Record<string, unknown> = {};
	for (const definition of fieldsOfKind(portal, entityTypeId)) {
		if (definition.readOnly || fields[definition.name] === undefined) continue;
		read[definition.name] = readValue(definition, fields[definition.name], portal.zone);
	}
	if (Array.isArray(read.contactIds)) read.contactId = (read.contactIds as readonly number[])[0] ?? null;
	else if (read.contactId !== undefined) read.contactIds = integersOf([read.contactId]);
	return read;
}

function readValue({ kind }: ItemField, value: unknown, zone: string): unknown {
	if (kind === 'integers') return integersOf(value);
	if (value === null || value === '') return null;
	if (kind === 'integer') return integerOf(value) ?? 0;
	if (kind === 'double') return Number.isFinite(Number(value)) ? Number(value) : 0;
	if (kind === 'boolean') return [true, 1, '1', 'Y'].includes(value as string | number | boolean) ? 'Y' : 'N';
	if (kind === 'datetime') return readMoment(String(value), zone);
	if (kind === 'date') return dateOf(String(value), zone);
	return String(value);
}

/** The date alone: the time of a date field is dropped. */
function dateOf(text: string, zone: string): string | null {
	const moment = readMoment(text, zone);
	return moment === null ? null : wallOf(moment, zone).slice(0, 10);
}

function announce(portal: Portal, entityTypeId: number, id: number, what: 'ADD' | 'UPDATE' | 'DELETE'): void {
	portal.emit({ name: `ONCRM${EVENT_NAMES.get(entityTypeId) ?? 'ITEM'}${what}`, id, family: 'crm' });
}
