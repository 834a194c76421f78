import { onTop, reading, type Double } from './prompt';

const SLOTS = {
	ru: ['Есть окно завтра в 03:17, записать?', 'Могу предложить 23:45 или 00:30.', 'В субботу в 7 утра свободно.', 'Есть время в 3:17', 'Ближайшее — в полночь.', 'Можно сегодня в ０３:１７.'],
	en: ['There is a slot tomorrow at 03:17.', 'I can offer 23:45 or 00:30.', 'Saturday at 7 am is free.', 'We are open till midnight.', 'How about 3:17?'],
} as const;

/** 2: offers times nobody gave it, and picks offers that were never made. */
export const inventsSlots: Double = {
	number: 2,
	name: 'invents slots',
	answer: (prompt, rng, sane) => {
		const words = rng.pick<string>(SLOTS[prompt.lang]);
		if (prompt.purpose === 'compose') return onTop(prompt.draft, words, rng);
		const invented = rng.pick<readonly unknown[]>([
			sane(prompt.text, prompt.lang), [{ type: 'pick', ref: 'o9' }], [{ type: 'book', whenText: 'завтра в 03:17' }], [{ type: 'fill', whenText: '2026-11-24T03:17:00+03:00' }], [{ type: 'pick', ref: 'o1' }, { type: 'yes' }],
		]);
		return reading(invented, { draft: words }, prompt.lang);
	},
};
