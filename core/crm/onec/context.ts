import type { Instant } from '../../booking';
import type { Lock, SalonPlan } from '../computed';
import type { Transport } from '../http';
import type { BaseMapping } from './base-mapping';
import type { Facts } from './facts';

/** What every operation works with. */
export interface Context {
	readonly transport: Transport;
	readonly mapping: BaseMapping;
	readonly plan: SalonPlan;
	readonly facts: Facts;
	/** Names the base in locks. */
	readonly account: string;
	readonly lock: Lock;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	/** Counts a value that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}
