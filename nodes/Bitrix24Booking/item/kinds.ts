import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/bitrix24';

/** A kind of element of the CRM on the canvas. */
export interface ItemKind {
	/** Value of the resource. */
	readonly value: 'deal' | 'lead' | 'contact';
	readonly entityTypeId: number;
	/** In texts: `deal`, `deals`. */
	readonly one: string;
	readonly many: string;
	/** What a new element has to have. */
	readonly main: INodeProperties;
	/** What else a form offers by itself; names are the portal's. */
	readonly fields: readonly INodeProperties[];
	/** The list behind the field selector. */
	readonly fieldSearch: string;
}

const comments: INodeProperties = { displayName: 'Comments', name: 'comments', type: 'string', default: '', description: 'Text for the employees of the portal' };
const responsible: INodeProperties = { displayName: 'Responsible User ID', name: 'assignedById', type: 'string', default: '', placeholder: 'e.g. 6', description: 'Number of the employee; the one of the credential without it' };
const source: INodeProperties = { displayName: 'Source ID', name: 'sourceId', type: 'string', default: '', placeholder: 'e.g. WEB', description: 'Where it comes from, by the list of sources of the portal' };
const title: INodeProperties = { displayName: 'Title', name: 'title', type: 'string', required: true, default: '', placeholder: 'e.g. Haircut — Olga' };
const stage: INodeProperties = { displayName: 'Stage ID', name: 'stageId', type: 'string', default: '', placeholder: 'e.g. C9:NEW', description: 'Stage of the pipeline; see the operation Get Many of Pipeline' };
const contacts: INodeProperties = { displayName: 'Contact IDs', name: 'contactIds', type: 'string', default: '', placeholder: 'e.g. 275, 301', description: 'Numbers of contacts, separated by commas, the first one first of all' };
const currency: INodeProperties = { displayName: 'Currency', name: 'currencyId', type: 'string', default: '', placeholder: 'e.g. RUB', description: 'ISO 4217 code' };
const opportunity: INodeProperties = { displayName: 'Amount', name: 'opportunity', type: 'number', default: 0, description: 'In whole units of the currency' };
const firstName: INodeProperties = { displayName: 'First Name', name: 'name', type: 'string', required: true, default: '', placeholder: 'e.g. Olga' };
const lastName: INodeProperties = { displayName: 'Last Name', name: 'lastName', type: 'string', default: '' };

export const DEAL: ItemKind = {
	value: 'deal', entityTypeId: office.KINDS.deal, one: 'deal', many: 'deals', main: title, fieldSearch: 'searchBitrix24FieldsOfDeal',
	fields: [
		opportunity, comments, contacts, currency,
		{ displayName: 'Pipeline ID', name: 'categoryId', type: 'string', default: '', placeholder: 'e.g. 9', description: 'Number of the pipeline; the default one is 0' },
		responsible, source, stage,
	],
};
export const LEAD: ItemKind = {
	value: 'lead', entityTypeId: office.KINDS.lead, one: 'lead', many: 'leads', main: title, fieldSearch: 'searchBitrix24FieldsOfLead',
	fields: [opportunity, comments, contacts, currency, { ...firstName, required: false }, lastName, responsible, source, stage],
};
export const CONTACT: ItemKind = {
	value: 'contact', entityTypeId: office.KINDS.contact, one: 'contact', many: 'contacts', main: firstName, fieldSearch: 'searchBitrix24FieldsOfContact',
	fields: [
		comments, lastName, responsible,
		{ displayName: 'Second Name', name: 'secondName', type: 'string', default: '' },
		source,
		{ displayName: 'Type ID', name: 'typeId', type: 'string', default: '', placeholder: 'e.g. CLIENT', description: 'By the list of contact types of the portal' },
	],
};
