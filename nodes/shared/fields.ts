import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Phone } from '../../core/booking';
import { parsePhone } from '../../core/language/phone';
import { ParameterError } from './errors';
import type { OperationContext } from './operation';

/** Return All and Limit of a list. */
export const listFields: readonly INodeProperties[] = [
	{ displayName: 'Return All', name: 'returnAll', type: 'boolean', default: false, description: 'Whether to return all results or only up to a given limit' },
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** The languages of the assistant and of what is shown. */
export const languages: INodePropertyOptions[] = [
	{ name: 'English', value: 'en' },
	{ name: 'Russian', value: 'ru' },
];

/** The phone of a client who is named by it, where Client By lets choose. */
export const clientPhoneField = (description: string): INodeProperties => ({
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	required: true,
	displayOptions: { show: { clientBy: ['phone'] } },
	default: '',
	placeholder: 'e.g. +79161234567',
	description,
});

/** How many results an item asks for; Infinity for all. */
export function readLimit(parameters: OperationContext['parameters'], i: number): number {
	if (parameters.getNodeParameter('returnAll', i, false) === true) return Number.POSITIVE_INFINITY;
	const limit = parameters.getNodeParameter('limit', i, 50) as unknown;
	if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) return limit;
	throw new ParameterError('Limit is not valid', 'Set Limit to a whole number of 1 or more, or turn on Return All.');
}

/** A whole number of a parameter; text of digits counts. Throws {@link ParameterError} outside `min` to `max`. */
export function wholeNumberOf(value: unknown, name: string, { min, max }: { readonly min: number; readonly max: number }): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max) return number;
	throw new ParameterError(`"${name}" is not valid`, `Use a whole number from ${min} to ${max}.`);
}

/** The phone of a parameter, with its country code. Throws {@link ParameterError} for anything else; `otherwise` says what else can be done. */
export function phoneOf(value: unknown, otherwise = ''): Phone {
	const parsed = parsePhone(textOf(value), '');
	if (parsed !== null) return parsed.phone;
	throw new ParameterError('The phone is not a valid number', `Enter it with the country code, for example +79161234567.${otherwise === '' ? '' : ` ${otherwise}`}`);
}

/** Text of a parameter or of a collection's field; '' for anything else. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
