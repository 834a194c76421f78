import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/amocrm';
import { locator } from '../../shared/booking/locators';
import { instantOf, rowsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import type { AmocrmContext } from './context';

type Parameters = AmocrmContext['parameters'];

export const AFTER_UNKNOWN = 'Look in the CRM whether it was done before you do it again: a repeat would do it twice.';
export const AFTER_UNKNOWN_SAME = 'Read the record back. Doing the same again does no harm.';

/** How a kind of card is called here. */
export interface CardWords {
	readonly kind: office.CardKind;
	/** In the middle of a sentence. */
	readonly word: string;
	readonly title: string;
	readonly search: string;
	readonly fieldSearch: string;
}

export const LEAD: CardWords = { kind: 'lead', word: 'lead', title: 'Lead', search: 'searchLeads', fieldSearch: 'searchLeadFields' };
export const CONTACT: CardWords = { kind: 'contact', word: 'contact', title: 'Contact', search: 'searchContacts', fieldSearch: 'searchContactFields' };
export const COMPANY: CardWords = { kind: 'company', word: 'company card', title: 'Company Card', search: 'searchCompanyCards', fieldSearch: 'searchCompanyCardFields' };
const CARDS: Readonly<Record<office.CardKind, CardWords>> = { lead: LEAD, contact: CONTACT, company: COMPANY };

export const cardLocator = ({ title, word, search }: CardWords): INodeProperties => locator('cardId', title, search, { description: `The ${word} to work with` });
export const userLocator = (description: string): INodeProperties => locator('responsibleUserId', 'Responsible User', 'searchUsers', { required: false, description });
export const listLocator: INodeProperties = locator('listId', 'List', 'searchLists', { description: 'The list whose elements are meant' });
export const leadPipelineLocator = (required: boolean, description: string): INodeProperties => locator('leadPipelineId', 'Pipeline', 'searchPipelines', { required, description });
export const leadStageLocator = (required: boolean, description: string): INodeProperties => locator('leadStageId', 'Stage', 'searchLeadStages', { required, description });

const CARD_TYPES = [
	{ name: 'Company Card', value: 'company' },
	{ name: 'Contact', value: 'contact' },
	{ name: 'Lead', value: 'lead' },
];
const cardType: INodeProperties = { displayName: 'Card Type', name: 'cardType', type: 'options', options: CARD_TYPES, default: 'lead' };
const anyCardType: INodeProperties = { displayName: 'Card Type', name: 'cardType', type: 'options', options: [{ name: 'Any or None', value: 'none' }, ...CARD_TYPES], default: 'none' };

/** Which card a task or a note stands on. */
export const subjectFields = (isRequired: boolean): INodeProperties[] => [
	isRequired ? cardType : anyCardType,
	...(['lead', 'contact', 'company'] as const).map((kind): INodeProperties => ({ ...cardLocator(CARDS[kind]), name: `${kind}CardId`, displayOptions: { show: { cardType: [kind] } } })),
];

/** The card of {@link subjectFields}; undefined for none. */
export function readSubject(parameters: Parameters, i: number): office.Subject | undefined {
	const type = parameters.getNodeParameter('cardType', i) as unknown;
	const kind = (['lead', 'contact', 'company'] as const).find((one) => one === type);
	return kind === undefined ? undefined : { kind, id: readNumber(parameters, `${kind}CardId`, CARDS[kind].title, i) };
}

/** Values of the account's own fields. */
export const customFieldsField = ({ fieldSearch }: Pick<CardWords, 'fieldSearch'>, name = 'customFields', displayName = 'Custom Fields'): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Field',
					name: 'fieldId',
					type: 'resourceLocator',
					default: { mode: 'list', value: '' },
					description: 'A field of the account',
					modes: [
						{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: fieldSearch, searchable: true } },
						{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 88001' },
					],
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'By the type of the field: text, a number, a date as 2026-11-24, a choice by its name, several with commas. Empty clears the field.',
				},
			],
		},
	],
});

/** The values of {@link customFieldsField} as the vendor wants them. */
export async function readCustomFields({ parameters, account, zone }: AmocrmContext, kind: office.CardKind, i: number, name = 'customFields'): Promise<readonly unknown[]> {
	const rows = rowsOf(parameters.getNodeParameter(name, i, {}), 'field');
	const inputs = rows.map(({ fieldId, value }) => ({ fieldId: idOf(fieldId), value: textOf(value) }));
	if (inputs.some(({ fieldId }) => fieldId === '')) throw new ParameterError('No field is chosen in "Custom Fields"', 'Choose a field from the list, or take the row away.');
	return inputs.length === 0 ? [] : valueOf(await office.fieldValues(account.office, kind, inputs, await zone()));
}


function idOf(value: unknown): string {
	return textOf(typeof value === 'object' && value !== null && 'value' in value ? value.value : value);
}

/** A number of the CRM that has to be chosen. Throws {@link ParameterError}. */
export function readNumber(parameters: Parameters, name: string, title: string, i: number): string {
	const id = readOptionalNumber(parameters, name, title, i);
	if (id === undefined) throw new ParameterError(`No record is chosen in "${title}"`, 'Choose one from the list, or enter its number.');
	return id;
}

/** A number of the CRM, or undefined for none. Throws {@link ParameterError} for what is no number of the CRM. */
export function readOptionalNumber(parameters: Parameters, name: string, title: string, i: number): string | undefined {
	const id = textOf(parameters.getNodeParameter(name, i, '', { extractValue: true }));
	if (id === '') return undefined;
	if (/^[1-9]\d{0,14}$/.test(id)) return id;
	throw new ParameterError(`"${title}" is not a number of the CRM`, 'Enter the number that stands at the end of the address of the record in the CRM.');
}

/** Unix seconds of a date and time parameter. */
export async function readMoment({ parameters, zone }: AmocrmContext, name: string, title: string, i: number): Promise<number> {
	return Math.floor(Date.parse(instantOf(parameters.getNodeParameter(name, i), await zone(), title)) / 1000);
}
