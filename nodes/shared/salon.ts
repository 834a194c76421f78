import type { INodeProperties } from 'n8n-workflow';
import type { Instant } from '../../core/booking';

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

/** The wall clock, as every rule of the core takes it. */
export function now(): Instant {
	return new Date().toISOString();
}
