import { FIRST_NAMES } from './lexicon/firstnames';

/** Names whose stem changes in the oblique cases. */
const IRREGULAR_STEMS: Readonly<Record<string, string>> = { павел: 'павл', петр: 'петр', лев: 'льв', любовь: 'любов', илья: 'иль', игорек: 'игорьк' };
const ENDINGS: readonly (readonly [last: RegExp, endings: readonly string[]])[] = [
	[/ия$/, ['ия', 'ии', 'ию', 'ией', 'иею']],
	[/(?<=[жшчщкгх])а$/, ['а', 'и', 'е', 'у', 'ой', 'ою', 'ей']],
	[/а$/, ['а', 'ы', 'е', 'у', 'ой', 'ою', 'ей']],
	[/я$/, ['я', 'и', 'е', 'ю', 'ей', 'ею']],
	[/й$/, ['й', 'я', 'ю', 'ем', 'е', 'и']],
	[/ь$/, ['ь', 'я', 'ю', 'ем', 'е', 'и', 'ью']],
	[/(?<=[бвгджзклмнпрстфхцчшщ])$/, ['', 'а', 'у', 'ом', 'ем', 'е', 'ым', 'ой']],
];

/** A Russian name in all its cases, folded; a name that does not decline is alone. */
export function declined(name: string): readonly string[] {
	const irregular = IRREGULAR_STEMS[name];
	const rule = ENDINGS.find(([last]) => last.test(name));
	if (rule === undefined) return [name];
	const stem = irregular ?? name.replace(rule[0], '');
	return [name, ...rule[1].map((ending) => stem + ending)];
}

/** Every case of every name and short form -> the full names it may be. */
const fullNames = new Map<string, Set<string>>();
for (const [full, short] of Object.entries(FIRST_NAMES)) {
	for (const nominative of [full, ...short]) for (const form of declined(nominative)) remember(form, full);
}

function remember(form: string, full: string): void {
	const known = fullNames.get(form) ?? new Set<string>();
	known.add(full);
	fullNames.set(form, known);
}

/** The full names a word may stand for: «маше» is «мария»; empty for a word that is no known name. Input is folded. */
export function fullNamesOf(word: string): ReadonlySet<string> {
	return fullNames.get(word) ?? NOBODY;
}

const NOBODY: ReadonlySet<string> = new Set();
