import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { STREAM_NAMES, type StreamName } from '../../core/booking';
import { wordsOf } from './booking/values';
import { ParameterError } from './errors';
import type { OperationContext } from './operation';

const NAMES: Readonly<Record<StreamName, string>> = {
	clients: 'Clients',
	company: 'Company',
	goods: 'Goods Sales',
	schedules: 'Schedules',
	services: 'Services',
	staff: 'Staff',
	visits: 'Visits',
};

/** The lists of a CRM, by name. */
export const STREAM_OPTIONS: readonly INodePropertyOptions[] = STREAM_NAMES.map((value) => ({ name: NAMES[value], value })).sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** Which lists are meant. */
export const entitiesField: INodeProperties = {
	displayName: 'Entities',
	name: 'entities',
	type: 'multiOptions',
	options: [...STREAM_OPTIONS],
	default: [],
	description: 'Which lists are meant; leave empty for all that the CRM has',
};

/** The lists an item means; undefined for all. Throws {@link ParameterError} for one nobody knows. */
export function readStreams(parameters: OperationContext['parameters'], i: number): readonly StreamName[] | undefined {
	const words = wordsOf(parameters.getNodeParameter('entities', i, []));
	const unknown = words.find((word) => !STREAM_NAMES.some((name) => name === word));
	if (unknown !== undefined) throw new ParameterError('An entity is not known', `Use ${STREAM_NAMES.join(', ')}.`);
	return words.length === 0 ? undefined : STREAM_NAMES.filter((name) => words.includes(name));
}
