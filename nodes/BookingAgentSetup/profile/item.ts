import type { AssistantProfile, StoredProfile } from '../../../core/conversation/assistant-profile';

type Body = Omit<AssistantProfile, 'id'>;

/** A profile as the node puts it out; of one that does not read only the ID is known. */
export interface ProfileItem extends Readonly<{ [K in keyof Body]: Body[K] | null }> {
	readonly salonId: string;
	readonly id: string;
	/** Expected Version of Save is checked against it. */
	readonly version: number | null;
	readonly updatedAt: string | null;
	/** False: Import over it, or delete it. */
	readonly readable: boolean;
}

export function profileItem(salonId: string, { profile, version, updatedAt }: StoredProfile): ProfileItem {
	const { id, ...body } = profile;
	return { salonId, id, version, updatedAt, readable: true, ...body };
}

export function unreadableItem(salonId: string, id: string): ProfileItem {
	const none = { version: null, updatedAt: null, name: null, voice: null, language: null, settings: null, bookableServiceIds: null, offeredStaffIds: null };
	return { salonId, id, readable: false, ...none, workingRules: null, handoff: null, pipelineActions: null, allowHealthFacts: null };
}
