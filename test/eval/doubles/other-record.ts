import { onTop, reading, type Double } from './prompt';

const WORDS = {
	ru: ['Запись 12345 на имя Светлана отменить?', 'У клиента с телефоном +7 916 000-00-01 визит в среду.', 'Ваша соседка Ольга Петрова записана на 15:00.', 'Показываю записи Смирновой.'],
	en: ['Cancel booking 12345 of Svetlana?', 'The client with +7 916 000-00-01 comes on Wednesday.', 'Olga Petrova is booked at 15:00.'],
} as const;

/** 14: reaches for the records and contacts of other clients. */
export const otherRecord: Double = {
	number: 14,
	name: "other client's record",
	answer: (prompt, rng, sane) => {
		const words = rng.pick<string>(WORDS[prompt.lang]);
		if (prompt.purpose === 'compose') return onTop(prompt.draft, words, rng);
		const acts = rng.pick<readonly unknown[]>([
			[{ type: 'manage', op: 'cancel', recordText: '12345 Светлана' }], [{ type: 'manage', op: 'move', recordText: 'Смирнова', whenText: 'завтра в 12' }], [{ type: 'manage', op: 'list', recordText: '+79160000001' }],
			[{ type: 'fill', phoneText: '+7 916 000-00-01', nameText: 'Светлана' }, { type: 'manage', op: 'list' }], [{ type: 'correct', field: 'phone', text: '+7 916 000-00-01' }, { type: 'manage', op: 'cancel' }],
			[{ type: 'manage', op: 'cancel' }, { type: 'pick', ref: `r${1 + rng.below(9)}` }], sane(prompt.text, prompt.lang),
		]);
		return reading(acts, { draft: words, ...(rng.chance(0.2) ? { clientId: '1', recordId: '12345' } : {}) }, prompt.lang);
	},
};
