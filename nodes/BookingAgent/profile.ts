import type { INodeProperties } from 'n8n-workflow';
import { createProfiles, describeProblems, type AssistantProfile } from '../../core/conversation/assistant-profile';
import type { AssistantStore } from '../../core/store';
import { ParameterError } from '../shared/errors';

/** The option by which a message is answered as one of the salon's assistants. */
export const profileOption: INodeProperties = {
	displayName: 'Assistant Profile ID',
	name: 'profileId',
	type: 'string',
	default: '',
	placeholder: 'e.g. evening',
	description: 'Which of the saved profiles answers; what the profile says goes before the options here. Empty for none.',
};

/**
 * The profile an option names, for `createAssistant({ profile })`; undefined when it names none. An unknown or damaged
 * profile throws {@link ParameterError}: an assistant without its limits must not answer in its place.
 */
export async function assistantProfileOf(store: Pick<AssistantStore, 'profiles'>, tenant: string, id: string): Promise<AssistantProfile | undefined> {
	if (id === '') return undefined;
	const found = await createProfiles(store.profiles, tenant).get(id);
	if (found.kind === 'found') return found.profile;
	if (found.kind === 'none') {
		throw new ParameterError(
			`There is no assistant profile "${id}" in this salon`,
			'Correct Assistant Profile ID under Options, or make the profile with a Booking Agent Setup node: resource Assistant Profile, operation Save, the same Salon ID.',
		);
	}
	throw new ParameterError(
		`The assistant profile "${id}" does not read`,
		`${describeProblems(found.problems.slice(0, 10))}. Import a whole profile over it, or choose another one under Options.`,
	);
}
