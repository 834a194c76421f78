import { type ExpressionBuilder, sql, type UpdateObject } from 'kysely';
import type { Database, Store, Vault } from '../../store';
import { removeBlobsIn } from '../blobs';
import type { SessionKey } from '../lease';
import type { Clock, Signals } from '../ports';
import { channelOf, phoneIn } from './identity';
import type { TurnItem } from './item';
import { turnBegins } from './read-marks';
import { mergeSaid, openSealed } from './stored';
import { tellUnreadable } from './unreadable';
import { isLid } from './values';

/** The turns of a session for whoever starts workflows with them. Errors are StoreErrors. */
export interface TurnFeed {
	/**
	 * Turns to be given now, oldest first: one a chat, and none of a chat whose turn before is not done. A turn that no configured key opens is put aside,
	 * which the session's health tells: it is looked at again after ten minutes and at a start, and until then holds nothing back.
	 */
	next(limit: number): Promise<readonly TurnItem[]>;
	/** It was given; it comes again when nobody says within ten minutes that it is done. */
	emitted(turnId: string): Promise<void>;
	/** The workflow is through with it: it never comes again, and its files are removed. */
	done(turnId: string): Promise<void>;
	/** Its workflow could not be started: it comes again after a minute. */
	failed(turnId: string): Promise<void>;
	/** What was given and is not done comes again at once: for a start, when nothing runs that was given before. */
	reopen(): Promise<void>;
	/** Tells when there may be turns; now and then one has to look without. Returns what ends it. */
	onTurns(look: () => void): () => void;
}

export interface TurnFeedOptions extends SessionKey {
	readonly signals: Signals;
	readonly clock: Clock;
}

const AGAIN_MS = 600_000;
const FAILED_MS = 60_000;
/** Given once more after a power cut, under the same id. */
const REPEATABLE = { survives: 'kill' } as const;
const CLOSED = sql.lit(0);

type Row = Pick<Database['collected_turn'], 'turn_id' | 'chat_id' | 'tries'>;
type Change = UpdateObject<Database, 'collected_turn'>;

