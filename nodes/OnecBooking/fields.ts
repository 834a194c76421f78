import type { INodeProperties } from 'n8n-workflow';
import { wallOf } from '../../core/crm/onec';
import { collectionOf, instantOf, wordsOf } from '../shared/booking/values';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import type { OperationContext } from '../shared/operation';

type Parameters = OperationContext['parameters'];
type Fields = Readonly<Record<string, unknown>>;

/** A selector of a set by its name in the metadata. */
export function setLocator(name: string, displayName: string, search: string, example: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'As the base publishes it. A set that is missing has to be put into the composition of the OData interface.',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
			{ displayName: 'By Name', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}

/** A selector of an object by its reference. */
export function objectLocator(search: string): INodeProperties {
	return {
		displayName: 'Object',
		name: 'objectId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The object to work with',
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
			{ displayName: 'By Reference', name: 'id', type: 'string', placeholder: 'e.g. 8f2c0a52-0b1d-11ee-9c5a-0050568b1234' },
		],
	};
}

/** Fields as JSON, under the names of the metadata. */
export function jsonFields(description: string, example: object, displayName = 'Fields', name = 'fields'): INodeProperties {
	return { displayName, name, type: 'json', typeOptions: { rows: 6 }, required: true, default: JSON.stringify(example, null, 2), description };
}

/** The object of a JSON parameter. Throws {@link ParameterError} for anything else. */
export function readFields(parameters: Parameters, name: string, i: number): Fields {
	const value = parsed(parameters.getNodeParameter(name, i, '') as unknown);
	if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) return value as Fields;
	throw new ParameterError(`"${name}" is not a JSON object with fields`, 'Write names of the metadata in double quotes with their values, for example { "Description": "Анна" }.');
}

function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return null;
	}
}

/** Filter, order and fields of a list, in the vendor's own language. */
export const rowOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{ displayName: 'Allowed Only', name: 'allowedOnly', type: 'boolean', default: false, description: 'Whether to return what row-level rights leave, instead of an error' },
		{ displayName: 'Fields', name: 'select', type: 'string', default: '', placeholder: 'e.g. Ref_Key, Description', description: 'Names of fields to return, separated by commas; all of them when empty' },
		{ displayName: 'Filter', name: 'filter', type: 'string', default: '', placeholder: "e.g. DeletionMark eq false and substringof('Анна',Description)", description: 'In the language of OData 3: eq, ne, gt, ge, lt, le, and, or, not, substringof, startswith' },
		{ displayName: 'Order By', name: 'orderby', type: 'string', default: '', placeholder: 'e.g. Date desc', description: 'Fields separated by commas. Rows of registers need one, so that pages do not move.' },
	],
};

/** What the options of a list ask for. */
export function readRowOptions(parameters: Parameters, i: number): { readonly filter?: string; readonly orderby?: string; readonly select?: readonly string[]; readonly allowedOnly?: boolean } {
	const { filter, orderby, select, allowedOnly } = collectionOf(parameters, 'options', i);
	const names = wordsOf(select);
	return {
		...(textOf(filter) === '' ? {} : { filter: textOf(filter) }),
		...(textOf(orderby) === '' ? {} : { orderby: textOf(orderby) }),
		...(names.length === 0 ? {} : { select: names }),
		...(allowedOnly === true ? { allowedOnly } : {}),
	};
}

/** A moment of a parameter as wall time of the base; null when it is empty. */
export function readWall(parameters: Parameters, name: string, displayName: string, i: number, zone: string): string | null {
	const value = parameters.getNodeParameter(name, i, '') as unknown;
	return value === '' || value === null ? null : wallOf(instantOf(value, zone, displayName), zone);
}
