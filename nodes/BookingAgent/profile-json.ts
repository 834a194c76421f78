import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { createProfiles, defaultProfile, exportProfile, importProfile } from '../../core/conversation/assistant-profile';
import { createAssistantStore } from '../../core/store';
import type { CrmConnection } from '../shared/crm-registry';
import { ParameterError } from '../shared/errors';
import { textOf } from '../shared/fields';
import { invalidProfile, jsonText } from '../shared/profile-json';
import { now } from '../shared/salon';

/** Operations on the profiles of the salon whose Booking CRM is connected, by their value. */
export const PROFILE_OPERATIONS: Readonly<Record<string, (context: IExecuteFunctions, i: number, connection: CrmConnection) => Promise<IDataObject>>> = {
	getProfile,
	saveProfile,
};

/** Their fields in the panel. */
export const profileFields: INodeProperties[] = [
	{
		displayName: 'Profile ID',
		name: 'profile',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. evening',
		displayOptions: { show: { operation: ['getProfile'] } },
		description: 'The profile to put out; one that does not exist yet comes with its defaults, ready to be changed and saved',
	},
	{
		displayName: 'Profile JSON',
		name: 'profileJson',
		type: 'json',
		default: '={{ $json }}',
		required: true,
		displayOptions: { show: { operation: ['saveProfile'] } },
		description: 'What Get Assistant Profile put out, changed: an object with format, version and profile',
	},
];

async function getProfile(context: IExecuteFunctions, i: number, { opened, tenant }: CrmConnection): Promise<IDataObject> {
	const id = textOf(context.getNodeParameter('profile', i, ''));
	if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(id)) throw new ParameterError('Profile ID is not valid', 'Use 1 to 40 of a-z, 0-9, - and _, for example "evening".');
	const found = await createProfiles(createAssistantStore(opened.store).profiles, tenant).get(id);
	if (found.kind === 'unreadable') throw invalidProfile(found.problems);
	return JSON.parse(exportProfile(found.kind === 'found' ? found.profile : defaultProfile(id, id))) as IDataObject;
}

async function saveProfile(context: IExecuteFunctions, i: number, { opened, tenant }: CrmConnection): Promise<IDataObject> {
	const reading = importProfile(jsonText(context.getNodeParameter('profileJson', i)));
	if (reading.kind === 'invalid') throw invalidProfile(reading.problems);
	const { profile } = reading;
	const profiles = createProfiles(createAssistantStore(opened.store).profiles, tenant);
	const before = await profiles.get(profile.id);
	const saved = await profiles.save(profile, before.kind === 'none' ? null : before.version, now());
	if (saved.kind === 'invalid') throw invalidProfile(saved.problems);
	if (saved.kind === 'conflict') throw new ParameterError('The profile was changed meanwhile', 'Nothing was saved. Run the node again.');
	return { salonId: tenant, id: profile.id, version: saved.version };
}
