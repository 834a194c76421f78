import { describeProblems, readProfile, type ProfileFound, type StoredProfile } from '../../../core/conversation/assistant-profile';
import { OutcomeError, ParameterError } from '../../shared/errors';
import { invalidProfile } from '../../shared/profile-json';
import { now } from '../../shared/salon';
import type { ManageContext } from '../context';
import { profileItem, type ProfileItem } from './item';

/** The stored profile. Throws when there is none, or when it does not read. */
export function readable(found: ProfileFound, id: string): StoredProfile {
	if (found.kind === 'found') return found;
	if (found.kind === 'none') throw notFound();
	throw new ParameterError(
		`The stored profile "${id}" does not read as a profile`,
		`${describeProblems(found.problems)}. Import a whole profile over it with Replace Existing, or delete it.`,
	);
}

export function notFound(): OutcomeError {
	return new OutcomeError({ kind: 'refused', reason: 'not_found', message: 'There is no assistant profile with this ID in this salon. Choose one from the list.' });
}

/** Writes a profile over the version that was read, null for a new one. Throws what the operator must correct. */
export async function writeProfile({ profiles, tenant }: ManageContext, input: unknown, expected: number | null): Promise<ProfileItem> {
	const reading = readProfile(input);
	if (reading.kind === 'invalid') throw invalidProfile(reading.problems);
	const updatedAt = now();
	const saved = await profiles.save(reading.profile, expected, updatedAt);
	if (saved.kind === 'invalid') throw invalidProfile(saved.problems);
	if (saved.kind === 'conflict') throw conflict(saved.current);
	return profileItem(tenant, { profile: reading.profile, version: saved.version, updatedAt });
}

/** Somebody else saved, made or deleted the profile since it was read. */
export function conflict(current: ProfileFound): ParameterError {
	if (current.kind === 'none') {
		return new ParameterError('The profile does not exist', 'It was deleted, or never made. To make it, set Expected Version to 0 or leave the option out.');
	}
	const { version } = current;
	return new ParameterError(
		`The profile was changed meanwhile: it is at version ${version}`,
		`Nothing was saved. Get it again, repeat your change on what it holds now, and save with Expected Version ${version}. For a new profile choose another ID.`,
	);
}
