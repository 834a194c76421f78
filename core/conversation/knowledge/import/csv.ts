import { UnreadableText, type Piece } from './piece';

const DELIMITERS = [',', ';', '\t'] as const;
const QUESTION_HEADS: ReadonlySet<string> = new Set(['question', 'вопрос', 'title', 'заголовок', 'тема', 'название', 'q', 'topic']);
const ANSWER_HEADS: ReadonlySet<string> = new Set(['answer', 'ответ', 'text', 'текст', 'body', 'описание', 'содержание', 'a']);
const ALIAS_HEADS: ReadonlySet<string> = new Set(['aliases', 'alias', 'синонимы', 'варианты', 'keywords', 'ключевые слова', 'другие вопросы']);

interface Row {
	readonly line: number;
	readonly cells: readonly string[];
}

/**
 * Reads a table of questions and answers, with aliases separated by `|`, `;` or line breaks in a third column. A first
 * row of known headings names the columns, else they stand in this order. Throws {@link UnreadableText}.
 */
export function readCsv(text: string): readonly Piece[] {
	const rows = parseCsv(text, delimiterOf(text)).filter((row) => row.cells.some((cell) => cell.trim() !== ''));
	const [head] = rows;
	if (head === undefined) return [];
	const names = head.cells.map((cell) => cell.trim().toLowerCase());
	const question = names.findIndex((name) => QUESTION_HEADS.has(name));
	const answer = names.findIndex((name) => ANSWER_HEADS.has(name));
	if (question >= 0 && answer < 0) throw new UnreadableText('no_answer_column', head.line);
	const headed = question >= 0;
	const aliases = names.findIndex((name) => ALIAS_HEADS.has(name));
	const columns = headed ? { question, answer, aliases } : { question: 0, answer: 1, aliases: 2 };
	return (headed ? rows.slice(1) : rows).flatMap(({ cells }) => {
		const title = (cells[columns.question] ?? '').trim();
		const body = (cells[columns.answer] ?? '').trim();
		const others = (cells[columns.aliases] ?? '').split(/[|;\n]/).map((alias) => alias.trim());
		return title === '' || body === '' ? [] : [{ title, body, aliases: others.filter((alias) => alias !== '') }];
	});
}

/** The one of the usual delimiters that stands most often outside quotes in the first line that has any. */
function delimiterOf(text: string): string {
	const bare = text.replace(/"(?:[^"]|"")*"/g, '');
	const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: (bare.split('\n')[0] ?? '').split(delimiter).length - 1 }));
	counts.sort((a, b) => b.count - a.count);
	return counts[0]?.delimiter ?? ',';
}

/** RFC 4180: quoted cells may hold the delimiter, line breaks and doubled quotes. */
function parseCsv(text: string, delimiter: string): readonly Row[] {
	const rows: Row[] = [];
	let line = 1;
	let cells: string[] = [];
	let started = line;
	for (let at = 0; at <= text.length; ) {
		const [cell, end] = text[at] === '"' ? quoted(text, at, line) : bare(text, at, delimiter);
		cells.push(cell);
		line += text.slice(at, end).split('\n').length - 1;
		const mark = text[end];
		if (mark === delimiter) {
			at = end + 1;
			continue;
		}
		if (mark !== undefined && mark !== '\n') throw new UnreadableText('bad_csv', line);
		rows.push({ line: started, cells });
		cells = [];
		line++;
		started = line;
		if (end >= text.length) break;
		at = end + 1;
	}
	return rows;
}

function bare(text: string, from: number, delimiter: string): [string, number] {
	let end = from;
	while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
	return [text.slice(from, end), end];
}

function quoted(text: string, from: number, line: number): [string, number] {
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] !== '"') continue;
		if (text[at + 1] === '"') at++;
		else return [text.slice(from + 1, at).replace(/""/g, '"'), at + 1];
	}
	throw new UnreadableText('bad_csv', line);
}
