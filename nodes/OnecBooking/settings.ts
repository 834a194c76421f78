import type { INodeProperties } from 'n8n-workflow';
import { salonPlanField } from '../shared/vendor/salon-plan';

/** Value of the preset that takes the mapping alone. */
export const NO_PRESET = 'none';

/** Which configuration the base has, and what no base tells. */
export const SETTINGS: readonly INodeProperties[] = [
	{
		displayName: 'Preset',
		name: 'preset',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Clinic', value: 'clinic', description: 'An event with participants, doctors, schedules in a register' },
			{ name: 'None', value: 'none', description: 'The mapping below alone, as Discover proposed it' },
			{ name: 'Salon or Dental Clinic', value: 'salon', description: 'An event with rows of services' },
			{ name: 'Small Firm (УНФ)', value: 'unf', description: 'An event with participants; services stand in its comment' },
			{ name: 'Trade (УТ, КА, ERP)', value: 'trade', description: 'Catalogs alone: its documents book no time' },
			{ name: 'Vet Clinic', value: 'vet', description: 'A task of an early booking, shifts in a register' },
		],
		default: 'salon',
		description: 'The configuration of 1C. Run Discover to see which one fits the base.',
	},
	{
		displayName: 'Mapping',
		name: 'baseMapping',
		type: 'json',
		typeOptions: { rows: 8 },
		default: '{}',
		description: 'What differs from the preset, field by field; or with no preset the whole mapping that Discover proposed. Use the same mapping in every node of a salon.',
	},
	salonPlanField,
];