export function createTurnFeed(store: Store, { tenant, session, signals, clock }: TurnFeedOptions): TurnFeed {
	const channel = channelOf(session);
	const undone = (eb: ExpressionBuilder<Database, 'collected_turn'>) => eb.and([eb('collected_turn.tenant', '=', tenant), eb('collected_turn.channel', '=', channel), eb('is_open', '=', CLOSED), eb('done_at', 'is', null)]);

	async function mark(turnId: string | null, change: (eb: ExpressionBuilder<Database, 'collected_turn'>) => Change): Promise<void> {
		await store.write(async (trx) => {
			let query = trx.updateTable('collected_turn').set(change).where(undone);
			if (turnId !== null) query = query.where('turn_id', '=', turnId);
			await query.execute();
		}, REPEATABLE);
	}

	/** Null when nothing is left of the turn. */
	async function itemOf(row: Row): Promise<TurnItem | 'unreadable' | null> {
		const stored = await store.db.selectFrom('collected_message').select('payload').where('tenant', '=', tenant).where('turn_id', '=', row.turn_id).orderBy('position').execute();
		const messages = stored.flatMap(({ payload }) => openSealed(store.vault, payload)?.item ?? []);
		if (messages.length < stored.length) return 'unreadable';
		const last = messages.at(-1);
		if (last === undefined) return null;
		const person = await personOf(row.chat_id);
		const raw = messages.flatMap((item) => (item.raw === undefined ? [] : [item.raw]));
		return {
			...mergeSaid(messages),
			...person,
			turnId: row.turn_id,
			session,
			chatId: row.chat_id,
			jid: last.jid,
			pushName: last.pushName ?? person.pushName,
			messageIds: messages.map(({ id }) => id),
			messages,
			timestamp: last.timestamp,
			receivedAt: last.receivedAt,
			live: messages.every(({ live }) => live),
			tries: Number(row.tries),
			...(raw.length === 0 ? {} : { raw }),
		};
	}

	async function personOf(chat: string): Promise<Pick<TurnItem, 'phone' | 'lid' | 'pushName' | 'pausedUntil'>> {
		const rows = await store.db.selectFrom('wa_contact').select(['jid', 'phone', 'name', 'last_in_at', 'paused_until']).where('tenant', '=', tenant).where('session', '=', session).where('chat', '=', chat).execute();
		const names = rows.flatMap(({ name, last_in_at }) => (name === null ? [] : [{ name, at: Number(last_in_at ?? 0) }])).sort((a, b) => b.at - a.at);
		const pause = Math.max(0, ...rows.map(({ paused_until }) => Number(paused_until ?? 0)));
		return {
			phone: phoneIn(rows),
			lid: rows.find(({ jid }) => isLid(jid))?.jid ?? null,
			pushName: names[0] === undefined ? null : openName(store.vault, names[0].name),
			pausedUntil: pause > clock() ? pause : null,
		};
	}

	/** The first turns that may be given, whether or not they can be opened. */
	async function first(limit: number): Promise<readonly Row[]> {
		return await store.db
			.selectFrom('collected_turn')
			.select(['turn_id', 'chat_id', 'tries'])
			.where(undone)
			.where((eb) => eb.or([eb('emitted_at', 'is', null), eb('emitted_at', '<=', clock() - AGAIN_MS)]))
			.where((eb) => eb.or([eb('due_at', '<=', eb.ref('closed_at')), eb('due_at', '<=', clock())]))
			.where((eb) =>
				eb.not(
					eb.exists(
						eb
							.selectFrom('collected_turn as other')
							.select('other.turn_id')
							.where('other.tenant', '=', tenant)
							.where('other.channel', '=', channel)
							.whereRef('other.chat_id', '=', 'collected_turn.chat_id')
							.whereRef('other.turn_id', '!=', 'collected_turn.turn_id')
							.where('other.is_open', '=', CLOSED)
							.where('other.done_at', 'is', null)
							// one that was put aside does not hold back those after it
							.whereRef('other.due_at', '<=', 'other.closed_at')
							.where((inner) =>
								inner.or([
									inner('other.emitted_at', '>', clock() - AGAIN_MS),
									inner('other.opened_at', '<', inner.ref('collected_turn.opened_at')),
									inner.and([inner('other.opened_at', '=', inner.ref('collected_turn.opened_at')), inner('other.turn_id', '<', inner.ref('collected_turn.turn_id'))]),
								]),
							),
					),
				),
			)
			.orderBy('opened_at')
			.orderBy('turn_id')
			.limit(limit)
			.execute();
	}

	/** Null when some of them cannot be given: they are out of the way now. */
	async function readable(rows: readonly Row[]): Promise<readonly TurnItem[] | null> {
		const items: TurnItem[] = [];
		let isUnreadable = false;
		for (const row of rows) {
			const item = await itemOf(row);
			if (item === null) await mark(row.turn_id, () => ({ done_at: clock() }));
			else if (item !== 'unreadable') items.push(item);
			else {
				isUnreadable = true;
				await mark(row.turn_id, () => ({ due_at: clock() + AGAIN_MS }));
			}
		}
		if (isUnreadable) tellUnreadable(signals, { tenant, session });
		return items.length === rows.length ? items : null;
	}

	return {
		async next(limit) {
			for (;;) {
				const found = await readable(await first(limit));
				// in place of those that were put aside there may be others
				if (found !== null) return found;
			}
		},
		async emitted(turnId) {
			await mark(turnId, (eb) => ({ emitted_at: clock(), due_at: eb.ref('closed_at').$notNull(), tries: eb('tries', '+', 1) }));
			signals.send('turns', { tenant, session }, turnBegins(turnId));
		},
		async done(turnId) {
			const rows = await store.db.selectFrom('collected_message').select('payload').where('tenant', '=', tenant).where('channel', '=', channel).where('turn_id', '=', turnId).execute();
			const blobs = rows.flatMap(({ payload }) => openSealed(store.vault, payload)?.item.media.flatMap(({ blobId }) => blobId ?? []) ?? []);
			await store.write(async (trx) => {
				await trx.updateTable('collected_turn').set({ done_at: clock() }).where(undone).where('turn_id', '=', turnId).execute();
				await removeBlobsIn(trx, tenant, blobs);
			}, REPEATABLE);
			// the chat's next turn may be given now
			signals.send('turns', { tenant, session });
		},
		failed: async (turnId) => await mark(turnId, () => ({ emitted_at: clock() - AGAIN_MS + FAILED_MS })),
		reopen: async () => await mark(null, (eb) => ({ emitted_at: null, due_at: eb.ref('closed_at').$notNull() })),
		onTurns: (look) => signals.on('turns', { tenant, session }, look),
	};
}

/** A name that no configured key opens is none: the next message brings it anew. */
function openName(vault: Vault, sealed: string): string | null {
	try {
		return vault.open(sealed);
	} catch {
		return null;
	}
}
