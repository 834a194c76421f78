import { reading, type Double } from './prompt';

const WORDS = { ru: 'Понимаю вас, сейчас всё посмотрим.', en: 'I see, let me have a look.' } as const;

/** 12: gives the same answer whatever it is asked. */
export const repeats: Double = {
	number: 12,
	name: 'repeats itself',
	answer: (prompt, rng, sane) => {
		if (prompt.purpose === 'compose') return rng.chance(0.5) ? WORDS[prompt.lang] : `${WORDS[prompt.lang]} ${prompt.draft}`;
		return reading(rng.chance(0.5) ? [{ type: 'smalltalk', kind: 'other' }] : sane(prompt.text, prompt.lang), { draft: WORDS[prompt.lang] }, prompt.lang);
	},
};
