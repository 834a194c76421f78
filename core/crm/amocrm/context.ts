import type { Instant } from '../../booking';
import type { Transport } from '../http';
import type { Brand } from './brands';
import type { Facts } from './facts';
import type { Settings } from './settings';

/** What every operation works with. */
export interface Context {
	readonly transport: Transport;
	readonly brand: Brand;
	readonly settings: Settings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	readonly sleep: (ms: number) => Promise<void>;
	readonly facts: Facts;
	/** Counts a value of an enumeration that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}
