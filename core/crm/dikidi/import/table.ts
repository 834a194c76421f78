import { UnreadableFile } from './decode';

/** One row of a table and the line it begins on, counted from one. */
export interface Row {
	readonly line: number;
	readonly cells: readonly string[];
}

export interface Table {
	readonly head: Row;
	/** Without rows that are empty. */
	readonly rows: readonly Row[];
}

const DELIMITERS = [';', ',', '\t', '|'] as const;
const MOST_ROWS = 200_000;
const MOST_COLUMNS = 200;

/**
 * Reads a delimited table (RFC 4180): quoted cells may hold the delimiter, line ends and doubled quotes. Every row must
 * have as many cells as the head, or the file was cut or is of another kind. Throws {@link UnreadableFile}.
 */
export function readTable(text: string): Table {
	const named = /^sep=(.)\n/i.exec(text);
	const body = named === null ? text : text.slice(named[0].length);
	const rows = parse(body, named?.[1] ?? delimiterOf(body), named === null ? 1 : 2).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
	const [head, ...rest] = rows;
	if (head === undefined) throw new UnreadableFile('The file has no rows.');
	const uneven = rest.find(({ cells }) => cells.length !== head.cells.length);
	if (uneven !== undefined) throw new UnreadableFile(`Line ${uneven.line} has ${uneven.cells.length} cells where the first line has ${head.cells.length}; the file is cut or its quotes are broken.`);
	return { head, rows: rest };
}

/** The one of the usual delimiters that stands most often outside quotes in the first line. */
function delimiterOf(text: string): string {
	const [first = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split('\n');
	const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: first.split(delimiter).length - 1 })).sort((a, b) => b.count - a.count);
	return counted[0]?.delimiter ?? ';';
}

function parse(text: string, delimiter: string, firstLine: number): readonly Row[] {
	const rows: Row[] = [];
	let cells: string[] = [];
	let line = firstLine;
	let began = line;
	for (let at = 0; at <= text.length; ) {
		const [cell, end] = text[at] === '"' ? quoted(text, at, line) : bare(text, at, delimiter);
		cells.push(cell);
		if (cells.length > MOST_COLUMNS) throw new UnreadableFile(`Line ${began} has more than ${MOST_COLUMNS} cells; this is not an export of clients or visits.`);
		for (let place = text.indexOf('\n', at); place >= 0 && place < end; place = text.indexOf('\n', place + 1)) line += 1;
		const mark = text[end];
		at = end + 1;
		if (mark === delimiter) continue;
		if (mark !== undefined && mark !== '\n') throw new UnreadableFile(`Line ${line} has text after a closing quote; the quotes of the file are broken.`);
		rows.push({ line: began, cells });
		if (rows.length > MOST_ROWS) throw new UnreadableFile(`The file has more than ${MOST_ROWS} rows; export a shorter period.`);
		cells = [];
		line += 1;
		began = line;
	}
	return rows;
}

function bare(text: string, from: number, delimiter: string): [string, number] {
	let end = from;
	while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
	return [text.slice(from, end), end];
}

function quoted(text: string, from: number, line: number): [string, number] {
	for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		if (text[at + 1] !== '"') return [text.slice(from + 1, at).replaceAll('""', '"'), at + 1];
		at += 1;
	}
	throw new UnreadableFile(`The quote that opens on line ${line} never closes; the file is cut or its quotes are broken.`);
}
