import type { Answer } from '../kit';
import { entityProperties, type EntityModel } from './model';
import type { Row } from './rows';
import type { OneCSwitches } from './switches';

/** How a caller wants the answer. */
export interface Wish {
	readonly json: boolean;
	/** Service annotations are left out. */
	readonly bare: boolean;
}

const JSON_TYPE = 'application/json;charset=utf-8';

/** Reads the wish from `$format` and `Accept`; without either the answer is Atom. */
export function wishOf(options: Readonly<Record<string, string>>, accept: string): Wish {
	const format = options.$format ?? '';
	return { json: format.includes('json') || accept.includes('application/json'), bare: `${format} ${accept}`.includes('odata=nometadata') };
}

/** An answer in JSON, after a byte order mark where the base writes one. */
export function jsonAnswer(status: number, body: unknown, switches: OneCSwitches, headers: Readonly<Record<string, string>> = {}): Answer {
	const mark = switches.byteOrderMark === 'present' ? '\uFEFF' : '';
	return { status, headers: { 'content-type': JSON_TYPE, dataserviceversion: '3.0', ...headers }, body: mark + JSON.stringify(body) };
}

/** A row with the links to what its references name. */
export function annotated(entity: EntityModel, row: Row): Row {
	const links = entityProperties(entity)
		.filter(({ name, target }) => target !== undefined && row[name] !== undefined)
		.map(({ name }) => [`${name.replace(/_Key$/, '')}@navigationLinkUrl`, `${entity.set}(guid'${String(row.Ref_Key ?? row[name])}')/${name.replace(/_Key$/, '')}`]);
	return { ...row, ...Object.fromEntries(links) };
}

/** Rows as Atom: what a program gets that forgot to ask for JSON. */
export function atomAnswer(status: number, title: string, rows: readonly Row[]): Answer {
	const entries = rows.map((row) => {
		const properties = Object.entries(row).map(([name, value]) => (Array.isArray(value) ? '' : `<d:${name}>${escaped(String(value))}</d:${name}>`));
		return `<entry><category term="StandardODATA.${title}"/><content type="application/xml"><m:properties>${properties.join('')}</m:properties></content></entry>`;
	});
	const body =
		'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" ' +
		`xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"><title>${title}</title>${entries.join('')}</feed>`;
	return { status, headers: { 'content-type': 'application/atom+xml;type=feed;charset=utf-8', dataserviceversion: '3.0' }, body };
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
