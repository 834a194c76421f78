/** Latin spellings of Russian sounds, longest first, as people type them without a Russian keyboard. */
const LATIN_TO_CYRILLIC: readonly (readonly [string, string])[] = [
	['shch', 'щ'], ['sch', 'щ'], ['zh', 'ж'], ['kh', 'х'], ['ts', 'ц'], ['ch', 'ч'], ['sh', 'ш'],
	['yu', 'ю'], ['ju', 'ю'], ['iu', 'ю'], ['ya', 'я'], ['ja', 'я'], ['ia', 'ия'], ['yo', 'е'], ['ye', 'е'],
	['iy', 'ий'], ['yy', 'ый'],
	['a', 'а'], ['b', 'б'], ['c', 'ц'], ['d', 'д'], ['e', 'е'], ['f', 'ф'], ['g', 'г'], ['h', 'х'], ['i', 'и'],
	['j', 'ж'], ['k', 'к'], ['l', 'л'], ['m', 'м'], ['n', 'н'], ['o', 'о'], ['p', 'п'], ['q', 'к'], ['r', 'р'],
	['s', 'с'], ['t', 'т'], ['u', 'у'], ['v', 'в'], ['w', 'в'], ['x', 'кс'], ['y', 'ы'], ['z', 'з'],
	["'", 'ь'],
];

const SHORT_I = ['y', 'й'] as const;

/** Words that betray Russian written in Latin letters. */
export const TRANSLITERATED_WORDS = [
	'privet', 'zdravstvuyte', 'zdravstvuite', 'zdrastvuyte', 'zdraste', 'dobryi', 'dobriy', 'dobry', 'dobryj', 'dobrogo', 'den', 'vecher',
	'zapis*', 'zapish*', 'skolko', 'stoit', 'mozhno', 'mojno', 'hochu', 'xochu', 'khochu', 'zavtra', 'segodnya', 'segodnia',
	'poslezavtra', 'spasibo', 'pozhaluysta', 'pojaluista', 'pozhaluista', 'strizhk*', 'strijk*', 'manikur*', 'manikyur*', 'pedikyur*',
	'okno', 'okoshko', 'svobodn*', 'utrom', 'vecherom', 'dnem', 'kogda', 'gde', 'vremya', 'vremia', 'otmenit*', 'perenesti', 'perenesite',
	'ponedelnik', 'vtornik', 'sreda', 'sredu', 'chetverg', 'pyatnica', 'pyatnicu', 'pyatnitsu', 'subbota', 'subbotu', 'voskresen*',
	'net', 'davayte', 'davaite', 'horosho', 'khorosho', 'ladno', 'menya', 'nado', 'nuzhno', 'nujno', 'vas', 'est', 'chto', 'kak',
] as const;

/** A Latin word as the Russian word it most likely spells; letters without a reading stay. Input is folded. */
export function cyrillicOf(word: string): string {
	let result = '';
	for (let at = 0; at < word.length; ) {
		const afterVowel = /[аеиоуюя]$/.test(result);
		const pair = afterVowel && /^y(?![aeou])/.test(word.slice(at, at + 2)) ? SHORT_I : LATIN_TO_CYRILLIC.find(([latin]) => word.startsWith(latin, at));
		result += pair?.[1] ?? word[at];
		at += pair?.[0].length ?? 1;
	}
	return result;
}
