import type { IExecuteFunctions } from 'n8n-workflow';
import { readWordDocument, type KnowledgeFormat } from '../../../core/conversation/knowledge';
import { decodeText } from '../../../core/language/decode';
import { ParameterError } from '../../shared/errors';

/** What a file of an item comes to. */
export interface FileText {
	readonly text: string;
	readonly name: string;
	/** Where the file itself tells; a name may lie. */
	readonly known: KnowledgeFormat | null;
}

const MOST_BYTES = 8_000_000;

/** What begins with these bytes is not text, and what to do instead. */
const OTHERS: ReadonlyArray<readonly [start: string, what: string, todo: string]> = [
	['%PDF-', 'a PDF', 'Put an Extract From File node (operation Extract From PDF) before this one, set Import From to Text and import its field text.'],
	['\xD0\xCF\x11\xE0', 'an old Word or Excel file', 'Save it as DOCX or CSV and import that.'],
	['{\\rtf', 'an RTF file', 'Save it as DOCX or as plain text and import that.'],
];

/** Text of the file in a field of the item. Throws {@link ParameterError} when there is none, or when it is not text. */
export async function readFile(functions: IExecuteFunctions, i: number, field: string): Promise<FileText> {
	const file = functions.getInputData()[i]?.binary?.[field];
	if (file === undefined) throw new ParameterError(`There is no file in "${field}"`, 'Name the field that the node before this one fills with the file.');
	if ((file.bytes ?? 0) > MOST_BYTES) throw tooLarge();
	const bytes = await functions.helpers.getBinaryDataBuffer(i, field);
	if (bytes.length > MOST_BYTES) throw tooLarge();
	const name = file.fileName ?? '';
	const start = bytes.toString('latin1', 0, 5);
	if (start.startsWith('PK')) return { ...(await wordDocument(bytes)), name };
	const other = OTHERS.find(([begins]) => start.startsWith(begins));
	if (other !== undefined) throw new ParameterError(`The file is ${other[1]}`, other[2]);
	const text = decodeText(bytes);
	if (text === null) throw new ParameterError('The file is not text', 'Import text, Markdown, CSV or DOCX; for other files put an Extract From File node before this one.');
	return { text, name, known: null };
}

async function wordDocument(bytes: Buffer): Promise<Pick<FileText, 'text' | 'known'>> {
	const document = await readWordDocument(bytes);
	if (document === null) throw new ParameterError('The archive is not a Word document', 'Of Office files DOCX is read. Save a table as CSV; unpack an archive first.');
	return { text: document.text, known: document.hasHeadings ? 'markdown' : 'text' };
}

function tooLarge(): ParameterError {
	return new ParameterError('The file is too large', `At most ${MOST_BYTES / 1_000_000} MB are read; split it into several sources.`);
}
