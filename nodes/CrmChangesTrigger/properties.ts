import type { INodeProperties } from 'n8n-workflow';
import type { SyncedEntity } from '../../core/booking';
import type { Change } from '../../core/store/sync';
import { salonIdField } from '../shared/salon';

export const MOST_ITEMS = 100;

/** How often the changes are looked at; the value is published, the expression is not. */
export const CHECK_EVERY = {
	tenSeconds: { name: '10 Seconds', expression: '*/10 * * * * *' },
	thirtySeconds: { name: '30 Seconds', expression: '*/30 * * * * *' },
	minute: { name: 'Minute', expression: '0 * * * * *' },
	fiveMinutes: { name: '5 Minutes', expression: '0 */5 * * * *' },
	fifteenMinutes: { name: '15 Minutes', expression: '0 */15 * * * *' },
} as const;

const ENTITY_NAMES = { client: 'Client', company: 'Company', goods: 'Goods Sale', schedule: 'Schedule', service: 'Service', staff: 'Staff Member', visit: 'Visit' } as const satisfies Record<SyncedEntity, string>;
const KIND_NAMES = { created: 'Created', deleted: 'Deleted', updated: 'Updated' } as const satisfies Record<Change['kind'], string>;

export const ENTITIES = Object.keys(ENTITY_NAMES) as readonly SyncedEntity[];
export const KINDS = Object.keys(KIND_NAMES) as readonly Change['kind'][];

const optionsOf = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, name]) => ({ name, value })).sort((a, b) => a.name.localeCompare(b.name, 'en'));

export const properties: INodeProperties[] = [
	salonIdField,
	{ displayName: 'Entities', name: 'entities', type: 'multiOptions', required: true, options: optionsOf(ENTITY_NAMES), default: ['client', 'visit'], description: 'Which records to hear of' },
	{ displayName: 'Kinds', name: 'kinds', type: 'multiOptions', required: true, options: optionsOf(KIND_NAMES), default: [...KINDS], description: 'Which changes to hear of' },
	{
		displayName: 'Check Every',
		name: 'checkEvery',
		type: 'options',
		options: Object.entries(CHECK_EVERY).map(([value, { name }]) => ({ name, value })),
		default: 'minute',
		description: 'How often to look for changes in the store; the CRM is not asked',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [{ displayName: 'Changes per Run', name: 'maxItems', type: 'number', typeOptions: { minValue: 1, maxValue: 1000 }, default: MOST_ITEMS, description: 'More changes start further runs, one after another' }],
	},
];
