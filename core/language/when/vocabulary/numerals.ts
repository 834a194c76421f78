import type { Entry } from './word';

const RUSSIAN_CARDINALS: Readonly<Record<number, string>> = {
	0: 'ноль нуль ноля нуля',
	1: 'один одна одно одну одного одному одной',
	2: 'два две двух двум двумя двое',
	3: 'три трех трем тремя трое',
	4: 'четыре четырех четырем четырьмя',
	5: 'пять пяти пятью',
	6: 'шесть шести шестью',
	7: 'семь семи семью',
	8: 'восемь восьми восемью восем',
	9: 'девять девяти девятью',
	10: 'десять десяти десятью',
	11: 'одиннадцать одиннадцати',
	12: 'двенадцать двенадцати',
	13: 'тринадцать тринадцати',
	14: 'четырнадцать четырнадцати',
	15: 'пятнадцать пятнадцати',
	16: 'шестнадцать шестнадцати',
	17: 'семнадцать семнадцати',
	18: 'восемнадцать восемнадцати',
	19: 'девятнадцать девятнадцати',
	20: 'двадцать двадцати',
	30: 'тридцать тридцати',
	40: 'сорок сорока',
	50: 'пятьдесят пятидесяти',
};

/** Stem before the ending of the genitive, dative and neuter forms. */
const RUSSIAN_ORDINAL_STEMS: Readonly<Record<number, string>> = {
	1: 'перв', 2: 'втор', 3: 'треть', 4: 'четверт', 5: 'пят', 6: 'шест', 7: 'седьм', 8: 'восьм', 9: 'девят', 10: 'десят',
	11: 'одиннадцат', 12: 'двенадцат', 13: 'тринадцат', 14: 'четырнадцат', 15: 'пятнадцат', 16: 'шестнадцат',
	17: 'семнадцат', 18: 'восемнадцат', 19: 'девятнадцат', 20: 'двадцат', 30: 'тридцат',
};

const ENGLISH_CARDINALS: Readonly<Record<number, string>> = {
	1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight', 9: 'nine', 10: 'ten',
	11: 'eleven', 12: 'twelve', 13: 'thirteen', 14: 'fourteen', 15: 'fifteen', 16: 'sixteen', 17: 'seventeen',
	18: 'eighteen', 19: 'nineteen', 20: 'twenty', 30: 'thirty', 40: 'forty', 50: 'fifty',
};

const ENGLISH_ORDINALS: Readonly<Record<number, string>> = {
	1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', 6: 'sixth', 7: 'seventh', 8: 'eighth', 9: 'ninth', 10: 'tenth',
	11: 'eleventh', 12: 'twelfth', 13: 'thirteenth', 14: 'fourteenth', 15: 'fifteenth', 16: 'sixteenth', 17: 'seventeenth',
	18: 'eighteenth', 19: 'nineteenth', 20: 'twentieth', 30: 'thirtieth',
};

/** Short numerals lie one letter from everyday words («честь», «пять»), so only long ones forgive a slip. */
const FORGIVING_FROM = 11;

function* numerals(): Generator<Entry> {
	for (const forms of [RUSSIAN_CARDINALS, ENGLISH_CARDINALS]) {
		for (const [value, words] of Object.entries(forms)) yield entry({ cardinal: Number(value) }, words);
	}
	for (const [value, stem] of Object.entries(RUSSIAN_ORDINAL_STEMS)) {
		const ordinal = Number(value);
		const soft = stem.endsWith('ь');
		const genitive = soft ? `${stem}его` : `${stem}ого`;
		const others = soft ? `${stem}е ${stem}ему` : `${stem}ое ${stem}ому`;
		yield entry({ ordinal }, `${genitive} ${others}`);
		if (ordinal <= 12) yield { word: { halfTo: ordinal }, forms: `пол${genitive}`, typos: true };
	}
	for (const [value, words] of Object.entries(ENGLISH_ORDINALS)) yield entry({ ordinal: Number(value) }, words);
}

function entry(word: Entry['word'], forms: string): Entry {
	const value = word.cardinal ?? word.ordinal ?? 0;
	return value >= FORGIVING_FROM && value < 40 ? { word, forms, typos: true } : { word, forms };
}

/** Russian and English number words up to fifty, cardinal in all cases and ordinal as a date uses them. */
export const NUMERALS: readonly Entry[] = [...numerals()];
