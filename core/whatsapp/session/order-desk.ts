import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { Store } from '../../store';
import type { SessionKey } from '../lease';
import type { Environment } from './environment';
import type { SessionAnswer, SessionOrder } from './service';

type Parts = Pick<Environment, 'store' | 'signals' | 'clock' | 'timers' | 'tempo'>;

const DAY = 86_400_000;
const POLL_MS = 500;
const AT_ONCE = 100;
/** An answer or an order that a power cut undoes is asked for again. */
const PASSING = { survives: 'kill' } as const;
const SENTENCE = { reason: v.string(), sentence: v.string() };
const ANSWER = v.variant('status', [
	v.object({ status: v.literal('ok'), value: v.unknown() }),
	v.object({ status: v.picklist(['refused', 'unavailable']), ...SENTENCE }),
	v.object({ status: v.literal('unknown'), ...SENTENCE }),
]);

/** What somebody asks of a session that runs elsewhere. */
export interface WaitingOrder extends SessionKey {
	readonly id: string;
	/** As it was asked; nothing of it is checked yet. */
	readonly order: unknown;
}

/** What came of an order: its answer, nobody took it, or it was taken and no answer came. */
export type Asked = { readonly kind: 'answer'; readonly answer: SessionAnswer } | { readonly kind: 'untaken' } | { readonly kind: 'unanswered' };

/** Puts an order where the process that runs the session finds it, and waits. Rejects with a StoreError. */
export async function askElsewhere(parts: Parts, key: SessionKey, order: SessionOrder, timeoutMs: number): Promise<Asked> {
	const { store, signals, clock } = parts;
	const id = randomUUID();
	const { tenant, session } = key;
	await store.write(
		async (trx) =>
			await trx
				.insertInto('wa_command')
				.values({ tenant, id, session, kind: order.kind, payload: store.vault.seal(JSON.stringify(order)), state: 'waiting', answer: null, created_at: clock(), done_at: null })
				.execute(),
		PASSING,
	);
	signals.send('commands', key, id);
	return await waitFor(parts, key, id, clock() + timeoutMs);
}

async function waitFor({ store, signals, clock, timers }: Parts, key: SessionKey, id: string, until: number): Promise<Asked> {
	const { tenant } = key;
	for (;;) {
		const row = await store.db.selectFrom('wa_command').select(['state', 'answer']).where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
		if (row?.answer) return { kind: 'answer', answer: readAnswer(store, row.answer) };
		if (clock() >= until) return await giveUp(store, tenant, id);
		await new Promise<void>((resolve) => {
			const end = (): void => {
				cancel();
				off();
				resolve();
			};
			const cancel = timers.after(Math.min(POLL_MS, Math.max(1, until - clock())), end);
			const off = signals.on('results', key, (detail) => {
				if (detail === id) end();
			});
		});
	}
}

/** Nobody may carry it out any more, unless somebody has begun. */
async function giveUp(store: Store, tenant: string, id: string): Promise<Asked> {
	const { numUpdatedRows } = await store.write(
		async (trx) => await trx.updateTable('wa_command').set({ state: 'failed' }).where('tenant', '=', tenant).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst(),
		PASSING,
	);
	if (numUpdatedRows > 0n) return { kind: 'untaken' };
	const row = await store.db.selectFrom('wa_command').select('answer').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst();
	return row?.answer ? { kind: 'answer', answer: readAnswer(store, row.answer) } : { kind: 'unanswered' };
}

function readAnswer({ vault }: Store, sealed: string): SessionAnswer {
	return v.parse(v.pipe(v.string(), v.parseJson(), ANSWER), vault.open(sealed));
}

/** Takes orders for sessions that `runs` says are ours; each is given to one process. Rejects with a StoreError. */
export async function takeOrders({ store, clock, tempo }: Parts, runs: (key: SessionKey) => boolean): Promise<readonly WaitingOrder[]> {
	const rows = await store.db.selectFrom('wa_command').select(['tenant', 'session', 'id', 'payload', 'created_at']).where('state', '=', 'waiting').orderBy('created_at').limit(AT_ONCE).execute();
	const taken: WaitingOrder[] = [];
	for (const { tenant, session, id, payload, created_at } of rows) {
		const isOld = clock() - created_at > tempo.orderLife;
		if (!isOld && !runs({ tenant, session })) continue;
		const { numUpdatedRows } = await store.write(
			async (trx) => await trx.updateTable('wa_command').set({ state: isOld ? 'failed' : 'taken' }).where('tenant', '=', tenant).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst(),
			PASSING,
		);
		if (!isOld && numUpdatedRows > 0n) taken.push({ tenant, session, id, order: open(store, payload) });
	}
	return taken;
}

/** An order that cannot be read is none that a session knows. */
function open({ vault }: Store, payload: string): unknown {
	try {
		const order: unknown = JSON.parse(vault.open(payload));
		return order;
	} catch {
		return null;
	}
}

export async function answerOrder({ store, signals, clock }: Parts, { tenant, session, id }: WaitingOrder, answer: SessionAnswer): Promise<void> {
	await store.write(
		async (trx) => {
			await trx.updateTable('wa_command').set({ state: 'done', answer: store.vault.seal(JSON.stringify(answer)), done_at: clock() }).where('tenant', '=', tenant).where('id', '=', id).execute();
			await trx.deleteFrom('wa_command').where('tenant', '=', tenant).where('created_at', '<', clock() - DAY).execute();
		},
		PASSING,
	);
	signals.send('results', { tenant, session }, id);
}
