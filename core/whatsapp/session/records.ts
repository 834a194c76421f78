import type { Transaction } from 'kysely';
import type { Database, Store } from '../../store';
import { holdLease, type Lease, type SessionKey } from '../lease';
import type { Clock, HealthReporter, SessionState, Signals } from '../ports';
import { SESSION_STATES } from '../ports';
import { parseSettings, type SessionSettings } from './settings';
import type { PairingProblem } from './service';
import * as v from 'valibot';

const KEPT_EVENTS = 2_000;
const TRIM_EVERY = 100;
/** What a power cut undoes is written again by the session that comes after it. */
const PASSING = { survives: 'kill' } as const;

/** A session's row as it is of use. */
export interface SessionRecord {
	readonly desired: 'run' | 'stop';
	readonly settings: SessionSettings;
	readonly state: SessionState;
	readonly since: number;
	readonly reason: string | null;
	readonly phone: string | null;
	readonly lastFrameAt: number | null;
}

/** What a pairing page shows, as it is stored. */
const SHOWN = v.object({
	method: v.picklist(['qr', 'code']),
	qr: v.optional(v.string()),
	code: v.optional(v.string()),
	goodUntil: v.number(),
	round: v.number(),
	problem: v.nullable(v.picklist(['qr_expired', 'code_expired', 'code_refused', 'wrong_number', 'passkey_required', 'pairing_failed'] as const satisfies readonly PairingProblem[])),
});
export type ShownPairing = v.InferOutput<typeof SHOWN>;

export interface RecordParts {
	readonly store: Store;
	readonly clock: Clock;
	readonly signals: Signals;
	/** Told of what could not be written: a record is never a reason to stop a session. */
	readonly onError: (error: unknown) => void;
}

const isState = v.is.bind(null, v.picklist(SESSION_STATES)) as (value: unknown) => value is SessionState;

/** Reads a session's row; null when nobody ever wanted it. Throws `settings_invalid` for settings that were damaged. */
export async function readRecord(store: Store, { tenant, session }: SessionKey): Promise<SessionRecord | null> {
	const row = await store.db.selectFrom('wa_session').selectAll().where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
	if (row === undefined) return null;
	return {
		desired: row.desired === 'run' ? 'run' : 'stop',
		settings: parseSettings(JSON.parse(row.settings)),
		state: isState(row.state) ? row.state : 'idle',
		since: row.state_since,
		reason: row.reason,
		phone: row.phone,
		lastFrameAt: row.last_frame_at,
	};
}

/** The settings of a session, the usual ones of one that nobody ever wanted. Throws as {@link readRecord} does. */
export async function readSettings(store: Store, { tenant, session }: SessionKey): Promise<SessionSettings> {
	const row = await store.db.selectFrom('wa_session').select('settings').where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
	return parseSettings(JSON.parse(row?.settings ?? '{}'));
}

/** Makes the row when there is none, and notes what is wanted; returns what changed. Settings are left alone when none are given. */
export async function noteWanted(store: Store, { tenant, session }: SessionKey, desired: 'run' | 'stop', settings: SessionSettings | null, now: number): Promise<{ readonly settings: boolean; readonly desired: boolean }> {
	const before = await store.db.selectFrom('wa_session').select(['desired', 'settings']).where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
	const json = settings === null ? null : JSON.stringify(settings);
	const changed = { settings: json !== null && before?.settings !== json, desired: before?.desired !== desired };
	if (!changed.settings && !changed.desired) return changed;
	await store.write(
		async (trx) =>
			await trx
				.insertInto('wa_session')
				.values({
					tenant, session, desired, settings: json ?? '{}', state: 'idle', state_since: now, reason: null, phone: null, lid: null,
					last_frame_at: null, last_receipt_at: null, reachout_paused_until: null, updated_at: now,
				})
				.onConflict((conflict) => conflict.columns(['tenant', 'session']).doUpdateSet({ desired, updated_at: now, ...(json === null ? {} : { settings: json }) }))
				.execute(),
	);
	return changed;
}

/** What the process that runs a session writes about it, one thing after the other; nothing once another process has taken the session. */
export class SessionRecords {
	#last: Promise<unknown> = Promise.resolve();
	#seq: number | null = null;

