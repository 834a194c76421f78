import type { Store } from '../../store';
import { leaseHolder, type SessionKey } from '../lease';
import { readBacklogIn, readQueue } from './figures';
import type { SessionOwner } from './owner';
import { readPairing, readRecord } from './records';
import { explain, sentenceOf } from './sentences';
import type { PairingView, SessionStatus } from './service';
import { parseSettings } from './settings';

interface Watcher {
	readonly store: Store;
	readonly now: number;
	/** The name of this process among the owners. */
	readonly owner: string;
	/** The session when it runs here. */
	readonly session: SessionOwner | undefined;
}

/** Where a session stands. What its process wrote last is no longer so when nobody runs it. */
export async function readStatus({ store, now, owner, session }: Watcher, key: SessionKey): Promise<SessionStatus> {
	const record = await readRecord(store, key);
	const holder = await leaseHolder(store, key);
	const written = record?.state ?? 'idle';
	const isRunning = ['connecting', 'open', 'degraded', 'reconnecting', 'pairing'].includes(written);
	const state = isRunning && holder === null ? 'idle' : written;
	const reason = state === written ? (record?.reason ?? null) : null;
	const { language } = record?.settings ?? parseSettings({});
	return {
		tenant: key.tenant,
		session: key.session,
		state,
		since: record?.since ?? 0,
		reason,
		sentence: sentenceOf(state, reason, language),
		phone: record?.phone ?? null,
		lastFrameAt: session?.lastFrameAt ?? record?.lastFrameAt ?? null,
		backlogIn: await readBacklogIn(store, key),
		...(await readQueue(store, key, now)),
		owner: holder === null ? null : holder === owner ? 'this process' : 'another',
	};
}

/** What a pairing page shows; null when nothing is under way. */
export async function readPairingView(store: Store, key: SessionKey, now: number): Promise<PairingView | null> {
	const shown = await readPairing(store, key);
	if (shown === null) return null;
	const record = await readRecord(store, key);
	const { language } = record?.settings ?? parseSettings({});
	const isGood = shown.goodUntil > now;
	const { qr, code, ...rest } = shown;
	const step = shown.problem ?? (isGood ? `pairing_${shown.method}` : 'pairing_begins');
	return {
		...rest,
		...(isGood && qr !== undefined ? { qr } : {}),
		...(isGood && code !== undefined ? { code } : {}),
		state: record?.state ?? 'idle',
		sentence: step === 'passkey_required' ? sentenceOf('passkey_required', null, language) : explain(step, language),
	};
}
