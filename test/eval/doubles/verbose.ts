import { reading, type Double } from './prompt';

const LENGTH = 9000;
const SENTENCES = { ru: 'Мы очень ценим каждого гостя и всегда рады помочь с выбором. ', en: 'We value every guest and are always glad to help you choose. ' } as const;

/** 16: nine thousand characters where one sentence was asked for. */
export const verbose: Double = {
	number: 16,
	name: '9,000 characters',
	answer: (prompt, rng, sane) => {
		const words = SENTENCES[prompt.lang].repeat(Math.ceil(LENGTH / SENTENCES[prompt.lang].length)).slice(0, LENGTH);
		if (prompt.purpose === 'compose') return rng.pick([words, `${prompt.draft}\n${words}`, `${words}\n${prompt.draft}`, 'А'.repeat(LENGTH), `${prompt.draft}${'\n!'.repeat(3000)}`]);
		const acts = rng.pick<readonly unknown[]>([sane(prompt.text, prompt.lang), [{ type: 'fill', serviceText: words }], [{ type: 'fill', nameText: words, whenText: words, phoneText: '7'.repeat(LENGTH) }]]);
		return reading(acts, { draft: words, remember: Array.from({ length: 300 }, () => ({ key: 'note', value: words.slice(0, 40) })) }, prompt.lang);
	},
};
