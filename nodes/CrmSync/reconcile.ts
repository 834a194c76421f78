import { defineOperation } from '../shared/operation';
import { entitiesField, readStreams } from '../shared/sync-fields';
import type { SyncContext } from './context';
import { readOptions, runOptions } from './options';
import { runSync } from './run';

export const reconcile = defineOperation<SyncContext>({
	value: 'reconcile',
	name: 'Reconcile',
	action: 'Reconcile deleted records',
	description: 'Read the lists whole and mark what the CRM no longer has as deleted; nothing is deleted when too much is missing at once',
	fields: [
		entitiesField,
		{
			displayName: 'Second Pass',
			name: 'secondPass',
			type: 'boolean',
			default: true,
			description: 'Whether to read lists in which something is missing once more at once: a record is marked as deleted only when two readings have missed it',
		},
		{
			displayName: 'Accept Missing',
			name: 'acceptMissing',
			type: 'boolean',
			default: false,
			description: 'Whether to mark records as deleted also when more than 5 % are missing at once, which is otherwise taken for a right that the credential has lost',
			hint: 'Turn it on for one run, after you have seen in the CRM that the records are really gone',
		},
		runOptions,
	],
	run(context, i) {
		const { parameters } = context;
		const acceptsMissing = parameters.getNodeParameter('acceptMissing', i, false) === true;
		const secondPass = parameters.getNodeParameter('secondPass', i, true) !== false;
		return runSync(context, { operation: 'reconcile', kind: 'full', streams: readStreams(parameters, i), options: readOptions(context, i), secondPass, acceptsMissing });
	},
});
