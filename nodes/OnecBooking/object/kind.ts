import type { INodeProperties } from 'n8n-workflow';
import { objectLocator, setLocator } from '../fields';

/** What differs between catalogs and documents on the panel. */
export interface ObjectKind {
	/** Of one and of many, as an agent reads them. */
	readonly one: string;
	readonly many: string;
	/** Parameter that names the set. */
	readonly parameter: string;
	readonly set: INodeProperties;
	readonly object: INodeProperties;
	readonly example: object;
}

export const CATALOG: ObjectKind = {
	one: 'catalog item',
	many: 'catalog items',
	parameter: 'catalog',
	set: setLocator('catalog', 'Catalog', 'searchOnecCatalogs', 'Catalog_Контрагенты'),
	object: objectLocator('searchOnecCatalogItems'),
	example: { Description: 'Анна' },
};

export const DOCUMENT: ObjectKind = {
	one: 'document',
	many: 'documents',
	parameter: 'document',
	set: setLocator('document', 'Document', 'searchOnecDocuments', 'Document_ЗаказПокупателя'),
	object: objectLocator('searchOnecDocumentItems'),
	example: { Date: '2026-11-24T12:00:00' },
};
