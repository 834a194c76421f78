const ENDINGS = [
	'иями', 'ями', 'ами', 'ого', 'его', 'ому', 'ему', 'ыми', 'ими', 'иях', 'иям', 'ией',
	'ая', 'яя', 'ую', 'юю', 'ой', 'ей', 'ое', 'ее', 'ые', 'ие', 'ый', 'ий', 'ым', 'им', 'ых', 'их',
	'ом', 'ем', 'ов', 'ев', 'ам', 'ям', 'ах', 'ях', 'ою', 'ею', 'ия', 'ию', 'ии',
	'а', 'я', 'о', 'е', 'и', 'ы', 'у', 'ю', 'ь', 'й',
] as const;
const SHORTEST_STEM = 3;

/** A word without its case ending: Russian endings by table, English plural and possessive. Input is folded. */
export function stem(word: string): string {
	if (/^[a-z']+$/.test(word)) return stemEnglish(word);
	for (const ending of ENDINGS) {
		if (word.length - ending.length >= SHORTEST_STEM && word.endsWith(ending)) return word.slice(0, -ending.length);
	}
	return word;
}

function stemEnglish(word: string): string {
	const bare = word.replace(/'s?$|'s$/, '');
	return bare.length > 3 && bare.endsWith('s') && !bare.endsWith('ss') ? bare.slice(0, -1) : bare;
}

/** Whether two words differ by at most one letter put in, left out, replaced, or by two neighbours swapped. */
export function withinOneEdit(left: string, right: string): boolean {
	const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
	if (longer.length - shorter.length > 1) return false;
	let start = 0;
	while (start < shorter.length && shorter[start] === longer[start]) start++;
	if (shorter.length !== longer.length) return shorter.slice(start) === longer.slice(start + 1);
	if (shorter.slice(start + 1) === longer.slice(start + 1)) return true;
	return (
		shorter[start] === longer[start + 1] &&
		shorter[start + 1] === longer[start] &&
		shorter.slice(start + 2) === longer.slice(start + 2)
	);
}
