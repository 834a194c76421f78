import type { Random, VirtualClock } from '../kit';
import type { Profile } from './profile';
import type { VendorState } from './state';
import type { VendorSwitches } from './switches';

/** What every handler works with. */
export interface Sim {
	readonly profile: Profile;
	readonly switches: VendorSwitches;
	readonly clock: VirtualClock;
	readonly random: Random;
	readonly state: VendorState;
}
