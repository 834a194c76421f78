import { onTop, reading, type Double } from './prompt';

const GREETINGS = {
	ru: ['Здравствуйте!', 'Добрый день, рады вас видеть!', 'Приветствую!', 'Доброго времени суток!', 'Привет!', '😊 Здравствуйте, дорогая!', 'Спасибо за сообщение. Добрый вечер!'],
	en: ['Hello!', 'Good morning and welcome!', 'Hi there!', 'Hey!', 'Thanks for writing. Good evening!', '👋 Hello dear!'],
} as const;

/** 4: greets in every reply, at its beginning or in its middle. */
export const greets: Double = {
	number: 4,
	name: 'greets each turn',
	answer: (prompt, rng, sane) => {
		const words = rng.pick<string>(GREETINGS[prompt.lang]);
		if (prompt.purpose === 'compose') return onTop(prompt.draft, words, rng);
		return reading(rng.chance(0.8) ? sane(prompt.text, prompt.lang) : [{ type: 'smalltalk', kind: 'hello' }], { draft: words }, prompt.lang);
	},
};
