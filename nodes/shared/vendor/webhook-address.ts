import type { INodeProperties } from 'n8n-workflow';
import { ParameterError } from '../errors';
import { textOf } from '../fields';
import type { OperationContext } from '../operation';

export const addressField: INodeProperties = {
	displayName: 'Address',
	name: 'address',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/salon?secret=…',
	description: 'The whole address that is told of changes',
};

/** The address of an item. Throws {@link ParameterError} for what is none. */
export function readAddress(parameters: OperationContext['parameters'], i: number): string {
	const address = textOf(parameters.getNodeParameter('address', i, ''));
	if (URL.canParse(address) && /^https?:/i.test(address)) return address;
	throw new ParameterError('Address is not valid', 'Enter a whole address that begins with https://.');
}
