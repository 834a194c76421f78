import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { type Outcome, unavailable } from '../../booking';
import { StoreError } from '../errors';
import type { Database } from '../schema';
import type { Store } from '../store';

export interface LockOptions {
	readonly tenant: string;
	/** How long a name stays held after its holder was last heard of. */
	readonly leaseMs?: number;
	/** How long to wait for all names together. */
	readonly waitMs?: number;
	/** Milliseconds since the epoch. Processes that share a store must agree on it to a few seconds. */
	readonly clock?: () => number;
	readonly sleep?: (ms: number) => Promise<void>;
}

/** See the lease of core/crm/computed, which this one is. */
export interface WorkLease {
	keep(): Promise<boolean>;
	/**
	 * `keep` as a part of the transaction that does the work: while it lasts nobody can take the names, and one whose fence
	 * is passed learns it before anything is written.
	 */
	keepIn(trx: Transaction<Database>): Promise<boolean>;
}

/** See the lock of core/crm/computed, which this one is. */
export interface WorkLock {
	run<T>(names: readonly string[], work: (lease: WorkLease) => Promise<Outcome<T>>): Promise<Outcome<T>>;
}

const LEASE_MS = 90_000;
const WAIT_MS = 30_000;
const POLL_MS = 60;
const FORGOTTEN_MS = 86_400_000;
/** A power cut ends the holders too. */
const REPEATABLE = { survives: 'kill' } as const;
const BUSY = unavailable('Somebody else is booking the same time; ask again in a moment.');
const NO_STORE = unavailable('The store that keeps bookings apart does not answer; nothing was booked.');

/** Names held in one turn of work, each with the fence it was taken at. */
interface Turn {
	readonly owner: string;
	readonly fences: ReadonlyMap<string, number>;
}

/**
 * A lock kept in the store: every process that shares it works one at a time under a name. A holder that falls silent
 * loses its names after the lease; its fence is then passed, and `keep` tells it so before it writes. All names are taken
 * together or none, so nobody waits with a name in hand.
 */
export function createLock(store: Store, options: LockOptions): WorkLock {
	const { tenant, leaseMs = LEASE_MS, waitMs = WAIT_MS, clock = Date.now, sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = options;

	/** Takes every name, or none when one of them is held. */
	function take(names: readonly string[], owner: string): Promise<Turn | null> {
		return store.write(async (trx) => {
			const now = clock();
			await trx.deleteFrom('work_lock').where('held_until', '<', now - FORGOTTEN_MS).where('owner', '=', '').execute();
			const free = { owner: '', fence: 0, held_until: 0 };
			await trx.insertInto('work_lock').values(names.map((name) => ({ tenant, name, ...free }))).onConflict((conflict) => conflict.doNothing()).execute();
			const rows = await lockedRows(store, trx, tenant, names);
			if (rows.length < names.length || rows.some((row) => row.owner !== '' && row.held_until > now)) return null;
			const fences = new Map(rows.map(({ name, fence }) => [name, fence + 1]));
			await trx
				.updateTable('work_lock')
				.set((eb) => ({ owner, fence: eb('fence', '+', 1), held_until: now + leaseMs }))
				.where('tenant', '=', tenant)
				.where('name', 'in', names)
				.execute();
			return { owner, fences };
		}, REPEATABLE);
	}

	/** Changes the names that are still this turn's; true when all of them are. */
	function mark(turn: Turn, change: { readonly owner: string; readonly held_until: number }): Promise<boolean> {
		return store.write((trx) => markIn(trx, turn, change), REPEATABLE);
	}

	async function markIn(trx: Transaction<Database>, { owner, fences }: Turn, change: { readonly owner: string; readonly held_until: number }): Promise<boolean> {
		const names = [...fences.keys()];
		const rows = await lockedRows(store, trx, tenant, names);
		const own = rows.filter((row) => row.owner === owner && row.fence === fences.get(row.name)).map(({ name }) => name);
		if (own.length > 0) await trx.updateTable('work_lock').set(change).where('tenant', '=', tenant).where('name', 'in', own).execute();
		return own.length === names.length;
	}

	async function takeInTime(names: readonly string[]): Promise<Turn | null> {
		const owner = randomUUID();
		const deadline = clock() + waitMs;
		for (;;) {
			const turn = await take(names, owner);
			if (turn !== null || clock() >= deadline) return turn;
			// those who wait for the same name must not all come back in one moment
			await sleep(POLL_MS + Math.floor(Math.random() * POLL_MS));
		}
	}

	return {
		async run<T>(names: readonly string[], work: (lease: WorkLease) => Promise<Outcome<T>>): Promise<Outcome<T>> {
			const turn = await answered(() => takeInTime([...new Set(names)].sort()));
			if (turn === 'failed') return NO_STORE;
			if (turn === null) return BUSY;
			try {
				const held = (): Parameters<typeof mark>[1] => ({ owner: turn.owner, held_until: clock() + leaseMs });
				return await work({ keep: async () => (await answered(() => mark(turn, held()))) === true, keepIn: (trx) => markIn(trx, turn, held()) });
			} finally {
				// a name that cannot be freed frees itself with its lease
				await answered(() => mark(turn, { owner: '', held_until: clock() }));
			}
		},
	};
}

/** Rows in one order, so that two transactions never wait for each other. SQLite lets one writer in at a time; Postgres locks the rows. */
function lockedRows({ dialect }: Store, trx: Transaction<Database>, tenant: string, names: readonly string[]): Promise<Database['work_lock'][]> {
	const query = trx.selectFrom('work_lock').selectAll().where('tenant', '=', tenant).where('name', 'in', names).orderBy('name');
	return (dialect === 'postgres' ? query.forUpdate() : query).execute();
}

async function answered<T>(work: () => Promise<T>): Promise<T | 'failed'> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof StoreError) return 'failed';
		throw error;
	}
}
