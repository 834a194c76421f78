/** Deeper nesting than any answer needs. */
const DEEPEST = 12;
/** Places of a text where an object may begin that are tried. */
const MOST_TRIES = 5;
const LONGEST = 32 * 1024;

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '””"', '”': '”', '«': '»', '‘': '’', '„': '“”' };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
const WORDS = new Map<string, unknown>([['true', true], ['false', false], ['null', null], ['True', true], ['False', false], ['None', null], ['undefined', null]]);
const SPACE = /[\s\uFEFF]/;
const BARE = /[\p{L}\p{N}_$.+-]/u;

/**
 * The JSON object in an answer: as it stands, or between fences and prose, or with trailing commas, single and smart
 * quotes, bare keys, comments and a lost end. A value cut off in the middle is left out. Undefined when there is none.
 * The work is linear in the text.
 */
export function readObject(text: string): unknown {
	const source = text.slice(0, LONGEST);
	const whole = parseStrictly(source);
	if (isRecord(whole)) return whole;
	let best: unknown;
	let from = source.search(/[{[]/);
	for (let tries = 0; from >= 0 && tries < MOST_TRIES; tries++) {
		const reader = new TolerantReader(source, from);
		const value = asObject(reader.read());
		if (isRecord(value) && 'acts' in value) return value;
		best ??= value;
		from = nextStart(source, Math.max(from + 1, reader.at));
	}
	return best;
}

function nextStart(source: string, from: number): number {
	const next = source.slice(from).search(/[{[]/);
	return next < 0 ? -1 : from + next;
}

/** A bare list is taken for the list of acts. */
function asObject(value: unknown): unknown {
	if (Array.isArray(value)) return value.length > 0 && value.every(isRecord) ? { acts: value } : undefined;
	return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseStrictly(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Stands for a value that the end of the text cut off, or that is none. */
const LOST = Symbol('lost');

/** Reads JSON as people and models write it. Every step moves on, so the end is always reached. */
class TolerantReader {
	constructor(
		private readonly text: string,
		public at: number,
	) {}

	read(): unknown {
		const value = this.value(0);
		return value === LOST ? undefined : value;
	}

	private value(depth: number): unknown {
		this.skip();
		const sign = this.text[this.at];
		if (sign === undefined || depth > DEEPEST) return this.lose();
		if (sign === '{') return this.object(depth);
		if (sign === '[') return this.list(depth);
		if (QUOTES[sign] !== undefined) return this.string();
		return this.bare();
	}

	private object(depth: number): unknown {
		const entries: [string, unknown][] = [];
		this.at++;
		while (this.more('}')) {
			const key = this.key();
			this.skip();
			if (typeof key !== 'string' || !/[:=]/.test(this.text[this.at] ?? '')) {
				this.at++;
				continue;
			}
			this.at++;
			const value = this.value(depth + 1);
			if (value !== LOST) entries.push([key, value]);
		}
		return Object.fromEntries(entries);
	}

	private list(depth: number): unknown {
		const items: unknown[] = [];
		this.at++;
		while (this.more(']')) {
			const from = this.at;
			const value = this.value(depth + 1);
			if (value !== LOST) items.push(value);
			if (this.at === from) this.at++;
		}
		return items;
	}

	/** Whether another member follows; steps over commas and over the sign that ends the members. */
	private more(end: string): boolean {
		this.skip(',');
		const sign = this.text[this.at];
		if (sign === undefined) return false;
		if (sign === '}' || sign === ']') {
			// The wrong bracket ends the members too, and stays for whom it belongs to.
			if (sign === end) this.at++;
			return false;
		}
		return true;
	}

	private key(): unknown {
		return QUOTES[this.text[this.at] ?? ''] === undefined ? this.bare(false) : this.string();
	}

	private string(): unknown {
		const ends = QUOTES[this.text[this.at] ?? ''] ?? '"';
		let result = '';
		for (this.at++; this.at < this.text.length; this.at++) {
			const sign = this.text[this.at] ?? '';
			if (ends.includes(sign) && this.endsHere()) {
				this.at++;
				return result;
			}
			result += sign === '\\' ? this.escape() : sign;
		}
		return LOST;
	}

	/** A quote inside a string that nobody escaped is followed by more words. */
	private endsHere(): boolean {
		return /^\s*(?:[,:}\]=]|$|\/\/|\n)/.test(this.text.slice(this.at + 1, this.at + 40));
	}

	private escape(): string {
		const sign = this.text[++this.at] ?? '';
		if (sign !== 'u') return ESCAPES[sign] ?? sign;
		const code = /^[0-9a-fA-F]{4}/.exec(this.text.slice(this.at + 1, this.at + 5))?.[0];
		if (code === undefined) return '';
		this.at += code.length;
		return String.fromCharCode(parseInt(code, 16));
	}

	/** A number, a word of JSON or of Python, or a key without quotes. */
	private bare(known = true): unknown {
		const from = this.at;
		while (this.at < this.text.length && BARE.test(this.text[this.at] ?? '')) this.at++;
		const word = this.text.slice(from, this.at);
		if (word === '') return this.lose();
		if (!known) return word;
		if (WORDS.has(word)) return WORDS.get(word);
		const number = Number(word);
		// The end of the text may have cut a number or a word in two.
		if (this.at >= this.text.length) return LOST;
		return Number.isFinite(number) ? number : word;
	}

	private lose(): unknown {
		this.at++;
		return LOST;
	}

	private skip(also = ''): void {
		for (;;) {
			while (this.at < this.text.length && (SPACE.test(this.text[this.at] ?? '') || (also !== '' && this.text[this.at] === also))) this.at++;
			if (!this.text.startsWith('//', this.at)) return;
			const end = this.text.indexOf('\n', this.at);
			this.at = end < 0 ? this.text.length : end;
		}
	}
}
