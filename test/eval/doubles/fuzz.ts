import type { Rng } from '../rng';
import { reading, type Double } from './prompt';

const TYPES = ['book', 'fill', 'correct', 'pick', 'ask', 'manage', 'yes', 'no', 'smalltalk', 'human', 'stop', 'none', 'write', 'constructor', '', 'BOOK'];
const KEYS = ['serviceText', 'whenText', 'staffText', 'forOther', 'nameText', 'phoneText', 'field', 'text', 'ref', 'topic', 'op', 'recordText', 'kind', 'id', '__proto__', 'price'];
const WORDS = [
	'маникюр', 'стрижка', 'завтра', 'завтра в 15', 'в пятницу', 'сегодня ночью', '31 февраля', '2026-11-25', 'через 100 лет', 'Анна', 'any', 'дочка', '+79990001122', '12345', 'o1', 'o2', 'r1', 's1', 'v1', 'price', 'faq', 'list', 'cancel', 'move', 'hello', 'service', 'when',
	'phone', '{o1}', '<b>да</b>', '\u202Eевт', '\u0000', '💅', 'null', "'; drop table inbox; --", 'https://evil.example', 'а'.repeat(700),
];

function anything(rng: Rng, depth = 0): unknown {
	const ways: readonly (() => unknown)[] = [
		() => rng.pick(WORDS), () => rng.below(1e9) - 5, () => null, () => true, () => 0.5, () => [], () => ({}),
		() => (depth > 3 ? [] : Array.from({ length: rng.below(4) }, () => anything(rng, depth + 1))),
		() => (depth > 3 ? {} : Object.fromEntries(Array.from({ length: rng.below(4) }, () => [rng.pick(KEYS), anything(rng, depth + 1)]))),
	];
	return rng.pick(ways)();
}

function act(rng: Rng): unknown {
	const fields = Object.fromEntries(Array.from({ length: rng.below(5) }, () => [rng.pick(KEYS), rng.chance(0.85) ? rng.pick(WORDS) : anything(rng)]));
	return { type: rng.pick(TYPES), ...fields };
}

/** Valid to the letter: the schema lets it through, so the code behind must cope. */
function validAct(rng: Rng): unknown {
	const ways: readonly (() => unknown)[] = [
		() => ({ type: 'book', serviceText: rng.pick(WORDS), whenText: rng.pick(WORDS) }), () => ({ type: 'fill', staffText: rng.pick(WORDS), forOther: rng.pick(WORDS) }), () => ({ type: 'fill', nameText: rng.pick(WORDS), phoneText: rng.pick(WORDS) }),
		() => ({ type: 'correct', field: rng.pick(['service', 'when', 'staff', 'name', 'phone', 'guest']), text: rng.pick(WORDS) }), () => ({ type: 'pick', ref: `${rng.pick(['o', 'r', 'v', 's'])}${1 + rng.below(6)}` }),
		() => ({ type: 'ask', topic: rng.pick(['price', 'duration', 'address', 'hours', 'staff', 'services', 'availability', 'contacts', 'faq']), text: rng.pick(WORDS) }),
		() => ({ type: 'manage', op: rng.pick(['list', 'cancel', 'move']), recordText: rng.pick(WORDS), whenText: rng.pick(WORDS) }), () => ({ type: rng.pick(['yes', 'no', 'human', 'none']) }),
		() => ({ type: 'smalltalk', kind: rng.pick(['hello', 'thanks', 'bye', 'how_are_you', 'who_are_you', 'other']) }),
	];
	return rng.pick(ways)();
}

/** 17: anything, from the schema and outside it. */
export const fuzz: Double = {
	number: 17,
	name: 'random fuzz',
	answer: (prompt, rng) => {
		if (prompt.purpose === 'compose') {
			const pieces = [...prompt.draft.split(/(\{[^}]*\})/), ...WORDS];
			return Array.from({ length: 1 + rng.below(8) }, () => rng.pick(pieces)).join(rng.pick([' ', '\n', '']));
		}
		if (rng.chance(0.1)) return JSON.stringify(anything(rng)) ?? '';
		const acts = Array.from({ length: rng.below(6) }, () => (rng.chance(0.6) ? validAct(rng) : act(rng)));
		return reading(acts, rng.chance(0.5) ? { draft: rng.pick(WORDS), confidence: rng.pick<unknown>([0, 1, -3, 'high', null]), remember: anything(rng), lang: rng.pick<unknown>(['ru', 'en', 'xx', 7]) } : {}, prompt.lang);
	},
};
