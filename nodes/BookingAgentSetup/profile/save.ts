import { wholeNumberOf } from '../../shared/fields';
import { defineOperation, type OperationContext } from '../../shared/operation';
import { collectionOf } from '../../shared/booking/values';
import type { ManageContext } from '../context';
import { readLocator, savedProfileLocator } from '../locators';
import { changedProfile, profileForm } from './form';
import { conflict, readable, writeProfile } from './stored';

const MOST_VERSION = 1_000_000_000;

export const saveProfile = defineOperation<ManageContext>({
	value: 'save',
	name: 'Save',
	action: 'Save assistant profile',
	description: 'Make a profile, or change the fields given here and keep the others',
	fields: [
		savedProfileLocator,
		...profileForm,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Expected Version',
					name: 'expectedVersion',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 0,
					description: 'Save only if the stored profile still has the version you read, so that two people do not undo each other; 0 if there must be none yet',
				},
			],
		},
	],
	async run(context, i) {
		const { parameters, profiles } = context;
		const id = readLocator(parameters, savedProfileLocator, i);
		const found = await profiles.get(id);
		const stored = found.kind === 'none' ? null : readable(found, id);
		const version = stored?.version ?? null;
		const expected = expectedVersion(parameters, i);
		if (expected !== null && expected !== (version ?? 0)) throw conflict(found);
		return writeProfile(context, changedProfile(parameters, i, id, stored?.profile ?? null), version);
	},
});

function expectedVersion(parameters: OperationContext['parameters'], i: number): number | null {
	const { expectedVersion: value } = collectionOf(parameters, 'options', i);
	return value === undefined ? null : wholeNumberOf(value, 'Expected Version', { min: 0, max: MOST_VERSION });
}
