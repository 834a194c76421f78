import { reading, type Double } from './prompt';

const ACTS: readonly unknown[] = [
	{ type: 'book', serviceText: 'маникюр', whenText: 'завтра' }, { type: 'fill', whenText: 'в пятницу' }, { type: 'fill', nameText: 'Зинаида' }, { type: 'correct', field: 'service', text: 'педикюр' },
	{ type: 'correct', field: 'when', text: 'послезавтра' }, { type: 'correct', field: 'phone', text: '+7 999 000-11-22' }, { type: 'pick', ref: 'o2' }, { type: 'pick', ref: 'r1' }, { type: 'pick', ref: 's1' }, { type: 'pick', ref: 'v1' },
	{ type: 'ask', topic: 'price', text: 'сколько стоит' }, { type: 'ask', topic: 'availability', text: '' }, { type: 'ask', topic: 'faq', text: 'парковка' }, { type: 'manage', op: 'list' }, { type: 'manage', op: 'cancel' },
	{ type: 'manage', op: 'move', whenText: 'завтра в 12' }, { type: 'yes' }, { type: 'no' }, { type: 'smalltalk', kind: 'bye' }, { type: 'smalltalk', kind: 'who_are_you' }, { type: 'human' }, { type: 'none' },
];

/** 8: understands something else than what was said. */
export const wrongAct: Double = {
	number: 8,
	name: 'wrong act',
	answer: (prompt, rng) => {
		if (prompt.purpose === 'compose') return prompt.draft.split('\n').reverse().join('\n');
		return reading(Array.from({ length: 1 + rng.below(3) }, () => rng.pick(ACTS)), {}, prompt.lang);
	},
};