	constructor(
		private readonly parts: RecordParts,
		private readonly lease: Lease,
	) {}

	get #key(): SessionKey {
		return { tenant: this.lease.tenant, session: this.lease.session };
	}

	/** Notes the state and tells whoever watches. */
	state(state: SessionState, reason: string | null): void {
		const now = this.parts.clock();
		this.#queue(async () => {
			await this.#update({ state, state_since: now, reason });
			await this.#append('state', now, { state, reason });
			this.parts.signals.send('state', this.#key);
		});
	}

	/** The linked number and its LID. */
	linked(phone: string | null, lid: string | null): void {
		this.#queue(async () => await this.#update({ phone, lid }));
	}

	seen(lastFrameAt: number | null, lastReceiptAt: number | null): void {
		this.#queue(async () => await this.#update({ last_frame_at: lastFrameAt, last_receipt_at: lastReceiptAt }));
	}

	readonly event: HealthReporter = (kind, detail = {}) => {
		const now = this.parts.clock();
		this.#queue(async () => await this.#append(kind, now, detail));
	};

	/** Null shows nothing any more. */
	pairing(shown: ShownPairing | null): void {
		const { store, clock, signals } = this.parts;
		const { tenant, session } = this.lease;
		this.#queue(async () => {
			await this.#write(async (trx) => {
				if (shown === null) return void (await trx.deleteFrom('wa_pairing').where('tenant', '=', tenant).where('session', '=', session).execute());
				const row = { shown: store.vault.seal(JSON.stringify(shown)), updated_at: clock() };
				await trx
					.insertInto('wa_pairing')
					.values({ tenant, session, ...row })
					.onConflict((conflict) => conflict.columns(['tenant', 'session']).doUpdateSet(row))
					.execute();
			});
			signals.send('state', this.#key, 'pairing');
		});
	}

	/** Resolves when everything so far is written, or was given up. */
	async idle(): Promise<void> {
		await this.#last;
	}

	#queue(work: () => Promise<void>): void {
		this.#last = this.#last.then(work).catch(this.parts.onError);
	}

	async #update(values: Partial<{ state: SessionState; state_since: number; reason: string | null; phone: string | null; lid: string | null; last_frame_at: number | null; last_receipt_at: number | null }>): Promise<void> {
		const { clock } = this.parts;
		const { tenant, session } = this.lease;
		await this.#write(async (trx) => void (await trx.updateTable('wa_session').set({ ...values, updated_at: clock() }).where('tenant', '=', tenant).where('session', '=', session).execute()));
	}

	async #append(kind: string, at: number, detail: object): Promise<void> {
		const { tenant, session } = this.lease;
		await this.#write(async (trx) => {
			const last = this.#seq ?? (await trx.selectFrom('wa_event').select('seq').where('tenant', '=', tenant).where('session', '=', session).orderBy('seq', 'desc').limit(1).executeTakeFirst())?.seq ?? 0;
			const seq = last + 1;
			await trx.insertInto('wa_event').values({ tenant, session, seq, at, kind, detail: JSON.stringify(detail) }).execute();
			if (seq % TRIM_EVERY === 0) await trx.deleteFrom('wa_event').where('tenant', '=', tenant).where('session', '=', session).where('seq', '<=', seq - KEPT_EVENTS).execute();
			this.#seq = seq;
		});
	}

	async #write(work: (trx: Transaction<Database>) => Promise<void>): Promise<void> {
		const { store } = this.parts;
		await store.write(async (trx) => {
			await holdLease(store, trx, this.lease);
			await work(trx);
		}, PASSING);
	}
}

/** What is shown for the session now; null when nothing is, or nothing that can be read. */
export async function readPairing({ db, vault }: Store, { tenant, session }: SessionKey): Promise<ShownPairing | null> {
	const row = await db.selectFrom('wa_pairing').select('shown').where('tenant', '=', tenant).where('session', '=', session).executeTakeFirst();
	if (row === undefined) return null;
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), SHOWN), vault.open(row.shown));
	return parsed.success ? parsed.output : null;
}
