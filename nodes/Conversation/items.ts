import * as v from 'valibot';
import type { Instant } from '../../core/booking';
import type { ChatKey, ConversationMode, ConversationStore, ConversationSummary, TranscriptLine } from '../../core/store';
import { OutcomeError } from '../shared/errors';

const State = v.object({ phase: v.optional(v.nullable(v.string()), null), lang: v.optional(v.nullable(v.string()), null) });
const Line = v.object({ text: v.optional(v.string(), ''), kind: v.optional(v.string(), 'text') });

/** A conversation as the node puts it out. */
export interface ConversationItem {
	readonly salonId: string;
	readonly channel: string;
	readonly chatId: string;
	readonly mode: ConversationMode;
	readonly modeUntil: string | null;
	readonly phase: string | null;
	readonly lang: string | null;
	readonly turns: number;
	readonly waiting: number;
	readonly lastMessageAt: string | null;
	readonly lastReplyAt: string | null;
}

/**
 * A conversation without the inner state: names and phones in it stay inside. A silence that has run out at `at` counts
 * as none, as it does for the assistant.
 */
export function conversationItem(summary: ConversationSummary, at: Instant): ConversationItem {
	const { chat, turns, waiting, lastMessageAt, lastReplyAt } = summary;
	const isOver = summary.modeUntil !== null && Date.parse(summary.modeUntil) <= Date.parse(at);
	const { mode, modeUntil } = isOver ? { mode: 'bot' as const, modeUntil: null } : summary;
	const state = read(State, summary.state);
	return {
		salonId: chat.tenant,
		channel: chat.channel,
		chatId: chat.chatId,
		mode,
		modeUntil,
		phase: state?.phase ?? null,
		lang: state?.lang ?? null,
		turns,
		waiting,
		lastMessageAt,
		lastReplyAt,
	};
}

/** One line of a transcript: who said what and when. */
export function transcriptLine({ direction, payload, at }: TranscriptLine): { from: 'client' | 'assistant'; kind: string; text: string; at: string } {
	const line = read(Line, payload);
	return { from: direction === 'in' ? 'client' : 'assistant', kind: line?.kind ?? 'other', text: line?.text ?? '', at };
}

/** The conversation as it stands at `at`. Throws when there is none. */
export async function readConversation(conversations: ConversationStore, chat: ChatKey, at: Instant): Promise<ConversationItem> {
	const summary = await conversations.get(chat);
	if (summary !== null) return conversationItem(summary, at);
	throw new OutcomeError({ kind: 'refused', reason: 'not_found', message: 'There is no conversation with this channel and chat ID in this salon.' });
}

function read<S extends v.GenericSchema>(schema: S, text: string | null): v.InferOutput<S> | null {
	const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
	return parsed.success ? parsed.output : null;
}
