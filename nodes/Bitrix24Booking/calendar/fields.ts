import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/bitrix24';
import { filled, instantOf, wordsOf } from '../../shared/booking/values';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import type { OperationContext } from '../../shared/operation';

export const ownerField: INodeProperties = { displayName: 'User ID', name: 'userId', type: 'string', required: true, default: '', placeholder: 'e.g. 6', description: 'Number of the employee whose calendar it is' };
export const eventField: INodeProperties = { displayName: 'Event ID', name: 'eventId', type: 'string', required: true, default: '', placeholder: 'e.g. 1265' };
export const dayFields: readonly INodeProperties[] = [
	{ displayName: 'From', name: 'from', type: 'dateTime', required: true, default: '', description: 'First day; only the date is used' },
	{ displayName: 'To', name: 'to', type: 'dateTime', required: true, default: '', description: 'Last day; only the date is used' },
];

const ACCESSIBILITIES = [
	{ name: 'Absent', value: 'absent' },
	{ name: 'Busy', value: 'busy' },
	{ name: 'Free', value: 'free' },
	{ name: 'Perhaps', value: 'quest' },
];

export const eventOptions: readonly INodeProperties[] = [
	{ displayName: 'Accessibility', name: 'accessibility', type: 'options', options: ACCESSIBILITIES, default: 'busy', description: 'How the employee is shown at that time' },
	{ displayName: 'CRM Records', name: 'crmFields', type: 'string', default: '', placeholder: 'e.g. D_342, C_275', description: 'Deals as D_, contacts as C_, leads as L_ with their number, separated by commas' },
	{ displayName: 'Description', name: 'description', type: 'string', default: '' },
];

/** Options of an entry under the names of the core. */
export function readOptions(form: Readonly<Record<string, unknown>>): Pick<office.EventChange, 'accessibility' | 'crmFields' | 'description'> {
	const crmFields = wordsOf(form.crmFields);
	return { ...filled(form, ['accessibility', 'description']), ...(crmFields.length === 0 ? {} : { crmFields }) };
}

export function readText(parameters: OperationContext['parameters'], { name, displayName }: INodeProperties, i: number): string {
	const text = textOf(parameters.getNodeParameter(name, i, ''));
	if (text === '') throw new ParameterError(`${displayName} is empty`, 'Enter it.');
	return text;
}

/** Start and end in time; without an offset they are the salon's. */
export function readSpan(from: unknown, to: unknown, zone: string): { readonly from: string; readonly to: string } {
	const span = { from: instantOf(from, zone, 'From'), to: instantOf(to, zone, 'To') };
	if (Date.parse(span.from) >= Date.parse(span.to)) throw new ParameterError('The end is not after the start', 'Set To to a later time than From.');
	return span;
}
