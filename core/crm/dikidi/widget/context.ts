import type { Instant } from '../../../booking';
import type { Facts } from '../choice';
import type { Settings } from '../settings';
import type { Reader } from './reader';

/** What every reading of the page works with. */
export interface Context {
	readonly reader: Reader;
	readonly companyId: string;
	readonly settings: Settings;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	readonly facts: Facts;
	/** Counts a value of an enumeration that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}
