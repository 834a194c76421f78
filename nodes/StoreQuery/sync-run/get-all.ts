import { STREAM_NAMES } from '../../../core/booking';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { STREAM_OPTIONS } from '../../shared/sync-fields';
import type { QueryContext } from '../context';
import { filterFields, readFilters } from '../filters';

const STATUSES = [
	{ name: 'Done', value: 'done' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Refused', value: 'refused' },
	{ name: 'Running', value: 'running' },
	{ name: 'Stopped', value: 'stopped' },
];

export const getAllRuns = defineOperation<QueryContext>({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many sync runs',
	description: 'List what the runs of CRM Sync did, newest first: one result a list and run',
	fields: filterFields([
		{ displayName: 'Entity', name: 'stream', type: 'options', options: [...STREAM_OPTIONS], default: 'clients', description: 'Which list was read' },
		{ displayName: 'Status', name: 'status', type: 'options', options: STATUSES, default: 'failed', description: 'How the reading ended' },
	]),
	run(context, i) {
		const { filters, page } = readFilters(context, i);
		const stream = STREAM_NAMES.find((name) => name === filters.stream);
		const status = textOf(filters.status);
		return context.query.runs({ ...(stream === undefined ? {} : { stream }), ...(status === '' ? {} : { status }) }, page);
	},
});
