import type { Store } from '../../store';
import type { SessionKey } from '../lease';
import { WAITING } from './outbox';

const EVERY_MS = 1000;

/** One look a second for all sessions of a process: a signal may be lost, and hundreds of looks are not free. */
class Sweep {
	readonly #wakes = new Map<string, () => void>();
	#timer: NodeJS.Timeout | null = null;
	#looking = false;

	constructor(
		private readonly store: Store,
		private readonly clock: () => number,
	) {}

	watch(key: SessionKey, wake: () => void): () => void {
		const name = nameOf(key);
		this.#wakes.set(name, wake);
		this.#timer ??= setInterval(() => void this.#look(), EVERY_MS).unref();
		return () => {
			if (this.#wakes.get(name) === wake) this.#wakes.delete(name);
			if (this.#wakes.size > 0 || this.#timer === null) return;
			clearInterval(this.#timer);
			this.#timer = null;
		};
	}

	async #look(): Promise<void> {
		if (this.#looking) return;
		this.#looking = true;
		try {
			const rows = await this.store.db.selectFrom('wa_outbox').select(['tenant', 'session']).distinct().where(WAITING).where('not_before', '<=', this.clock()).execute();
			for (const row of rows) this.#wakes.get(nameOf(row))?.();
		} catch {
			// the database is away; the next look comes
		} finally {
			this.#looking = false;
		}
	}
}

const SWEEPS = new WeakMap<Store, Sweep>();

/** Calls `wake` about once a second while rows of the session are due; returns what ends it. */
export function watchOutbox(store: Store, key: SessionKey, clock: () => number, wake: () => void): () => void {
	const sweep = SWEEPS.get(store) ?? new Sweep(store, clock);
	SWEEPS.set(store, sweep);
	return sweep.watch(key, wake);
}

const nameOf = ({ tenant, session }: SessionKey): string => JSON.stringify([tenant, session]);
