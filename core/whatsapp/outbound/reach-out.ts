import type { BaileysEventMap, WASocket } from '@whiskeysockets/baileys';
import * as v from 'valibot';
import type { Store } from '../../store';
import type { SessionKey } from '../lease';
import type { HealthReporter } from '../ports';

const DAY_MS = 86_400_000;
/** A refusal while the account is under no lock is about one chat; the others wait a little all the same. */
const REFUSED_MS = 3_600_000;

const SECONDS = v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.number(), v.minValue(1));
const CAPPING = v.object({
	capping_status: v.optional(v.nullable(v.string())),
	total_quota: v.optional(v.nullable(v.number())),
	used_quota: v.optional(v.nullable(v.number())),
	cycle_end_timestamp: v.optional(v.nullable(SECONDS)),
});

interface Parts {
	readonly clock: () => number;
	readonly health: HealthReporter;
	/** Stores until when new chats wait. */
	readonly save: (until: number | null) => Promise<void>;
}

/** Until when a session begins no new chat. Chats with people who wrote are never held back by it. */
export class ReachOut {
	/** What the server says of the whole account, and what was concluded from a refusal or a used-up quota. */
	#locked = 0;
	#concluded = 0;

	constructor(private readonly parts: Parts) {}

	/** Milliseconds since the epoch; in the past when nothing is held back. */
	get pausedUntil(): number {
		return Math.max(this.#locked, this.#concluded);
	}

	/** Goes on with what was known before a restart. */
	async load({ db }: Store, { tenant, session }: SessionKey): Promise<void> {
		const row = await db.selectFrom('wa_session').select('reachout_paused_until').where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
		this.#locked = Math.max(this.#locked, row?.reachout_paused_until ?? 0);
	}

	/** The server tells of its lock, or that there is none any more. */
	async told(lock: NonNullable<BaileysEventMap['connection.update']['reachoutTimeLock']>): Promise<void> {
		const ends = lock.timeEnforcementEnds?.getTime() ?? this.parts.clock() + DAY_MS;
		this.#locked = lock.isActive ? ends : 0;
		await this.#save(lock.isActive ? 'reach_out_locked' : 'reach_out_allowed');
	}

	/** A new chat was refused (463): asks how long the lock is, which does not count against the account. */
	async refused(socket: Pick<WASocket, 'fetchAccountReachoutTimelock'>): Promise<void> {
		this.#concluded = Math.max(this.#concluded, this.parts.clock() + REFUSED_MS);
		await this.#save('reach_out_refused');
		const lock = await socket.fetchAccountReachoutTimelock().catch(() => null);
		if (lock?.isActive === true) await this.told(lock);
	}

	/** The quota of new chats, as the server counts it; anything unreadable is passed over. */
	async capped(update: unknown): Promise<void> {
		const parsed = v.safeParse(CAPPING, update);
		if (!parsed.success) return;
		const { capping_status: status, total_quota: total, used_quota: used, cycle_end_timestamp: end } = parsed.output;
		const isUsedUp = status === 'CAPPED' || (typeof total === 'number' && typeof used === 'number' && total > 0 && used >= total);
		if (!isUsedUp) return;
		this.#concluded = Math.max(this.#concluded, typeof end === 'number' ? end * 1000 : this.parts.clock() + DAY_MS);
		await this.#save('new_chats_capped');
	}

	/** Holds new chats back until then at least; who asks says why. */
	async pause(until: number): Promise<void> {
		this.#concluded = Math.max(this.#concluded, until);
		await this.parts.save(this.pausedUntil);
	}

	async #save(kind: string): Promise<void> {
		const until = this.pausedUntil > this.parts.clock() ? this.pausedUntil : null;
		this.parts.health(kind, { until });
		await this.parts.save(until);
	}
}
