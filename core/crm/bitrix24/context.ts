import type { Instant } from '../../booking';
import type { Lock } from '../computed';
import type { Transport } from '../http';
import type { Facts } from './facts';
import type { Settings } from './settings';

/** What every operation works with. */
export interface Context {
	readonly transport: Transport;
	/** Names the portal in locks. */
	readonly account: string;
	readonly settings: Settings;
	readonly lock: Lock;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	readonly facts: Facts;
	/** Counts a value of an enumeration that is not known; the name of the field, never the value. */
	readonly count: (field: string) => void;
}

/** Ids are positive numbers here: any other is of no record, and must not reach a method. */
export function isWireId(id: string): boolean {
	return /^[1-9]\d{0,14}$/.test(id);
}

/** ISO 3166 country by which phones without a country code are read. */
export function countryOf({ settings }: Context): string {
	return settings.plan.company.country ?? 'RU';
}
