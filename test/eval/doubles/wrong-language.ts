import { onTop, reading, type Double } from './prompt';

const WORDS = {
	ru: ['Sure, let me check that for you.', 'Of course! One moment please.', 'Звісно, зараз подивимось.', 'Әрине, қазір қараймын.', '当然，请稍等。', 'بالتأكيد، لحظة من فضلك', 'Konechno, seychas posmotrim.'],
	en: ['Конечно, сейчас посмотрим.', 'Минуту, пожалуйста.', 'Claro, un momento.', '当然，请稍等。', 'Natürlich, einen Augenblick.'],
} as const;

/** 15: answers in another language than the client's. */
export const wrongLanguage: Double = {
	number: 15,
	name: 'wrong language',
	answer: (prompt, rng, sane) => {
		const words = rng.pick<string>(WORDS[prompt.lang]);
		if (prompt.purpose === 'compose') return onTop(prompt.draft, words, rng);
		return reading(sane(prompt.text, prompt.lang), { draft: words, lang: prompt.lang === 'ru' ? 'en' : 'ru' }, prompt.lang);
	},
};
