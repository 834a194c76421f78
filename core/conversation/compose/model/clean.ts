import { stripGreetingsFromReply } from '../../../language/greeting';

/** Most of an answer that is looked at; a longer one is no reply to a client. */
export const MOST_CHARACTERS = 4000;

const FENCE = /^```[\p{L}]*\n?([\s\S]*?)\n?```$/u;
const QUOTES = /^(?:"([\s\S]*)"|«([^«»]*)»|“([^“”]*)”)$/u;
/** Faces, hearts, flowers and care: signs that state nothing. A clock, a gift or a tick would. */
const MILD_EMOJI =
	/^[\u{1F600}-\u{1F644}\u{1F64F}\u{1F917}\u{1F970}\u{263A}\u{2764}\u{2728}\u{1F31E}\u{1F490}\u{1F493}-\u{1F49F}\u{1F90D}\u{1F90E}\u{1F9E1}\u{1F337}-\u{1F33C}\u{1F485}-\u{1F487}]$/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]/gu;

/**
 * A model's text in plain characters: look-alike forms become ordinary, control, invisible and combining characters go,
 * white space is a space or a line break. A fence or quotes around the whole are taken off.
 */
export function cleanText(text: string): string {
	const plain = text
		.normalize('NFKC')
		.replace(/\r\n?|[\u2028\u2029]/gu, '\n')
		.replace(/[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{M}]/gu, '')
		.replace(/[^\S\n]|[\p{Cc}](?<!\n)/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.replace(/ *\n */g, '\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
	const bare = FENCE.exec(plain)?.[1]?.trim() ?? plain;
	const quoted = QUOTES.exec(bare);
	return (quoted?.[1] ?? quoted?.[2] ?? quoted?.[3] ?? bare).trim();
}

/** Applies the emoji policy: none at all, or the first mild one. */
export function withEmoji(text: string, policy: 'none' | 'few'): string {
	let left = policy === 'few' ? 1 : 0;
	const kept = text.replace(EMOJI, (sign) => (left > 0 && MILD_EMOJI.test(sign) ? (left--, sign) : ' '));
	return kept.replace(/[^\S\n]+(?=[.,!?\n]|$)/gu, '').replace(/(?<=^|\n)[^\S\n]+/gu, '').replace(/ {2,}/g, ' ').trim();
}

/** The text without greetings at the start of its lines. */
export function withoutGreeting(text: string): string {
	return stripGreetingsFromReply(text);
}

/** Whether any sentence is a greeting: one in the middle of a line is not taken out but refused. */
export function greets(text: string): boolean {
	return text.split(/(?<=[.!?,;:)…-])\s+|\n/u).some((sentence) => stripGreetingsFromReply(sentence) !== sentence.trim());
}
