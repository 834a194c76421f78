import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { Client } from 'pg';
import type { Database } from '../schema';
import type { Notices } from '../store';

interface Place {
	readonly connectionString: string;
	readonly schema: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** Stores of one database with different schemas do not hear each other. */
const channelOf = (schema: string): string => `ai_admin_${createHash('sha256').update(schema).digest('hex').slice(0, 16)}`;

/**
 * LISTEN on a connection of its own, made when somebody first listens and again whenever it is lost; NOTIFY over the pool. Behind a
 * transaction pooler nothing is heard, which callers have to expect of any notice.
 */
export function createNotices({ connectionString, schema }: Place, root: Kysely<Database>): Notices & { close(): void } {
	const channel = channelOf(schema);
	const listeners = new Set<(payload: string) => void>();
	let client: Client | null = null;
	let ready: Promise<void> | null = null;
	let timer: NodeJS.Timeout | null = null;
	let failures = 0;

	function lost(ended: Client): void {
		if (client !== ended) return;
		client = null;
		ready = null;
		void ended.end().catch(() => undefined);
		if (listeners.size === 0) return;
		failures += 1;
		timer = setTimeout(connect, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10)));
		timer.unref();
	}

	function connect(): void {
		timer = null;
		const fresh = new Client({ connectionString, keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
		client = fresh;
		fresh.on('error', () => lost(fresh));
		fresh.on('end', () => lost(fresh));
		fresh.on('notification', ({ payload }) => listeners.forEach((heard) => heard(payload ?? '')));
		ready = listenOn(fresh).catch(() => lost(fresh));
	}

	async function listenOn(fresh: Client): Promise<void> {
		await fresh.connect();
		// the driver has it, its types do not: to listen is no reason for a process to live on
		(fresh as Client & { unref(): void }).unref();
		await fresh.query(`listen ${channel}`);
		failures = 0;
	}

	function leave(): void {
		if (timer !== null) clearTimeout(timer);
		timer = null;
		const ending = client;
		client = null;
		ready = null;
		void ending?.end().catch(() => undefined);
	}

	return {
		async send(payload) {
			await sql`select pg_notify(${channel}, ${payload})`.execute(root);
		},
		listen(heard) {
			listeners.add(heard);
			if (client === null && timer === null) connect();
			return {
				ready: ready ?? Promise.resolve(),
				stop() {
					listeners.delete(heard);
					if (listeners.size === 0) leave();
				},
			};
		},
		close() {
			listeners.clear();
			leave();
		},
	};
}
