import { onTop, reading, type Double } from './prompt';

const REFS = ['o99', 'r42', 'v0', 's-1', 'o1.5', 'p1', 'a1', '__proto__', 'o01', 'O1', 'o1 ', '{o1}', 'о1', 'o1;r1', ''];
const WORDS = ['Берите {o99}.', 'Ваш визит: {r7}.', '{x1} {y2}', 'Цена {p9}, скидка {d50}.', '{{o1}}', '{o1', 'Адрес {a1} {a2} {a3}', '{__proto__}', '{constructor}'];

/** 9: names handles it was not given. */
export const unknownHandles: Double = {
	number: 9,
	name: 'unknown handles',
	answer: (prompt, rng, sane) => {
		const words = rng.pick(WORDS);
		if (prompt.purpose === 'compose') return rng.chance(0.3) ? prompt.draft.replace(/\{[^}]*\}/g, '{o99}') : onTop(prompt.draft, words, rng);
		const acts = rng.chance(0.5) ? [{ type: 'pick', ref: rng.pick(REFS) }] : sane(prompt.text, prompt.lang);
		return reading(acts, { draft: words }, prompt.lang);
	},
};
