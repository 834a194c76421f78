import { entitiesField, readStreams } from '../shared/sync-fields';
import { defineOperation } from '../shared/operation';
import type { SyncContext } from './context';
import { readOptions, syncNowOptions } from './options';
import { runSync } from './run';

export const syncNow = defineOperation<SyncContext>({
	value: 'syncNow',
	name: 'Sync Now',
	action: 'Sync CRM into store',
	description: 'Copy what has changed in the CRM, or everything, into the store of the salon',
	fields: [
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Full', value: 'full', description: 'Read every list whole, and find what is gone; for the night' },
				{ name: 'Incremental', value: 'incremental', description: 'Read what has changed since the last run; a list that was never read is read whole' },
			],
			default: 'incremental',
			description: 'How much is read',
		},
		entitiesField,
		syncNowOptions,
	],
	run(context, i) {
		const kind = context.parameters.getNodeParameter('kind', i, 'incremental') === 'full' ? 'full' : 'incremental';
		return runSync(context, { operation: 'syncNow', kind, streams: readStreams(context.parameters, i), options: readOptions(context, i) });
	},
});
