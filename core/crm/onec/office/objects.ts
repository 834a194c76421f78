import { randomUUID } from 'node:crypto';
import { mapOutcome, type Outcome, ok, refused } from '../../../booking';
import type { Transport } from '../../http';
import { isRecord } from '../../reading';
import * as calls from '../calls';
import type { Facts } from '../facts';
import { allOf, isGuid, type Options, quoted } from '../odata';
import { pagesOf } from '../pages';
import { setPosted } from '../posting';
import { OBJECT, type ObjectWire, ROW, type Row, textIn, valueIn, wallIn } from '../wire';
import { bare } from '../write-rows';

/** Objects of a base by the names of its metadata: catalogs, documents, tasks. Nothing is ever deleted for good. */

/** The base to work with, and what was learned about it. */
export interface Office {
	readonly transport: Transport;
	readonly facts: Facts;
}

/** Which rows of a set. `filter` and `orderby` are in the vendor's own language. */
export interface RowsQuery extends Pick<Options, 'filter' | 'orderby' | 'allowedOnly'> {
	readonly select?: readonly string[];
}

/** A set of objects in an address; a name with anything else in it could be another address. */
const SET = /^(Catalog|Document|Task|BusinessProcess|ChartOfCharacteristicTypes|ChartOfAccounts|ExchangePlan|Constant)_[\p{L}\p{N}_]{1,120}$/u;
const NO_SET = refused('invalid_request', 'This is not the name of a set of objects; write it as the metadata does, for example Catalog_Контрагенты.');
const NO_OBJECT = refused('not_found', 'There is no object with this reference; a reference is a guid such as 8f2c0a52-0b1d-11ee-9c5a-0050568b1234.');

/** Rows of a set in a stable order, up to a number. */
export async function objects({ transport }: Office, set: string, query: RowsQuery, most: number): Promise<Outcome<readonly Row[]>> {
	if (!SET.test(set)) return NO_SET;
	return rowsUpTo(transport, set, { orderby: 'Ref_Key', ...query }, most);
}

/** The same of any set whose name was checked; also of virtual tables. */
export async function rowsUpTo(transport: Transport, set: string, options: RowsQuery & { readonly orderby: string }, most: number, argument?: string): Promise<Outcome<readonly Row[]>> {
	const rows: Row[] = [];
	const source = { name: 'rows', set, ...(argument === undefined ? {} : { argument }), ...(most < PAGE_SIZE ? { pageSize: most } : {}), options, schema: ROW, idOf: JSON.stringify };
	for await (const page of pagesOf(transport, source)) {
		if (page.kind !== 'ok') return page;
		rows.push(...page.value.rows);
		if (rows.length >= most) break;
	}
	return ok(rows.slice(0, most));
}

const PAGE_SIZE = 200;

/** One object, whole. */
export async function object({ transport }: Office, set: string, id: string): Promise<Outcome<ObjectWire>> {
	if (!SET.test(set)) return NO_SET;
	return isGuid(id) ? transport.read(calls.object('object', set, id)) : NO_OBJECT;
}

/** Live objects whose name or number has this text, for a list to choose from. */
export async function findObjects({ transport }: Pick<Office, 'transport'>, set: string, text: string, most: number): Promise<Outcome<readonly { readonly id: string; readonly name: string }[]>> {
	if (!SET.test(set)) return NO_SET;
	const field = /^(Document|BusinessProcess)_/.test(set) ? 'Number' : 'Description';
	const filter = allOf('DeletionMark eq false', text === '' ? null : `substringof(${quoted(text)},${field})`);
	const rows = await transport.read(calls.list('rows', set, { filter, orderby: field, top: most }, OBJECT));
	return mapOutcome(rows, (found) => found.map((row) => ({ id: row.Ref_Key, name: [textIn(row, field), wallIn(row, 'Date')?.slice(0, 16).replace('T', ' ') ?? ''].filter((part) => part !== '').join(' · ') || row.Ref_Key })));
}

/** What a write made, and the fields that did not arrive: the base drops and cuts in silence. */
export interface Written {
	readonly object: ObjectWire;
	readonly lost: readonly string[];
}

/** Makes an object of these fields. Sections are lists of rows; line numbers are set here. */
export async function createObject({ transport }: Office, set: string, fields: Row): Promise<Outcome<Written>> {
	if (!SET.test(set)) return NO_SET;
	const sent = numbered(fields);
	const made = await transport.write(calls.create('create_object', set, sent), randomUUID());
	return made.kind === 'ok' ? ok({ object: made.value, lost: lostFields(sent, made.value) }) : made;
}

/** Changes these fields of an object; a section that is given replaces the whole one. */
export async function updateObject({ transport }: Office, set: string, id: string, fields: Row): Promise<Outcome<Written>> {
	if (!SET.test(set)) return NO_SET;
	if (!isGuid(id)) return NO_OBJECT;
	const sent = numbered(fields);
	const made = await transport.write(calls.change('update_object', set, id, sent), randomUUID());
	return made.kind === 'ok' ? ok({ object: made.value, lost: lostFields(sent, made.value) }) : made;
}

/** Marks an object for deletion, or takes the mark away. */
export async function markObject({ transport }: Office, set: string, id: string, marked: boolean): Promise<Outcome<ObjectWire>> {
	if (!SET.test(set)) return NO_SET;
	return isGuid(id) ? transport.write(calls.change('mark_object', set, id, { DeletionMark: marked }), randomUUID()) : NO_OBJECT;
}

/** Posts a document or takes its posting away; a document that is so already stays as it is. */
export async function postDocument({ transport, facts }: Office, set: string, id: string, posted: boolean): Promise<Outcome<ObjectWire>> {
	if (!SET.test(set) || !set.startsWith('Document_')) return NO_SET;
	if (!isGuid(id)) return NO_OBJECT;
	const done = await setPosted({ transport, facts }, set, id, posted, randomUUID());
	return done.kind === 'ok' ? transport.read(calls.object('object', set, id)) : done;
}

function numbered(fields: Row): Row {
	return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? bare(value.filter(isRecord)) : value]));
}

/** Names of plain fields that came back as something else; what a section lost is told by its name. */
function lostFields(sent: Row, held: Row): readonly string[] {
	return Object.keys(sent).filter((name) => !isSame(valueIn(sent, name), valueIn(held, name)));
}

function isSame(sent: unknown, held: unknown): boolean {
	if (Array.isArray(sent)) return Array.isArray(held) && held.length === sent.length && sent.every((row, index) => isRecord(row) && isRecord(held[index]) && lostFields(row, held[index]).length === 0);
	if (typeof sent === 'string' && typeof held === 'string') return sent.toLowerCase() === held.toLowerCase();
	// long whole numbers come back as texts
	return sent === held || String(sent) === String(held ?? '');
}
