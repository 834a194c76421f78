import type { INodeProperties } from 'n8n-workflow';
import { office } from '../../../core/crm/bitrix24';
import { wholeNumberOf } from '../../shared/fields';
import { ParameterError } from '../../shared/errors';
import type { OperationContext } from '../../shared/operation';

const ENTITIES = {
	company: { name: 'Company', entityTypeId: office.KINDS.company },
	contact: { name: 'Contact', entityTypeId: office.KINDS.contact },
	deal: { name: 'Deal', entityTypeId: office.KINDS.deal },
	lead: { name: 'Lead', entityTypeId: office.KINDS.lead },
	smartProcess: { name: 'Smart Process', entityTypeId: null },
} as const;
type Entity = keyof typeof ENTITIES;

const FIRST_SMART_PROCESS = 128;
const LAST_SMART_PROCESS = 999_999;

/** Which kind of record is meant; smart processes by their number. */
export function entityFields(entities: readonly Entity[]): readonly INodeProperties[] {
	const options = entities.map((value) => ({ name: ENTITIES[value].name, value })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
	return [
		{ displayName: 'Record', name: 'entity', type: 'options', options, default: 'deal' },
		{
			displayName: 'Smart Process Number',
			name: 'entityTypeId',
			type: 'number',
			typeOptions: { minValue: FIRST_SMART_PROCESS },
			default: FIRST_SMART_PROCESS,
			displayOptions: { show: { entity: ['smartProcess'] } },
			description: 'Its entityTypeId, which stands in the address of its page',
		},
	];
}

export function readEntity(parameters: OperationContext['parameters'], i: number): number {
	const entity = parameters.getNodeParameter('entity', i, 'deal') as unknown;
	if (typeof entity !== 'string' || !Object.hasOwn(ENTITIES, entity)) throw new ParameterError('The kind of record is not known', 'Choose one from the list.');
	const { entityTypeId } = ENTITIES[entity as Entity];
	return entityTypeId ?? wholeNumberOf(parameters.getNodeParameter('entityTypeId', i), 'Smart Process Number', { min: FIRST_SMART_PROCESS, max: LAST_SMART_PROCESS });
}
