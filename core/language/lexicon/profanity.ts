import { fold } from '../words';

/** Word starts and whole words, tested from the border of a word, so that «застрахуй» and «оскорблять» are clean. */
const ABUSIVE_WORDS: readonly RegExp[] = [
	/^(?:на|по|о|до|а|ни|не|за|от|при|ох|рас)?ху(?:й|я|е|и$|ю|ев|ис)/, /^хули$/, /^(?:на|по|до|о)?хер(?:$|н[яюией]|ов[оаы]|еть|ня)/,
	/^(?:с|за|рас|раз|ис|от|на|под|вы|пере|про|при|у|о|недо|до|в)?пизд/, /^(?:за|вы|у|до|на|отъ|разъ|съ|подъ|объ|въ|про|пере|при|недо|долбо|по|от|о|ни)?еб(?:а|у|и[тс]|н|л[аоыи]|е[тш]|ы|о[тш]|$|ись|ал)/,
	/^(?:долбо|мудо|мозго)еб/, /^бля$|^бля[дт]|^блеа[дт]/, /^сук(?:а|и|у|ой)$|^сучк[аиу]$|^сучар/, /^муд(?:ак|ил|оз|ач)/, /^г[ао]ндон/, /^п[ие]д(?:ор|ар|ерас|рил)|^пидр/, /^манд(?:а|у|ы|ой)$|^мандавош/,
	/^говн(?:о|а|ом|ю|юк)/, /^дерьм/, /^ублюд/, /^твар(?:ь|и|ью)$/, /^урод(?:$|ы$|ина|ов$|ка$)/, /^идиот/, /^дебил/, /^кретин/, /^придур/, /^дур(?:а|ы|ак|аки|ачье|ень)$/, /^сволоч/, /^мраз[ьи]/, /^шлюх/, /^шалав/, /^проститут/, /^заткни/, /^нах$/, /^пнх$/, /^чмо$/, /^козл(?:ы|ина)$/, /^мудак/, /^охренел/,
	/^(?:mother)?f+u+c*k/, /^fck/, /^(?:bull)?shit(?:$|ty|s$|head|ting)/, /^bitch/, /^asshole/, /^cunt/, /^dickhead/, /^bastard/, /^moron/, /^idiot/, /^whore/, /^slut/, /^wanker/, /^retard/, /^stfu$/,
	/^xu[yi]$|^nax?h?u[yi]$|^pizd|^suka$|^bl[yj]a(?:d|t)?$|^ebat/,
];

/** Whole words behind a mask: «х*й», «f**k». */
const MASKED_WORDS = [
	'хуй', 'хуя', 'хуе', 'хуйня', 'хуйню', 'нахуй', 'похуй', 'пизда', 'пизды', 'пизде', 'пиздец', 'ебать', 'ебаный', 'ебаная', 'ебаные', 'еблан', 'заебали', 'заебал', 'заебала', 'бля', 'блять', 'блядь', 'бляди',
	'сука', 'суки', 'суку', 'мудак', 'мудаки', 'гандон', 'гондон', 'пидор', 'пидоры', 'говно', 'дерьмо', 'fuck', 'fucking', 'fucker', 'shit', 'bitch', 'cunt', 'asshole',
] as const;

const LOOKALIKES: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', y: 'у', k: 'к', m: 'м', b: 'в', h: 'н', t: 'т', '0': 'о', '3': 'з', '@': 'а', '6': 'б' };
const TOKEN = /[\p{L}\p{N}@*#$_]+/gu;
const SPACED_LETTERS = /(?<![\p{L}\p{N}])(?:\p{L}[ .\-_]){2,}\p{L}(?![\p{L}\p{N}])/gu;

/** Whether a text insults: obscene or abusive words, whole, masked («х*й»), spaced out, or with look-alike letters. */
export function isAbusive(text: string): boolean {
	const folded = fold(text.normalize('NFC'));
	const joined = [...folded.matchAll(SPACED_LETTERS)].map((match) => match[0].replace(/[^\p{L}]/gu, ''));
	for (const token of [...folded.matchAll(TOKEN)].map((match) => match[0]).concat(joined)) {
		if (isAbusiveToken(token)) return true;
	}
	return false;
}

function isAbusiveToken(token: string): boolean {
	const word = squeeze(unmixed(token));
	if (/[*#$_@]/.test(word)) return hasMaskedForm(word);
	return ABUSIVE_WORDS.some((pattern) => pattern.test(word));
}

/** Latin letters and digits inside a Cyrillic word are read as the Cyrillic letters they imitate. */
function unmixed(token: string): string {
	return /[а-я]/.test(token) ? token.replace(/[a-z036@]/g, (mark) => LOOKALIKES[mark] ?? mark) : token;
}

/** «сукаааа» is «сука»: three equal letters and more are one. */
function squeeze(word: string): string {
	return word.replace(/(\p{L})\1{2,}/gu, '$1');
}

/** At least two letters must be visible, the first among them, and the rest must fit a listed word. */
function hasMaskedForm(word: string): boolean {
	const letters = word.replace(/[^\p{L}]/gu, '').length;
	if (letters < 2 || !/^\p{L}/u.test(word)) return false;
	return MASKED_WORDS.some(
		(clean) => clean.length === word.length && [...word].every((mark, index) => mark === clean[index] || /[*#$_@]/.test(mark)),
	);
}
