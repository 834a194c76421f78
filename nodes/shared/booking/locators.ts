import type { INodeProperties } from 'n8n-workflow';
import { ParameterError } from '../errors';
import { textOf } from '../fields';
import type { OperationContext } from '../operation';

/** A selector of one record, by list or id. */
export function locator(name: string, displayName: string, search: string, options: { required?: boolean; description: string }): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: options.required ?? true,
		description: options.description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod: search, searchable: true } },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 77000111 or 3f2c8a1e-77aa-4b0c-9d55-0a4c1f9e2b6d' },
		],
	};
}

export const appointmentLocator = locator('appointmentId', 'Appointment', 'searchAppointments', { description: 'The appointment to work with' });
export const clientLocator = locator('clientId', 'Client', 'searchClients', { description: 'The client to work with' });
export const serviceLocator = locator('serviceId', 'Service', 'searchServices', { description: 'The service to work with' });
export const staffLocator = locator('staffId', 'Staff Member', 'searchStaff', { description: 'The staff member to work with' });
export const anyStaffLocator = locator('staffId', 'Staff Member', 'searchStaff', { required: false, description: 'Leave empty for any staff member' });

/** Id chosen in a locator. Throws {@link ParameterError} when none is. */
export function readLocator(parameters: OperationContext['parameters'], name: string, i: number): string {
	const id = readOptionalLocator(parameters, name, i);
	if (id === undefined) throw new ParameterError(`No record is chosen in "${name}"`, 'Choose one from the list, or enter its ID.');
	return id;
}

/** Id chosen in a locator, or undefined. */
export function readOptionalLocator(parameters: OperationContext['parameters'], name: string, i: number): string | undefined {
	const id = textOf(parameters.getNodeParameter(name, i, '', { extractValue: true }));
	return id === '' ? undefined : id;
}

/** Whether a name in a list has what was typed, in any case. */
export function has(text: string, filter: string): boolean {
	return text.toLowerCase().includes(filter.toLowerCase());
}
