import type { Client, Instant, Outcome } from '../../booking';
import type { BusySource, Lock } from './ports';
import type { Salon } from './salon';

/** What every operation of a CRM without slots works with. */
export interface Context {
	/** As an operator knows it. */
	readonly vendor: string;
	/** Names the account in locks. */
	readonly account: string;
	salon(): Promise<Outcome<Salon>>;
	/** A card by its id; `not_found` when there is none. */
	client(id: string): Promise<Outcome<Client>>;
	readonly source: BusySource;
	readonly lock: Lock;
	/** The moment that decides what is past, too soon or too late. */
	readonly clock: () => Instant;
	readonly sleep: (ms: number) => Promise<void>;
	/** 0 to 1. */
	readonly random: () => number;
}
