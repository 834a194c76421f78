import { titleFrom, type Piece } from './piece';

const QUESTION = /^\s*(?:\d+[.)]\s*)?(?:(?:вопрос|question)(?:\s*№?\s*\d+)?\s*[:.)—–-]|(?:в|q)\s*\d*\s*[:.)])\s*(?=\S)/i;
const ANSWER = /^\s*(?:(?:ответ|answer)\s*[:.)—–-]|(?:о|a|а)\s*\d*\s*[:.)])\s*(?=\S)/i;
const INLINE_ANSWER = /\s(?:ответ|answer|О|A)\s*:\s*(?=\S)/;
const BULLET = /^\s*(?:[-•*–—]|\d+[.)])\s+/;
const LONGEST_HEADING = 80;

/** Reads plain text: «В: … О: …» pairs where there are any, else blocks between empty lines. */
export function readPlain(text: string): readonly Piece[] {
	const lines = text.split('\n').map((line) => line.trimEnd());
	const pairs = readPairs(lines);
	return pairs.length > 0 ? pairs : readBlocks(lines);
}

/** A question lasts to its answer, an answer to the next question; what stands before the first question is read as blocks. */
function readPairs(lines: readonly string[]): readonly Piece[] {
	const first = lines.findIndex((line) => QUESTION.test(line));
	if (first < 0 || !lines.some((line) => ANSWER.test(line) || INLINE_ANSWER.test(line))) return [];
	const pieces: Piece[] = [];
	let question: string[] = [];
	let answer: string[] | null = null;
	const close = () => {
		const [title, body] = [question.join(' ').trim(), (answer ?? []).join('\n').trim()];
		if (title !== '' && body !== '') pieces.push({ title, body, aliases: [] });
		question = [];
		answer = null;
	};
	for (const line of lines.slice(first)) {
		if (QUESTION.test(line)) {
			close();
			const asked = line.replace(QUESTION, '');
			const inline = INLINE_ANSWER.exec(asked);
			question.push(inline === null ? asked : asked.slice(0, inline.index));
			if (inline !== null) answer = [asked.slice(inline.index + inline[0].length)];
		} else if (answer === null && ANSWER.test(line)) answer = [line.replace(ANSWER, '')];
		else if (answer !== null) answer.push(line);
		else question.push(line.trim());
	}
	close();
	return [...readBlocks(lines.slice(0, first)), ...pieces];
}

/** A first line that asks or looks like a heading titles its block; a heading alone titles the next one. */
function readBlocks(lines: readonly string[]): readonly Piece[] {
	const pieces: Piece[] = [];
	let heading: string | null = null;
	for (const block of blocksOf(lines)) {
		const [first = '', ...rest] = block;
		const titled = rest.length > 0 && (first.endsWith('?') || isHeading(first));
		if (rest.length === 0 && isHeading(first)) {
			heading = first.trim();
			continue;
		}
		const asked = rest.length === 0 ? /^(.{5,200}?\?)\s+(\S.+)$/.exec(first) : null;
		if (titled) pieces.push({ title: first.trim(), body: rest.join('\n').trim(), aliases: [] });
		else if (asked !== null) pieces.push({ title: asked[1] ?? '', body: asked[2] ?? '', aliases: [] });
		else {
			const body = block.join('\n').trim();
			pieces.push({ title: heading ?? titleFrom(body), body, aliases: [] });
		}
		heading = null;
	}
	return pieces;
}

function blocksOf(lines: readonly string[]): readonly (readonly string[])[] {
	const blocks: string[][] = [];
	let open: string[] = [];
	for (const line of [...lines, '']) {
		if (line.trim() !== '') open.push(line);
		else if (open.length > 0) {
			blocks.push(open);
			open = [];
		}
	}
	return blocks;
}

function isHeading(line: string): boolean {
	const text = line.trim();
	return text.length <= LONGEST_HEADING && !BULLET.test(line) && !/[.!,;…]$/.test(text) && /\p{L}/u.test(text);
}
