import type { TurnResult } from '../../core/conversation/assistant';
import type { Reply } from '../../core/conversation/message';
import type { ChatKey, ConversationStore } from '../../core/store';
import { datesIn } from './when';

/** A line of a reply that can be answered by its number. */
export interface Choice {
	readonly number: number;
	readonly text: string;
	readonly date: string | null;
	readonly time: string | null;
}

/** What a client makes of a reply. */
export interface Heard {
	readonly reply: Reply | null;
	/** What the assistant meant to say, by its audit log, in order. */
	readonly intents: readonly string[];
	/** Effects the CRM proved in this turn. */
	readonly effects: readonly string[];
	readonly handedOver: boolean;
}

const EFFECTS = ['booked', 'rescheduled', 'cancelled'];
const MOST_EVENTS = 80;

/** What a client makes of everything that came back at once; intents are those of the audit log. */
export async function heardFrom(conversations: ConversationStore, chat: ChatKey, results: readonly TurnResult[]): Promise<Heard> {
	const replied = results.filter((result) => result.kind === 'replied');
	const turns = replied.map((result) => result.turn);
	const events = turns.length === 0 ? [] : await conversations.events(chat, MOST_EVENTS);
	const intents = events.filter((event) => event.kind === 'reply' && turns.includes(event.turn)).flatMap((event) => (JSON.parse(event.data) as { intents: string[] }).intents);
	const effects = replied.flatMap((result) => result.events.map((event) => event.type)).filter((type) => EFFECTS.includes(type));
	return { reply: replied.at(-1)?.reply ?? null, intents, effects, handedOver: results.some((result) => result.handoff !== null) };
}

/** Numbered lines with the day of their heading and the time they name. */
export function choicesOf(text: string, nowMs: number): readonly Choice[] {
	let heading: string | null = null;
	const choices: Choice[] = [];
	for (const line of text.split('\n')) {
		const [date = null] = datesIn(line, nowMs);
		const numbered = /^(\d{1,2})\. (.+)$/.exec(line.trim());
		if (numbered === null) {
			if (date !== null) heading = date;
			continue;
		}
		const body = numbered[2] ?? '';
		choices.push({ number: Number(numbered[1]), text: body, date: date ?? heading, time: /\d{2}:\d{2}/.exec(body)?.[0] ?? null });
	}
	return choices;
}
