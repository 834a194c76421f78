import { type Names, openProfiles, type Profiles } from '../../core/profile';
import { ParameterError } from '../shared/errors';
import type { OperationContext } from '../shared/operation';
import type { OpenContext } from '../shared/router';
import { now, readSalon } from '../shared/salon';
import { openNodeStore, type OpenedStore } from '../shared/store';

/** What an operation on profiles works with. */
export interface ProfileContext extends OperationContext {
	readonly salonId: string;
	readonly store: OpenedStore['store'];
	readonly profiles: Profiles;
	readonly names: Names;
}

type Opened = Pick<ProfileContext, 'profiles' | 'names'>;

/** Opens the profiles of the salon an item names: once a salon and run, for what is counted over a salon is counted once. */
export function openSalonProfiles(): OpenContext<ProfileContext> {
	const salons = new Map<string, Promise<Opened>>();
	return async (functions, i) => {
		const salonId = readSalon(functions, i);
		const { store } = await openNodeStore(functions, i);
		const opening = salons.get(salonId) ?? open(() => openProfiles({ store, tenant: salonId, now: now() }));
		salons.set(salonId, opening);
		return { parameters: functions, salonId, store, ...(await opening) };
	};
}

async function open(profilesOf: () => Promise<Profiles | null>): Promise<Opened> {
	const profiles = await profilesOf();
	if (profiles === null) {
		throw new ParameterError('Nothing of this salon is copied yet', 'Run a CRM Sync node with the same Salon ID and store credential first; its first full run copies clients and visits.');
	}
	return { profiles, names: await profiles.names() };
}
