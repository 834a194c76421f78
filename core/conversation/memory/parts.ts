import type { DayPart } from '../../language/when';
import { hasAny, lexicon, toWords } from '../../language/words';
import type { Lang } from '../message';

type Part = 'morning' | 'day' | 'evening';

const NAMES: Readonly<Record<Part, Readonly<Record<Lang, string>>>> = {
	morning: { ru: 'утром', en: 'in the morning' },
	day: { ru: 'днём', en: 'in the afternoon' },
	evening: { ru: 'вечером', en: 'in the evening' },
};

const WORDS: Readonly<Record<Part, ReturnType<typeof lexicon>>> = {
	morning: lexicon(['утро|утром|утра|утренн*', 'до обеда', 'morning|mornings', 'before lunch|noon']),
	day: lexicon(['днем|дневн*', 'после обеда', 'в обед', 'afternoon|afternoons|midday|lunchtime', 'after lunch']),
	evening: lexicon(['вечер|вечером|вечера|вечерн*', 'после работы', 'evening|evenings', 'after work']),
};

/** The part of a day as it is remembered; the hours before morning count as evening, the salon's late end. */
export function partName(part: DayPart, lang: Lang): string {
	const kind: Part = part === 'morning' || part === 'before_lunch' ? 'morning' : part === 'evening' || part === 'night' ? 'evening' : 'day';
	return NAMES[kind][lang];
}

/** The one part of the day a text names, as it is remembered; null when none or several are named. */
export function partIn(text: string, lang: Lang): string | null {
	const words = toWords(text.slice(0, 200));
	const named = (Object.keys(WORDS) as Part[]).filter((part) => hasAny(words, WORDS[part]));
	const [only] = named;
	return only !== undefined && named.length === 1 ? NAMES[only][lang] : null;
}
