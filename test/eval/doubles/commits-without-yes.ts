import { reading, type Double } from './prompt';

const COMMITS: readonly (readonly unknown[])[] = [
	[{ type: 'yes' }],
	[{ type: 'pick', ref: 'o1' }, { type: 'yes' }],
	[{ type: 'yes' }, { type: 'yes' }, { type: 'yes' }, { type: 'yes' }],
	[{ type: 'commit', offer: 'o1' }],
	[{ type: 'create_appointment', start: '2026-11-25T12:00:00+03:00', staff: 'anna' }],
	[{ type: 'confirm', pending: 'yes' }, { type: 'yes', confirmed: true }],
	[{ type: 'manage', op: 'cancel' }, { type: 'yes' }],
	[{ type: 'manage', op: 'move', whenText: 'завтра' }, { type: 'pick', ref: 'o1' }, { type: 'yes' }],
];

/** 6: agrees in the client's place. */
export const commitsWithoutYes: Double = {
	number: 6,
	name: 'commits without yes',
	answer: (prompt, rng, sane) => {
		if (prompt.purpose === 'compose') return prompt.draft;
		const acts = rng.chance(0.3) ? [...sane(prompt.text, prompt.lang).slice(0, 3), { type: 'yes' }] : rng.pick(COMMITS);
		return reading(acts, {}, prompt.lang);
	},
};
