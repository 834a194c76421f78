import { createCopyQuery } from '../../core/store/sync';
import { instantOf } from '../shared/booking/values';
import { ParameterError } from '../shared/errors';
import { defineOperation } from '../shared/operation';
import { entitiesField, readStreams } from '../shared/sync-fields';
import type { SyncContext } from './context';
import { readOptions, runOptions } from './options';
import { runSync } from './run';

export const backfill = defineOperation<SyncContext>({
	value: 'backfill',
	name: 'Backfill',
	action: 'Backfill changes of the past',
	description: 'Read changes of the past month by month, the latest first, behind every other run and dialogue',
	fields: [
		{ displayName: 'Since', name: 'since', type: 'dateTime', default: '', description: 'How far back to go; two years when empty. A backfill that was cut short goes on where it stopped.' },
		entitiesField,
		runOptions,
	],
	async run(context, i) {
		const { parameters, tenant, opened } = context;
		const given: unknown = parameters.getNodeParameter('since', i, '');
		const since = given === '' || given === null || given === undefined ? undefined : instantOf(given, (await createCopyQuery(opened.store, tenant).zone()) ?? 'utc', 'Since');
		if (since !== undefined && Date.parse(since) > Date.now()) throw new ParameterError('"Since" is in the future', 'Choose a day of the past.');
		return runSync(context, { operation: 'backfill', kind: 'backfill', streams: readStreams(parameters, i), options: readOptions(context, i), ...(since === undefined ? {} : { since }) });
	},
});
