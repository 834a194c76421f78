import type { INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../operation';

/** For records in the vendor's own shape. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Whether an item asks for the simple shape. */
export function wantsSimple(parameters: OperationContext['parameters'], i: number): boolean {
	return parameters.getNodeParameter('simplify', i, true) !== false;
}
