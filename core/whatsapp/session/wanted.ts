import type { Store } from '../../store';
import type { SessionKey } from '../lease';
import { processPart } from './process-registry';
import type { SessionHandlers } from './service';

/** A session that somebody of this process wants to run. */
export interface Wanted {
	readonly key: SessionKey;
	readonly subscribers: Set<SessionHandlers>;
	/** Somebody of this process has listened: who only sent something has no say in when it ends. */
	wasHeard: boolean;
	/** Without subscribers it is wanted until then, in milliseconds since the epoch. */
	until: number;
}

export const nameOfSession = ({ tenant, session }: SessionKey): string => JSON.stringify([tenant, session]);

/** What is wanted of a store in this process; it outlives a reload of the package, as workflows do. */
export class WantedSessions {
	readonly #sessions = new Map<string, Wanted>();

	/** Notes that the session is wanted, at least until then. */
	keep(key: SessionKey, until: number): Wanted {
		const name = nameOfSession(key);
		const found = this.#sessions.get(name) ?? { key: { tenant: key.tenant, session: key.session }, subscribers: new Set(), wasHeard: false, until };
		found.until = Math.max(found.until, until);
		this.#sessions.set(name, found);
		return found;
	}

	has(key: SessionKey): boolean {
		return this.#sessions.has(nameOfSession(key));
	}

	all(): readonly Wanted[] {
		return [...this.#sessions.values()];
	}

	/** Takes out those that nobody wants any more; returns them. */
	expire(now: number): readonly Wanted[] {
		const over = this.all().filter(({ subscribers, until }) => subscribers.size === 0 && until <= now);
		for (const { key } of over) this.#sessions.delete(nameOfSession(key));
		return over;
	}
}

export const wantedOf = (store: Store): WantedSessions => processPart('wanted', store, () => new WantedSessions());
