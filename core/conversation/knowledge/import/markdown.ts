import type { Piece } from './piece';
import { readPlain } from './plain';

const ATX = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const SETEXT = /^ {0,3}(=+|-+)\s*$/;
const FENCE = /^ {0,3}(?:```|~~~)/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*\|\s*(?:[-:|]|\s)*$/;
const MANY_WORDS = 3;

interface Section {
	readonly level: number;
	readonly title: string;
	readonly lines: string[];
}

/** Reads Markdown: a section a heading. A heading that says little alone is read with the one above it. */
export function readMarkdown(text: string): readonly Piece[] {
	const sections = sectionsOf(withoutFrontMatter(text).replace(/<!--[\s\S]*?-->/g, '').split('\n'));
	if (sections.every((section) => section.level === 0)) return readPlain(sections.flatMap((section) => section.lines).join('\n'));
	const path: Section[] = [];
	return sections.flatMap((section) => {
		while (path.length > 0 && (path[path.length - 1]?.level ?? 0) >= section.level) path.pop();
		const parent = path[path.length - 1];
		path.push(section);
		return piecesOf(section, parent !== undefined && parent.level > 1 ? parent : null);
	});
}

function withoutFrontMatter(text: string): string {
	return text.replace(/^---\n[\s\S]*?\n---\n/, '');
}

function sectionsOf(lines: readonly string[]): readonly Section[] {
	const sections: Section[] = [{ level: 0, title: '', lines: [] }];
	const last = () => sections[sections.length - 1]?.lines ?? [];
	let fenced = false;
	for (const line of lines) {
		const heading = fenced ? null : ATX.exec(line);
		const underline = fenced ? null : SETEXT.exec(line);
		const above = last()[last().length - 1]?.trim() ?? '';
		if (FENCE.test(line)) fenced = !fenced;
		else if (heading !== null) sections.push({ level: heading[1]?.length ?? 1, title: plainOf(heading[2] ?? ''), lines: [] });
		else if (underline !== null && above !== '' && !/^[-*|#>]/.test(above)) {
			last().pop();
			sections.push({ level: underline[1]?.startsWith('=') === true ? 1 : 2, title: plainOf(above), lines: [] });
		} else if (!TABLE_RULE.test(line)) last().push(plainOf(line));
	}
	return sections;
}

function piecesOf(section: Section, parent: Section | null): readonly Piece[] {
	const body = section.lines.join('\n').trim();
	if (body === '') return [];
	const pairs = readPlain(body);
	const holdsPairs = pairs.length > 0 && /^\s*(?:в|вопрос|q|question)\s*\d*\s*[:.)]/im.test(body);
	if (section.title === '' || holdsPairs) return pairs;
	const says = section.title.endsWith('?') || section.title.split(/\s+/).length >= MANY_WORDS;
	const title = says || parent === null ? section.title : `${parent.title}: ${section.title}`;
	return [{ title, body: body.replace(/\n{3,}/g, '\n\n'), aliases: [] }];
}

/** One line without its marks: emphasis, links, images, quotes, table bars. Lists keep their dash. */
function plainOf(line: string): string {
	if (/^\s*(?:[-*_]\s*){3,}$/.test(line)) return '';
	return line
		.replace(/^\s*>+\s?/, '')
		.replace(/^(\s*)[*+]\s+/, '$1- ')
		.replace(/!\[[^\]]*\]\([^)]*\)/g, '')
		.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/<\/?[a-z][^>]*>/gi, '')
		.replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
		.replace(/(?<![\p{L}\p{N}*])\*([^*]+)\*(?![\p{L}\p{N}*])/gu, '$1')
		.replace(/^\s*\|\s*|\s*\|\s*$/g, '')
		.replace(/\s*\|\s*/g, ' — ')
		.replace(/\\([\\`*_{}[\]()#+.!-])/g, '$1')
		.trimEnd();
}
