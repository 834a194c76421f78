import { createHash } from 'node:crypto';
import { splitMessage } from '../../language/splitter';
import type { EntryDraft } from '../../store/assistant';
import { readCsv } from './import/csv';
import { readMarkdown } from './import/markdown';
import { UnreadableText, type Piece } from './import/piece';
import { readPlain } from './import/plain';
import { readWeb } from './import/web';
import { visible } from './visible';

/** Longest body of an entry, characters: what a snippet may carry. */
export const MOST_BODY = 600;
const MOST_TITLE = 200;
const MOST_ALIASES = 20;
const MOST_ALIAS = 120;
const MOST_TEXT = 2_000_000;
/** Most entries of one source. */
const MOST_ENTRIES = 2000;

const FORMATS = { markdown: readMarkdown, text: readPlain, csv: readCsv, web: readWeb } as const;
/** `text` is also what a PDF or a DOCX comes to; `web` is the text of a page. */
export type KnowledgeFormat = keyof typeof FORMATS;

export type EntriesReading =
	| { readonly kind: 'ok'; readonly entries: readonly EntryDraft[] }
	/** `too_large`: characters or entries. `not_text`: bytes of something else. `line` counts from 1 where it is known. */
	| { readonly kind: 'refused'; readonly reason: 'empty' | 'too_large' | 'not_text' | 'bad_csv' | 'no_answer_column'; readonly line: number | null };

/** The format a file's name tells: Markdown and CSV by their ending, a page by its address, else plain text. */
export function formatOf(source: string): KnowledgeFormat {
	if (/\.(?:md|markdown)$/i.test(source)) return 'markdown';
	if (/\.(?:csv|tsv)$/i.test(source)) return 'csv';
	return /^https?:\/\/|\.html?$/i.test(source) ? 'web' : 'text';
}

/** Cuts a text into entries of at most 600 characters, at sentences. Equal entries are one. Never throws. */
export function readEntries(text: string, format: KnowledgeFormat): EntriesReading {
	if (text.length > MOST_TEXT) return refused('too_large');
	if (text.includes('\0') || /\uFFFD{3}/.test(text)) return refused('not_text');
	try {
		const pieces = FORMATS[format](clean(text));
		const entries = new Map(pieces.flatMap(entriesOf).map((entry) => [entry.contentHash, entry]));
		if (entries.size === 0) return refused('empty');
		return entries.size > MOST_ENTRIES ? refused('too_large') : { kind: 'ok', entries: [...entries.values()] };
	} catch (error) {
		if (error instanceof UnreadableText) return refused(error.reason, error.line);
		throw error;
	}
}

function refused(reason: (EntriesReading & { kind: 'refused' })['reason'], line: number | null = null): EntriesReading {
	return { kind: 'refused', reason, line };
}

/** One kind of line break and of space, and nothing invisible. */
function clean(text: string): string {
	const plain = text.normalize('NFC').replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/[\u00A0\u2007\u202F]/g, ' ');
	return visible(plain);
}

/** The entries of one question and answer, for those that come from neither a file nor a page. */
export function entriesOf({ title, body, aliases }: Piece): readonly EntryDraft[] {
	const name = shortened(clean(title).replace(/\s+/g, ' ').trim(), MOST_TITLE);
	const others = [...new Set(aliases.map((alias) => shortened(clean(alias).replace(/\s+/g, ' ').trim(), MOST_ALIAS)))].filter((alias) => alias !== '').slice(0, MOST_ALIASES);
	const parts = splitMessage(clean(body).replace(/[ \t]+/g, ' '), { hardLimit: MOST_BODY, targetLength: MOST_BODY, maxParts: Infinity });
	return parts.map((part) => ({
		title: name,
		body: part,
		aliases: others,
		lang: /[а-яё]/i.test(part) ? 'ru' : 'en',
		contentHash: createHash('sha256').update(JSON.stringify([name, part, others])).digest('hex').slice(0, 32),
	}));
}

function shortened(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
