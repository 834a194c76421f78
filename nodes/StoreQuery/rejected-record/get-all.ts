import { STREAM_NAMES } from '../../../core/booking';
import { defineOperation } from '../../shared/operation';
import { STREAM_OPTIONS } from '../../shared/sync-fields';
import type { QueryContext } from '../context';
import { filterFields, readFilters } from '../filters';

export const getAllRejects = defineOperation<QueryContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many rejected records',
	description: 'List records of the CRM that could not be read, with the name of the field at fault',
	fields: filterFields([{ displayName: 'Entity', name: 'stream', type: 'options', options: [...STREAM_OPTIONS], default: 'clients', description: 'Which list the record is of' }]),
	run(context, i) {
		const { filters, page } = readFilters(context, i);
		const stream = STREAM_NAMES.find((name) => name === filters.stream);
		return context.query.rejects(stream === undefined ? {} : { stream }, page);
	},
});
