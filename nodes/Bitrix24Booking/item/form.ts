import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/bitrix24';
import { locator } from '../../shared/booking/locators';
import { collectionOf, filled, rowsOf, wordsOf } from '../../shared/booking/values';
import { ParameterError, valueOf } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import type { OperationContext } from '../../shared/operation';
import type { Bitrix24Context } from '../context';
import type { ItemKind } from './kinds';

/** Selector of one element: the portal finds them by number. */
export function idField({ one, value }: ItemKind): INodeProperties {
	return { displayName: `${one[0]?.toUpperCase() ?? ''}${one.slice(1)} ID`, name: `${value}Id`, type: 'string', required: true, default: '', placeholder: 'e.g. 342' };
}

export function readId(parameters: OperationContext['parameters'], { value, one }: ItemKind, i: number): string {
	const id = textOf(parameters.getNodeParameter(`${value}Id`, i, ''));
	if (id === '') throw new ParameterError(`No ${one} is named`, `Enter the number of the ${one}.`);
	return id;
}

/** Any field of the portal, its own (UF_…) among them, chosen from the account and written as text. */
export function portalFields({ fieldSearch, many }: ItemKind): INodeProperties {
	return {
		displayName: 'Fields of the Portal',
		name: 'portalFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
		default: {},
		description: `Any other field of ${many}, the portal’s own ones among them. Values are checked against the type of the field.`,
		options: [
			{
				displayName: 'Field',
				name: 'fields',
				values: [
					locator('name', 'Field', fieldSearch, { description: 'Its name, such as UF_CRM_1700000000' }),
					{ displayName: 'Value', name: 'value', type: 'string', default: '', description: 'Several values go on lines of their own, a date and time has an offset, an empty value clears the field' },
				],
			},
		],
	};
}

export function moreFields({ fields }: ItemKind, displayName: string, name: string): INodeProperties {
	return { displayName, name, type: 'collection', placeholder: 'Add Field', default: {}, options: [...fields] };
}

/** What a form says, under the portal's names. */
export async function readFields({ parameters, account }: Bitrix24Context, kind: ItemKind, collection: string, i: number): Promise<office.Row> {
	const form = collectionOf(parameters, collection, i);
	const own = filled(form, kind.fields.map(({ name }) => name).filter((name) => name !== 'contactIds'));
	const contactIds = wordsOf(form.contactIds).map((id) => numberOf(id, 'Contact IDs'));
	const rows = rowsOf(parameters.getNodeParameter('portalFields', i, {}), 'fields').map((row) => ({ name: textOf(valueIn(row.name)), value: typeof row.value === 'number' ? String(row.value) : typeof row.value === 'string' ? row.value : '' }));
	if (rows.some(({ name }) => name === '')) throw new ParameterError('A field of the portal is not chosen', 'Choose the field from the list in every row, or remove the row.');
	const portal = valueOf(await office.valuesFor(account.office, kind.entityTypeId, rows));
	return { ...own, ...(contactIds.length === 0 ? {} : { contactIds }), ...(own.opportunity === undefined ? {} : { isManualOpportunity: 'Y' }), ...portal };
}

function numberOf(text: string, name: string): number {
	if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
	throw new ParameterError(`"${name}" is not valid`, 'Enter numbers of the portal, separated by commas.');
}

function valueIn(value: unknown): unknown {
	return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}
