import { STREAM_NAMES } from '../../../core/booking';
import { defineOperation } from '../../shared/operation';
import { notFound, type QueryContext } from '../context';
import { readRecordId, recordIdField } from '../get';

export const getRun = defineOperation<QueryContext>({
	value: 'get',
	name: 'Get',
	action: 'Get sync run',
	description: 'Read what one run of CRM Sync did: one result for each list it read',
	fields: [{ ...recordIdField, placeholder: 'e.g. 3f2c8a1e-77aa-4b0c-9d55-0a4c1f9e2b6d', description: 'The run ID, as an item of CRM Sync has it' }],
	async run({ parameters, query }, i) {
		const rows = await query.runs({ runId: readRecordId(parameters, i) }, { limit: STREAM_NAMES.length });
		if (rows.length === 0) throw notFound();
		return rows;
	},
});
