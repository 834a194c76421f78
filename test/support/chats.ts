import type {
	ChatKey,
	ConversationStore,
	IncomingRecord,
	PendingRecord,
	Turn,
	TurnChanges,
} from '../../core/store';

/** The first instant of the store's tests. */
export const START = '2026-11-21T09:00:00.000Z';
export const LEASE_MS = 90_000;

/** `START` plus seconds. */
export function at(seconds: number): string {
	return new Date(Date.parse(START) + seconds * 1000).toISOString();
}

let chats = 0;

/** A chat nobody has used yet. */
export function newChat(tenant = 'salon'): ChatKey {
	chats++;
	return { tenant, channel: 'telegram', chatId: `chat-${chats}` };
}

export function message(id: string | null, payload = `text of ${id}`, receivedAt = START): IncomingRecord {
	return { messageId: id, payload, receivedAt };
}

/** Begins a turn that must begin. */
export async function begin(conversations: ConversationStore, chat: ChatKey, owner = 'owner', now = START): Promise<Turn> {
	const start = await conversations.beginTurn(chat, owner, now, LEASE_MS);
	if (start.kind !== 'turn') throw new Error(`The turn did not begin: ${start.kind}`);
	return start.turn;
}

/** Changes that answer all messages of the turn. */
export function changes(turn: Turn, more: Partial<TurnChanges> = {}): TurnChanges {
	return {
		state: '{"state":"idle"}',
		answeredSeq: turn.messages.at(-1)?.seq ?? 0,
		reply: '{"text":"hello"}',
		events: [],
		now: START,
		...more,
	};
}

export function pending(id: string, more: Partial<PendingRecord> = {}): NonNullable<TurnChanges['openPending']> {
	return {
		id,
		kind: 'create',
		payload: `{"id":"${id}"}`,
		payloadHash: `hash of ${id}`,
		summary: `Summary of ${id}`,
		createdAt: START,
		expiresAt: at(1800),
		...more,
	};
}
