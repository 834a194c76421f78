import { importProfile } from '../../../core/conversation/assistant-profile';
import { ParameterError } from '../../shared/errors';
import { textOf } from '../../shared/fields';
import { defineOperation } from '../../shared/operation';
import { invalidProfile, jsonText } from '../../shared/profile-json';
import type { ManageContext } from '../context';
import { writeProfile } from './stored';

export const importProfileJson = defineOperation<ManageContext>({
	value: 'import',
	name: 'Import',
	action: 'Import assistant profile',
	description: 'Save a whole profile from the JSON that Export made',
	fields: [
		{
			displayName: 'Profile JSON',
			name: 'profileJson',
			type: 'json',
			required: true,
			default: '={{ $json }}',
			description: 'What Export put out: an object with format, version and profile. By default the whole item.',
		},
		{
			displayName: 'Save Under ID',
			name: 'importAs',
			type: 'string',
			default: '',
			placeholder: 'e.g. evening',
			description: 'ID of the profile in this salon; empty keeps the one in the JSON',
		},
		{
			displayName: 'Replace Existing',
			name: 'replaceExisting',
			type: 'boolean',
			default: false,
			description: 'Whether to replace a stored profile with the same ID; else the import stops',
		},
	],
	async run(context, i) {
		const { parameters, profiles } = context;
		const reading = importProfile(jsonText(parameters.getNodeParameter('profileJson', i)));
		if (reading.kind === 'invalid') throw invalidProfile(reading.problems);
		const importAs = textOf(parameters.getNodeParameter('importAs', i, ''));
		const profile = importAs === '' ? reading.profile : { ...reading.profile, id: importAs };
		const found = await profiles.get(profile.id);
		if (found.kind === 'none') return writeProfile(context, profile, null);
		if (parameters.getNodeParameter('replaceExisting', i, false) !== true) {
			throw new ParameterError(`A profile "${profile.id}" exists in this salon`, 'Turn on Replace Existing, or enter another ID under Save Under ID. Nothing was saved.');
		}
		return writeProfile(context, profile, found.version);
	},
});
