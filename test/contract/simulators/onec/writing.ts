import { badPath, badValue, exception, notFound, OneCError } from './errors';
import { type Infobase, isRegister } from './infobase';
import { isGuid, wallDate } from './literals';
import { EMPTY_DATE, EMPTY_GUID, type EntityModel, entityProperties, type Property, propertiesOf, type TabularSection } from './model';
import { isRow, type OpenRow, type Row } from './rows';
import type { OneCSwitches } from './switches';

/** Properties the base sets itself, whatever is sent. */
const OWN = new Set(['Ref_Key', 'DataVersion', 'Predefined', 'Posted']);

/** Creates an object or a row of an independent register; a second row with the same key is refused with 400. */
export function createRow(base: Infobase, switches: OneCSwitches, entity: EntityModel, body: Row): Row {
	if (isRegister(entity)) return createRecord(base, switches, entity, body);
	const values = readValues(entity, body, switches);
	const sections = readSections(base, entity, body, switches);
	const draft = { ...values, ...sections };
	refuseByCode(base, entity, draft);
	return base.add(entity.set, draft);
}

/** Changes an object: given fields alone, sections as wholes; unknown fields vanish without a word. */
export function patchRow(base: Infobase, switches: OneCSwitches, entity: EntityModel, row: OpenRow, body: Row): Row {
	const changes: OpenRow = { ...readValues(entity, body, switches), ...readSections(base, entity, body, switches) };
	checkLock(base, row);
	refuseByCode(base, entity, { ...row, ...changes });
	if (isRegister(entity)) {
		base.rowsOf(entity.set).delete(base.keyOf(entity, row));
		Object.assign(row, changes);
		base.rowsOf(entity.set).set(base.keyOf(entity, row), row);
		return row;
	}
	if (changes.DeletionMark === true && row.Posted === true) {
		if (switches.markPosted === 'refused') throw exception('Нельзя пометить на удаление проведенный документ');
		if (switches.markPosted === 'unposts') changes.Posted = false;
	}
	Object.assign(row, changes, { DataVersion: base.nextVersion() });
	return row;
}

/** Deletes physically and for good. */
export function deleteRow(base: Infobase, entity: EntityModel, row: Row): void {
	checkLock(base, row);
	base.rowsOf(entity.set).delete(base.keyOf(entity, row));
}

/** Posts or unposts a document; the configuration may refuse with its own text. */
export function postDocument(base: Infobase, entity: EntityModel, row: OpenRow, posted: boolean): Row {
	if (entity.kind !== 'Document') throw badPath(posted ? 'Post' : 'Unpost');
	checkLock(base, row);
	if (posted && row.DeletionMark === true) throw exception('Документ помечен на удаление и не может быть проведен');
	const refusal = posted ? base.conditions.beforePosting(entity.set, row) : null;
	if (refusal !== null) throw exception(refusal);
	Object.assign(row, { Posted: posted, DataVersion: base.nextVersion() });
	return row;
}

/** The object or the register row of a key, or code 9. */
export function rowOf(base: Infobase, entity: EntityModel, key: string): OpenRow {
	const row = base.rowsOf(entity.set).get(key);
	if (row === undefined) throw notFound();
	return row;
}

function createRecord(base: Infobase, switches: OneCSwitches, entity: EntityModel, body: Row): Row {
	if (entity.subordinate) throw badPath(entity.set);
	const values = readValues(entity, body, switches);
	refuseByCode(base, entity, values);
	const draft: OpenRow = { ...Object.fromEntries(entityProperties(entity).map((one) => [one.name, emptyKeyPart(one)])), ...values };
	if (base.rowsOf(entity.set).has(base.keyOf(entity, draft))) throw new OneCError(400, null, 'Запись с такими ключевыми полями существует');
	return base.add(entity.set, values);
}

function emptyKeyPart({ type }: Property): unknown {
	return type === 'ref' ? EMPTY_GUID : type === 'date' ? EMPTY_DATE : '';
}

function readValues(entity: EntityModel, body: Row, switches: OneCSwitches): OpenRow {
	const read: OpenRow = {};
	for (const property of entityProperties(entity)) {
		if (OWN.has(property.name) || body[property.name] === undefined) continue;
		read[property.name] = readValue(property, body[property.name], switches);
	}
	return read;
}

function readSections(base: Infobase, entity: EntityModel, body: Row, switches: OneCSwitches): OpenRow {
	const read: OpenRow = {};
	for (const section of entity.sections) {
		const rows = body[section.name];
		if (rows === undefined) continue;
		if (!Array.isArray(rows) || !rows.every(isRow)) throw exception('Неверный формат табличной части');
		read[section.name] = base.lines(section, rows.map((row, index) => readLine(section, row, index, switches)));
	}
	return read;
}

/** A row of a section; its number is demanded, from 1 and without gaps. */
function readLine(section: TabularSection, row: Row, index: number, switches: OneCSwitches): Row {
	if (row.LineNumber === undefined || row.LineNumber === null) throw exception('Не задан номер строки');
	if (Number(row.LineNumber) !== index + 1) throw badValue(row.LineNumber, 'LineNumber');
	const read: OpenRow = { LineNumber: String(index + 1) };
	for (const property of section.attributes.flatMap(propertiesOf)) if (row[property.name] !== undefined) read[property.name] = readValue(property, row[property.name], switches);
	const shown = read['Представление'];
	if (switches.phoneDigits === 'filled' && read['Тип'] === 'Телефон' && typeof shown === 'string' && (read['НомерТелефона'] ?? '') === '') {
		read['НомерТелефона'] = shown.replace(/\D/g, '').slice(0, 20);
	}
	return read;
}

/** A value as the base keeps it: texts are cut, a text for a number turns into 0, a broken link is kept; all in silence. */
function readValue({ type, length }: Property, value: unknown, switches: OneCSwitches): unknown {
	if (type === 'string' || type === 'composite') return String(value ?? '').slice(0, length);
	if (type === 'boolean') {
		if (typeof value !== 'boolean') throw badValue(value, 'Edm.Boolean');
		return value;
	}
	if (type === 'ref') {
		if (!isGuid(value)) throw badValue(value, 'Edm.Guid');
		return value.toLowerCase();
	}
	if (type === 'date') {
		const text = typeof value === 'string' && switches.offsetDates === 'cut' ? value.replace(/(\.\d+)?(Z|[+-]\d\d:\d\d)$/, '') : value;
		const date = wallDate(text);
		if (date === null) throw badValue(value, 'Edm.DateTime');
		return date;
	}
	const read = Number(value);
	const known = Number.isFinite(read) ? read : 0;
	return type === 'integer' ? String(Math.trunc(known)) : known;
}

function checkLock(base: Infobase, row: Row): void {
	if (base.conditions.locked.has(String(row.Ref_Key))) throw exception('Не удалось заблокировать запись. Объект изменён или удалён другим пользователем, либо открыт для редактирования');
}

function refuseByCode(base: Infobase, entity: EntityModel, row: Row): void {
	const refusal = base.conditions.beforeWrite(entity.set, row);
	if (refusal !== null) throw exception(refusal);
}
