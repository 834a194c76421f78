import type { INodeProperties } from 'n8n-workflow';
import type { Instant } from '../../core/booking';
import { ParameterError } from './errors';
import type { OperationContext } from './operation';

/** Whose data a node works with; every key in the store starts with it. */
export const salonIdField: INodeProperties = {
	displayName: 'Salon ID',
	name: 'salonId',
	type: 'string',
	default: 'demo',
	required: true,
	placeholder: 'e.g. lavender',
	description: 'Keeps the data of several salons apart in one n8n. Use the same ID in every node of a salon.',
};

const SALON = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The salon of an item. Throws {@link ParameterError} for text that cannot name one. */
export function readSalon(parameters: OperationContext['parameters'], i: number): string {
	return salonOf(parameters.getNodeParameter('salonId', i, ''));
}

/** Checks a salon id. */
export function salonOf(value: unknown): string {
	if (typeof value === 'string' && SALON.test(value.trim())) return value.trim();
	throw new ParameterError('Salon ID is not valid', 'Use up to 64 letters, digits, dots, hyphens or underscores, for example "demo".');
}

/** The wall clock, as every rule of the core takes it: UTC. */
export function now(): Instant {
	return new Date().toISOString();
}
