import { STREAM_NAMES } from '../../core/booking';
import { freeCopy, resetStreams } from '../../core/store/sync';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { defineOperation } from '../shared/operation';
import { entitiesField, readStreams } from '../shared/sync-fields';
import type { SyncContext } from './context';

export const resetCursor = defineOperation<SyncContext>({
	value: 'resetCursor',
	name: 'Reset Cursor',
	action: 'Reset cursor of copy',
	description: 'Forget how far the lists are read, so that the next run reads them whole; the copied rows stay',
	fields: [
		entitiesField,
		{ displayName: 'Confirmation', name: 'confirmation', type: 'string', required: true, default: '', placeholder: 'e.g. lavender', description: 'Enter the Salon ID once more: the next run costs as many requests as the first one' },
		{
			displayName: 'Free Salon ID',
			name: 'freeSalonId',
			type: 'boolean',
			default: false,
			description: 'Whether to delete the copied rows of all lists too, so that the Salon ID can be the copy of another CRM account; refused while the salon has noted something of its clients',
		},
	],
	async run({ parameters, tenant, opened }, i) {
		if (textOf(parameters.getNodeParameter('confirmation', i, '')) !== tenant) throw new ParameterError('The confirmation is not the Salon ID', `Nothing was reset. Enter "${tenant}" in Confirmation to reset this salon.`);
		if (parameters.getNodeParameter('freeSalonId', i, false) === true) return { salonId: tenant, ...(await freed(opened.store, tenant)) };
		const report = await resetStreams(opened.store, tenant, readStreams(parameters, i) ?? STREAM_NAMES);
		return { salonId: tenant, ...report };
	},
});

async function freed(store: SyncContext['opened']['store'], tenant: string): Promise<{ readonly freed: true; readonly rows: number }> {
	const report = await freeCopy(store, tenant);
	if (report.kind === 'freed') return { freed: true, rows: report.rows };
	if (report.kind === 'busy') throw new ParameterError('A run reads this salon just now', 'Nothing was freed. Wait until it has ended, or unpublish the workflow that runs it, and run the node again.');
	throw new ParameterError(`The salon has notes, consents or opt-outs of ${report.clients} clients`, 'Nothing was freed: they would be lost, and no CRM can give them back. Use another Salon ID for the other account, in every node of that salon.');
}
