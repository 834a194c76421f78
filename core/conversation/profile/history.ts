import type { ChatKey, ConversationStore, TranscriptLine } from '../../store/conversation-store';
import { cutGraphemes } from '../compose/display';
import type { DialogueLine } from '../context';
import { readMessage, readReply } from '../inbox-payload';

/** Lines of the dialogue a model is told, and the longest of them in characters. */
const HISTORY_LINES = 8;
const LINE_LENGTH = 300;
/** Room for messages that came while the turn runs and for lines without words. */
const SPARE = 16;

/**
 * The last lines said before the message `firstSeq` of this turn, oldest first. A line without words or one that
 * cannot be read is left out. Throws what the store throws.
 */
export async function dialogueBefore(store: ConversationStore, chat: ChatKey, firstSeq: number, waiting: number): Promise<readonly DialogueLine[]> {
	const lines = await store.transcript(chat, HISTORY_LINES + waiting + SPARE);
	return lines
		.filter((line) => line.direction === 'out' || line.seq < firstSeq)
		.flatMap((line) => said(line))
		.slice(-HISTORY_LINES);
}

function said(line: TranscriptLine): readonly DialogueLine[] {
	const text = textOf(line)?.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim() ?? '';
	return text === '' ? [] : [{ who: line.direction === 'in' ? 'client' : 'assistant', text: cutGraphemes(text, LINE_LENGTH) }];
}

function textOf({ direction, payload, at }: TranscriptLine): string | null {
	try {
		return direction === 'in' ? readMessage(payload, at).text : readReply(payload).text;
	} catch {
		return null;
	}
}
