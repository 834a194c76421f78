import { toWords } from '../../../../language/words';
import type { Lang } from '../../../message';
import { ASKING_EN, TONE_EN } from './en';
import { ASKING_RU, TONE_RU } from './ru';

interface Vocabulary {
	readonly tone: RegExp;
	readonly asking: RegExp;
	/** A request that asks without a question mark. */
	readonly request: RegExp;
}

const VOCABULARIES: Readonly<Record<Lang, Vocabulary>> = {
	ru: {
		tone: compiled(TONE_RU),
		asking: compiled(`${TONE_RU} ${ASKING_RU}`),
		request:
			/(?<!\p{L})(?:напишите|подскажите|скажите|укажите|назовите|сообщите|уточните|пришлите|оставьте|выберите|отправьте|ответьте|ответить|поделитесь|давайте|пожалуйста)(?!\p{L})/u,
	},
	en: {
		tone: compiled(TONE_EN),
		asking: compiled(`${TONE_EN} ${ASKING_EN}`),
		request: /(?<!\p{L})(?:please|tell|send|write|choose|pick|reply|share)(?!\p{L})/u,
	},
};

/**
 * Words of a folded text that are no part of plain courtesy, sentence by sentence. A sentence that asks about one of the
 * topics may use the words of questions too.
 */
export function wordsBeyondTone(folded: string, lang: Lang, topics: readonly RegExp[]): readonly string[] {
	const { tone, asking, request } = VOCABULARIES[lang];
	return (folded.match(/[^.!?\n]+[.!?]*/gu) ?? []).flatMap((sentence) => {
		const asks = sentence.includes('?') || request.test(sentence);
		const allowed = asks && topics.some((topic) => topic.test(sentence)) ? asking : tone;
		return toWords(sentence).list.filter((word) => !allowed.test(word.text)).map((word) => word.text);
	});
}

function compiled(list: string): RegExp {
	const words = list.trim().split(/\s+/).map((word) => word.replace(/\*$/, '\\p{L}*'));
	return new RegExp(`^(?:${words.join('|')})$`, 'u');
}
