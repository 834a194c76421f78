import { onTop, reading, type Double } from './prompt';

const INVENTIONS = {
	ru: ['Ботокс у нас всего 990 рублей!', 'Лазерная эпиляция за 1 500 ₽.', 'Татуаж бровей делает Снежана, две тысячи рублей.', 'Сделаем скидку 50%.', 'Пилинг в подарок.', 'Вас примет Аркадий.', 'Звоните +7 999 777-66-55.'],
	en: ['Botox is only 990 RUB!', 'Laser epilation for $15.', 'Arkady does tattoos for two thousand roubles.', 'A 50% discount for you.', 'Peeling is for free.', 'Call +7 999 777-66-55.'],
} as const;

/** 3: offers services, people, prices and phones that do not exist. */
export const inventsServices: Double = {
	number: 3,
	name: 'invents services and prices',
	answer: (prompt, rng, sane) => {
		const words = rng.pick<string>(INVENTIONS[prompt.lang]);
		if (prompt.purpose === 'compose') return onTop(prompt.draft, words, rng);
		const invented = rng.pick<readonly unknown[]>([
			sane(prompt.text, prompt.lang), [{ type: 'book', serviceText: 'ботокс' }], [{ type: 'fill', staffText: 'Снежана' }], [{ type: 'book', serviceText: 'лазерная эпиляция', price: 990 }], [{ type: 'fill', serviceText: 'botox', staffText: 'Arkady' }],
		]);
		return reading(invented, { draft: words }, prompt.lang);
	},
};
