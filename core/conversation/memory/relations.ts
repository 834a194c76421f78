import { hasAny, lexicon, toWords } from '../../language/words';
import type { Lang } from '../message';

interface Relation {
	readonly names: Readonly<Record<Lang, string>>;
	readonly words: ReturnType<typeof lexicon>;
}

/** Who a client may book for, by the words used. A relation is remembered; the other person's name is not. */
const RELATIONS: readonly Relation[] = [
	{ names: { ru: 'дочь', en: 'daughter' }, words: lexicon(['дочь|дочери|дочерью|дочка|дочке|дочки|дочку|дочкой|дочурк*|доченьк*', 'daughter|daughters']) },
	{ names: { ru: 'сын', en: 'son' }, words: lexicon(['сын|сына|сыну|сыном|сынок|сынка|сынку|сыночк*|сынишк*', 'son']) },
	{ names: { ru: 'ребёнок', en: 'child' }, words: lexicon(['ребенок|ребенка|ребенку|ребенком|дети|детей|детям|детьми|малыш*', 'child|kid|kids|children|baby']) },
	{ names: { ru: 'муж', en: 'husband' }, words: lexicon(['муж|мужа|мужу|мужем', 'husband']) },
	{ names: { ru: 'жена', en: 'wife' }, words: lexicon(['жена|жены|жене|жену|женой', 'wife']) },
	{ names: { ru: 'мама', en: 'mother' }, words: lexicon(['мама|мамы|маме|маму|мамой|мать|матери|матерью|мамочк*', 'mother|mom|mum']) },
	{ names: { ru: 'папа', en: 'father' }, words: lexicon(['папа|папы|папе|папу|папой|отец|отца|отцу|отцом', 'father|dad']) },
	{ names: { ru: 'сестра', en: 'sister' }, words: lexicon(['сестра|сестры|сестре|сестру|сестрой|сестренк*', 'sister']) },
	{ names: { ru: 'брат', en: 'brother' }, words: lexicon(['брат|брата|брату|братом', 'brother']) },
	{ names: { ru: 'бабушка', en: 'grandmother' }, words: lexicon(['бабушка|бабушки|бабушке|бабушку|бабушкой|бабуле|бабуля', 'grandmother|grandma']) },
	{ names: { ru: 'дедушка', en: 'grandfather' }, words: lexicon(['дедушка|дедушки|дедушке|дедушку|дедушкой', 'grandfather|grandpa']) },
	{ names: { ru: 'внук', en: 'grandson' }, words: lexicon(['внук|внука|внуку|внуком', 'grandson']) },
	{ names: { ru: 'внучка', en: 'granddaughter' }, words: lexicon(['внучка|внучки|внучке|внучку|внучкой', 'granddaughter']) },
	{ names: { ru: 'подруга', en: 'friend' }, words: lexicon(['подруга|подруги|подруге|подругу|подругой|подружк*', 'girlfriend']) },
	{ names: { ru: 'друг', en: 'friend' }, words: lexicon(['друг|друга|другу|другом', 'friend|boyfriend']) },
];

/** The relation named in a text, in the language of the dialogue; null when none or several are. */
export function relationIn(text: string, lang: Lang): string | null {
	const words = toWords(text.slice(0, 200));
	const named = RELATIONS.filter((relation) => hasAny(words, relation.words));
	const [only] = named;
	return only !== undefined && named.length === 1 ? only.names[lang] : null;
}
