import type { Transaction } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../schema';
import type { RateLimitTable } from '../schema/limiter';
import type { Store } from '../store';
import { FRESH_PACE, type Pace, type PaceGrant, type PaceLane, type PaceWindow, refuse, take } from './pace';

export interface LimiterOptions {
	/** What the vendor counts by: its name with the egress address, or with the account. */
	readonly scope: string;
	/** What the vendor allows; a fifth of it is left alone. */
	readonly windows: readonly PaceWindow[];
	/** Milliseconds since the epoch. */
	readonly clock?: () => number;
}

/** See the limiter of core/crm/http, which this one is. */
export interface RateLimiter {
	take(lane: PaceLane): Promise<PaceGrant>;
	refused(grantedAt: number, retryAfterMs: number | null): Promise<void>;
}

/** A power cut that loses the latest counts loses a few requests of a minute. */
const COUNTED = { survives: 'kill' } as const;

/** A limit kept in the store: every process that names the scope shares it. Errors are StoreErrors. */
export function createLimiter(store: Store, { scope, windows, clock = Date.now }: LimiterOptions): RateLimiter {
	/** Reads, changes and saves the pace while no other process can. */
	function change<T>(work: (pace: Pace) => { readonly pace: Pace; readonly result: T }): Promise<T> {
		return store.write(async (trx) => {
			const before = await readLocked(store, trx, scope);
			const { pace, result } = work(before);
			if (pace !== before) await trx.updateTable('rate_limit').set(rowOf(pace)).where('scope', '=', scope).execute();
			return result;
		}, COUNTED);
	}

	const full = fullOf(store, scope);

	return {
		async take(lane) {
			const asked = clock();
			// many who wait for the same room must not all ask the store for it
			const known = full.get(lane);
			if (lane !== 'dialogue' && known !== undefined && asked >= known.from && asked < known.until) return { kind: 'wait', ms: known.until - asked };
			return change((before) => {
				const now = clock();
				const { grant, pace } = take(before, windows, lane, now);
				if (grant.kind === 'wait') full.set(lane, { from: now, until: now + grant.ms });
				return { pace, result: grant };
			});
		},
		refused: (grantedAt, retryAfterMs) => change((before) => ({ pace: refuse(before, grantedAt, retryAfterMs, clock()), result: undefined })),
	};
}

/** When a process last found a limit full for a lane, and until when. */
type Full = Map<PaceLane, { readonly from: number; readonly until: number }>;
const FULL = new WeakMap<Store, Map<string, Full>>();

function fullOf(store: Store, scope: string): Full {
	const scopes = FULL.get(store) ?? new Map<string, Full>();
	FULL.set(store, scopes);
	const full: Full = scopes.get(scope) ?? new Map();
	scopes.set(scope, full);
	return full;
}

/** The same limit for one process without a store: scripts and benches. */
export function createMemoryLimiter({ windows, clock = Date.now }: Omit<LimiterOptions, 'scope'>): RateLimiter {
	let pace = FRESH_PACE;
	return {
		async take(lane) {
			const taken = take(pace, windows, lane, clock());
			pace = taken.pace;
			return taken.grant;
		},
		async refused(grantedAt, retryAfterMs) {
			pace = refuse(pace, grantedAt, retryAfterMs, clock());
		},
	};
}

/** SQLite lets one writer in at a time; Postgres locks the row. */
async function readLocked({ dialect }: Store, trx: Transaction<Database>, scope: string): Promise<Pace> {
	await trx
		.insertInto('rate_limit')
		.values({ scope, ...rowOf(FRESH_PACE) })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const query = trx.selectFrom('rate_limit').selectAll().where('scope', '=', scope);
	return paceOf(await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow());
}

const STAMPS = v.array(v.pipe(v.number(), v.finite()));
const GRANTS = v.object({ dialogue: STAMPS, background: STAMPS, askedAt: v.optional(v.pipe(v.number(), v.finite()), 0) });

function rowOf({ dialogue, background, askedAt, permille, refusals, refusedAt, closedUntil }: Pace): Omit<RateLimitTable, 'scope'> {
	return { grants: JSON.stringify({ dialogue, background, askedAt }), permille, refusals, refused_at: Math.round(refusedAt), closed_until: Math.ceil(closedUntil) };
}

/** A count nobody can read begins anew: it must not keep a salon from booking. */
function paceOf(row: RateLimitTable): Pace {
	const { grants, permille, refusals, refused_at: refusedAt, closed_until: closedUntil } = row;
	return { ...grantsOf(grants), permille, refusals, refusedAt, closedUntil };
}

function grantsOf(json: string): v.InferOutput<typeof GRANTS> {
	try {
		return v.parse(GRANTS, JSON.parse(json));
	} catch {
		return { dialogue: [], background: [], askedAt: 0 };
	}
}
