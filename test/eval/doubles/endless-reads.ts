import { reading, type Double } from './prompt';

const TOPICS = ['price', 'duration', 'address', 'hours', 'staff', 'services', 'availability', 'contacts', 'faq'] as const;

/** 10: always wants to look at one more thing. */
export const endlessReads: Double = {
	number: 10,
	name: 'endless reads',
	answer: (prompt, rng, sane) => {
		if (prompt.purpose === 'compose') return JSON.stringify({ tool_calls: [{ name: 'get_available_slots', arguments: {} }] });
		const ways: readonly (() => readonly unknown[])[] = [
			() => Array.from({ length: 4 }, () => ({ type: 'ask', topic: rng.pick(TOPICS), text: prompt.text })),
			() => Array.from({ length: 60 }, () => ({ type: 'ask', topic: 'availability', text: prompt.text })),
			() => [{ type: 'get_available_slots' }, { type: 'get_services' }],
			() => [{ type: 'manage', op: 'list' }, { type: 'ask', topic: 'availability', text: '' }, { type: 'manage', op: 'list' }, { type: 'ask', topic: 'staff', text: '' }],
			() => [...sane(prompt.text, prompt.lang), ...sane(prompt.text, prompt.lang), { type: 'ask', topic: 'availability', text: prompt.text }],
		];
		return reading(rng.pick(ways)(), rng.chance(0.2) ? { continue: true } : {}, prompt.lang);
	},
};
