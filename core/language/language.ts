import { TRANSLITERATED_WORDS } from './lexicon/transliteration';
import { hasAny, lexicon, toWords } from './words';

/** Languages that are told apart. */
export type DetectedLanguage = 'ru' | 'en' | 'uk' | 'kk';
/** Languages that are answered in. */
export type ReplyLanguage = 'ru' | 'en';

const transliterated = lexicon(TRANSLITERATED_WORDS);
/** Words at home in every language: they say nothing of the writer's. */
const NEUTRAL = new Set(['ok', 'okay', 'okey', 'sms', 'vip', 'spa', 'wifi', 'wi', 'fi', 'whatsapp', 'telegram', 'http', 'https', 'www', 'com', 'ru', 'pm', 'am', 'spf', 'x', 'xxl', 'k']);
const NOT_PROSE = /@|^(?:https?:|www\.)/i;
const WORDS_THAT_DECIDE = 3;

/**
 * The language of a text by its script: Kazakh or Ukrainian letters, then Cyrillic is Russian, Latin is English unless
 * its words are Russian in Latin letters. Null when no word tells: numbers, emoji, «ok».
 */
export function detectLanguage(text: string): DetectedLanguage | null {
	const prose = text.normalize('NFC').split(/\s+/).filter((piece) => !NOT_PROSE.test(piece));
	const words = toWords(prose.join(' '));
	const letters = words.list.filter((word) => /\p{L}/u.test(word.text) && !NEUTRAL.has(word.text));
	const line = letters.map((word) => word.text).join(' ');
	if (/[әғқңөұүһ]/.test(line)) return 'kk';
	if (/[їєґі]/.test(line)) return 'uk';
	if (/[а-яё]/.test(line)) return 'ru';
	if (!/[a-z]/.test(line)) return null;
	return hasAny(words, transliterated) ? 'ru' : 'en';
}

/** The language spoken so far, and one that came once. */
export interface LanguageState {
	readonly lang: ReplyLanguage;
	readonly langCandidate: ReplyLanguage | null;
}

/**
 * The language to answer in after `text`. It changes on a message of more than three words, or on two short messages
 * in a row; Ukrainian and Kazakh are answered in Russian. `first` is true for a chat's first message, which decides alone.
 */
export function nextLanguage({ lang, langCandidate }: LanguageState, text: string, first = false): LanguageState {
	const detected = detectLanguage(text);
	if (detected === null) return { lang, langCandidate };
	const reply: ReplyLanguage = detected === 'en' ? 'en' : 'ru';
	if (reply === lang) return { lang, langCandidate: null };
	const decides = first || toWords(text).list.length > WORDS_THAT_DECIDE || langCandidate === reply;
	return decides ? { lang: reply, langCandidate: null } : { lang, langCandidate: reply };
}
