/** Text made uniform for matching, with the way back to the original offsets. */
export interface Source {
	text: string;
	/** Offset in the original text of each character of `text`, and its length as the last entry. */
	offsets: number[];
}

const REPLACED: Readonly<Record<string, string>> = {
	ё: 'е',
	'‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-',
	'’': "'", '‘': "'", '`': "'", 'ʼ': "'",
	'«': '"', '»': '"', '“': '"', '”': '"', '„': '"',
	'：': ':', '．': '.', '，': ',', '／': '/',
};

/** Invisible characters that phones and messengers put between letters. */
const INVISIBLE = new Set(['\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\ufe0f']);

const FULL_WIDTH_ZERO = 0xff10;

/** Lower case, ё to е, one dash, one quote; й and ё typed as two code points become one. */
export function normalise(original: string): Source {
	const characters: string[] = [];
	const offsets: number[] = [];
	for (let index = 0; index < original.length; index += 1) {
		const raw = original.charAt(index);
		if (INVISIBLE.has(raw) || raw === '\u0308') continue;
		if (raw === '\u0306') {
			if (characters.at(-1) === 'и') characters[characters.length - 1] = 'й';
			continue;
		}
		const lower = raw.toLowerCase();
		// A capital whose lower case is longer (Turkish İ) would shift every later offset.
		const single = lower.length === 1 ? lower : raw;
		characters.push(REPLACED[single] ?? asciiDigit(single));
		offsets.push(index);
	}
	offsets.push(original.length);
	return { text: characters.join(''), offsets };
}

function asciiDigit(character: string): string {
	const value = character.charCodeAt(0) - FULL_WIDTH_ZERO;
	return value >= 0 && value <= 9 ? String(value) : character;
}
