import type { Hooks } from './hooks';
import type { Journal } from './journal';
import type { AccountIds, World } from './world';

/** What every resource is built from. */
export interface Parts {
	readonly world: World;
	readonly ids: AccountIds;
	readonly journal: Journal;
	readonly hooks: Hooks;
}
