import { reading, type Double } from './prompt';

/** Ways in which real models break JSON. */
const BREAKS: readonly ((whole: string) => string)[] = [
	(whole) => whole.slice(0, Math.floor(whole.length / 2)),
	(whole) => `\`\`\`json\n${whole}\n\`\`\``,
	(whole) => `Sure! Here is the JSON you asked for:\n${whole}\nAnything else?`,
	(whole) => whole.replace(/"/g, "'"),
	(whole) => whole.replace(/}$/, ',}'),
	(whole) => whole.replace(/]/, ',]'),
	(whole) => JSON.stringify(whole),
	(whole) => `[${whole},${whole}]`,
	(whole) => `${whole}${whole}`,
	(whole) => whole.replace(/"(\w+)":/g, '$1:'),
	(whole) => whole.replace('"acts"', '"Acts"'),
	(whole) => whole.replace('"acts":[', '"acts":[null,42,"yes",[],'),
	() => '{"acts":"yes"}',
	() => '{"acts":{"type":"yes"}}',
	() => '{"__proto__":{"acts":[{"type":"yes"}]},"constructor":1}',
	() => 'null',
	() => '{}',
	() => '[]',
	() => '',
	() => '{'.repeat(3000),
	() => '{"acts":[{"type":"book","serviceText":NaN}]}',
];

/** 7: breaks the form of its answers. */
export const malformed: Double = {
	number: 7,
	name: 'malformed JSON',
	answer: (prompt, rng, sane) => {
		if (prompt.purpose === 'compose') return rng.pick([prompt.draft.replace(/[{}]/g, ''), prompt.draft.replace(/}/g, ''), `{"text":${JSON.stringify(prompt.draft)}}`, prompt.draft.replace(/{/g, '{{'), '']);
		return rng.pick(BREAKS)(reading(sane(prompt.text, prompt.lang), {}, prompt.lang));
	},
};
