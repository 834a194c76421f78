import { fileInZip } from './zip';

const MAIN_PART = 'word/document.xml';
/** A style, a piece of text, a break, a list mark, or the end of a paragraph, cell or row. */
const TOKEN = /<w:pStyle [^>]*?w:val="([^"]*)"|<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab|br|cr|numPr|tc)(?=[ />])|<\/w:(p|tc|tr)>/g;
const HEADING = /^(?:heading|заголовок)?\s?([1-6])$/i;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What a Word document says. */
export interface DocumentText {
	/** Headings as Markdown's, list items with a dash, a row of a table as one line. */
	readonly text: string;
	readonly hasHeadings: boolean;
}

interface Line {
	readonly text: string;
	/** Paragraphs stand apart; items of a list and rows of a table do not. */
	readonly isTight: boolean;
}

/** What a DOCX file says, or null when the bytes are none. */
export async function readWordDocument(bytes: Buffer): Promise<DocumentText | null> {
	const xml = await fileInZip(bytes, MAIN_PART);
	return xml === null ? null : textOf(xml.toString('utf8'));
}

function textOf(xml: string): DocumentText {
	const reader = new Reader();
	for (const token of xml.matchAll(TOKEN)) reader.read(token);
	return { text: reader.lines.map(({ text, isTight }, index) => (isTight && reader.lines[index + 1]?.isTight === true ? `${text}\n` : `${text}\n\n`)).join(''), hasHeadings: reader.hasHeadings };
}

class Reader {
	readonly lines: Line[] = [];
	hasHeadings = false;
	private text = '';
	private level = 0;
	private isItem = false;
	private cells: string[] = [];
	private inCell = false;

	read([, style, text, mark, end]: RegExpExecArray): void {
		if (style !== undefined) this.level = /^title$/i.test(style) ? 1 : Number(HEADING.exec(style)?.[1] ?? 0);
		else if (text !== undefined) this.text += unescaped(text);
		else if (mark === 'numPr') this.isItem = true;
		else if (mark === 'tc') this.inCell = true;
		else if (mark !== undefined) this.text += mark === 'tab' ? ' ' : '\n';
		else if (end === 'p') this.endParagraph();
		else if (end === 'tc') this.endCell();
		else this.endRow();
	}

	private endParagraph(): void {
		if (this.inCell) {
			this.text += ' ';
			return;
		}
		const text = this.text.trim();
		const isHeading = this.level > 0 && text !== '';
		if (isHeading) this.hasHeadings = true;
		if (text !== '') this.lines.push({ text: `${isHeading ? `${'#'.repeat(this.level)} ` : this.isItem ? '- ' : ''}${text}`, isTight: this.isItem && !isHeading });
		this.text = '';
		this.level = 0;
		this.isItem = false;
	}

	private endCell(): void {
		this.cells.push(this.text.replace(/\s+/g, ' ').trim());
		this.text = '';
		this.level = 0;
		this.isItem = false;
		this.inCell = false;
	}

	private endRow(): void {
		const text = this.cells.filter((cell) => cell !== '').join(' — ');
		if (text !== '') this.lines.push({ text, isTight: true });
		this.cells = [];
	}
}

function unescaped(text: string): string {
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
		if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
		const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
	});
}
