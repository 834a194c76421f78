import { createHash, randomUUID } from 'node:crypto';
import type { ChatKey, ConversationStore, EventRecord, OfferRecord, PendingKind, PendingRecord, PendingStatus, Turn } from '../../store/conversation-store';
import { writeMessage } from '../inbox-payload';
import { isDeadOwner, newOwner } from '../owner';
import type { PendingPayload } from '../payload';
import { readDeskState, type DeskState } from './desk-state';
import { deskRefused, type ToolResult } from './result';

const LEASE_MS = 30_000;
const WAIT_MS = 10_000;
const PENDING_MINUTES = 30;

/** What a turn of a tool call needs. */
export interface TurnParts {
	readonly store: ConversationStore;
	readonly chat: ChatKey;
	readonly clock: () => string;
	readonly sleep: (ms: number) => Promise<void>;
	readonly newId?: () => string;
}

/** The working copy of one tool call: written once when it ends. */
export class DeskTurn {
	state: DeskState;
	readonly offers: OfferRecord[] = [];
	readonly audit: EventRecord[] = [];
	openPending: Omit<PendingRecord, 'status' | 'createdTurn'> | null = null;
	closePending: Exclude<PendingStatus, 'open'> | null = null;

	constructor(
		readonly turn: Turn,
		readonly now: string,
		private readonly newId: () => string,
	) {
		this.state = readDeskState(turn.state);
	}

	/** Replaces fields of the state. */
	set(patch: Partial<DeskState>): void {
		this.state = { ...this.state, ...patch };
	}

	/** Stores an offer and returns its id. */
	offer(payload: unknown): string {
		const id = this.newId();
		this.offers.push({ id, payload: JSON.stringify(payload), fetchedAt: this.now });
		return id;
	}

	/** Freezes a write made in the client's message `messageId`; `word` words the summary for its pending id. */
	freeze(kind: PendingKind, payload: PendingPayload, messageId: string, word: (pendingId: string) => string): { id: string; summary: string } {
		const text = JSON.stringify(payload);
		const id = this.newId();
		const summary = word(id);
		this.openPending = {
			id,
			kind,
			payload: text,
			payloadHash: createHash('sha256').update(text).digest('hex'),
			summary,
			createdAt: this.now,
			expiresAt: new Date(Date.parse(this.now) + PENDING_MINUTES * 60_000).toISOString(),
		};
		this.set({ openedBy: messageId });
		this.log('pending_opened', { pending: id, kind });
		return { id, summary };
	}

	/** An audit line: ids, counts and enums only. */
	log(kind: string, data: Readonly<Record<string, unknown>>): void {
		this.audit.push({ kind, at: this.now, data: JSON.stringify(data) });
	}
}

/**
 * Runs `work` as one turn of the chat, under its lease: tool calls of one chat queue. While a person answers the chat
 * nothing is done. Throws when the store fails; the chat is then let go.
 */
export async function asTurn(parts: TurnParts, tool: string, work: (turn: DeskTurn) => Promise<ToolResult>): Promise<ToolResult> {
	const turn = await take(parts, tool);
	if (turn === null) return deskRefused('chat_busy');
	const desk = new DeskTurn(turn, parts.clock(), parts.newId ?? randomUUID);
	let ended = false;
	try {
		const result = turn.mode === 'bot' ? await work(desk) : deskRefused('person_answers');
		desk.log('tool', { tool, status: result.status });
		const end = await parts.store.finishTurn(turn, changesOf(desk), { unlessNewer: false });
		ended = true;
		if (end.kind === 'fenced') return deskRefused('chat_busy');
		return end.kind === 'muted' && desk.openPending !== null ? deskRefused('person_answers') : result;
	} finally {
		if (!ended) await parts.store.abandonTurn(turn);
	}
}

function changesOf(desk: DeskTurn): Parameters<ConversationStore['finishTurn']>[1] {
	return {
		state: JSON.stringify(desk.state),
		answeredSeq: desk.turn.messages[desk.turn.messages.length - 1]?.seq ?? 0,
		reply: null,
		offers: desk.offers,
		events: desk.audit,
		now: desk.now,
		...(desk.openPending === null ? {} : { openPending: desk.openPending }),
		...(desk.closePending === null ? {} : { closePending: desk.closePending }),
	};
}

/** Takes the chat for this call. A turn needs a line to answer; a parallel call may have answered ours with its own. */
async function take(parts: TurnParts, tool: string): Promise<Turn | null> {
	const { store, chat, clock, sleep } = parts;
	const owner = newOwner();
	await noteCall(parts, tool);
	for (let waited = 0, pause = 10; waited < WAIT_MS; waited += pause, pause = Math.min(pause * 2, 200)) {
		const start = await store.beginTurn(chat, owner, clock(), LEASE_MS, isDeadOwner);
		if (start.kind === 'turn') return start.turn;
		if (start.kind === 'idle') await noteCall(parts, tool);
		else await sleep(pause);
	}
	return null;
}

/** The line a tool call leaves in the transcript: the tool's name, no text of the client. */
async function noteCall({ store, chat, clock }: TurnParts, tool: string): Promise<void> {
	const receivedAt = clock();
	const message = { kind: 'other' as const, text: tool, buttonId: null, contact: null, sender: { phone: null, name: null } };
	const messageId = `tool:${randomUUID()}`;
	await store.accept(chat, { messageId, payload: writeMessage({ ...message, messageId, receivedAt }), receivedAt });
}
