export { narrowCatalogue } from './narrow';
export { createProfiles, type ProfileFound, type Profiles, type ProfileSaved, type StoredProfile } from './profiles';
export {
	defaultProfile,
	describeProblems,
	readProfile,
	settingsOf,
	type AssistantProfile,
	type FieldProblem,
	type HandoffRules,
	type ProfileEvent,
	type ProfileReading,
} from './schema';
export { exportProfile, importProfile } from './transfer';
