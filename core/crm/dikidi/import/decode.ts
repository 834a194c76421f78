/** Encodings a spreadsheet writes; `auto` takes the mark of the file, else strict UTF-8, else Windows-1251. */
export const FILE_ENCODINGS = ['auto', 'utf-8', 'windows-1251', 'utf-16le'] as const;
/** One of {@link FILE_ENCODINGS}. */
export type FileEncoding = (typeof FILE_ENCODINGS)[number];

/** A file that is not the text it should be; the message says what to do. */
export class UnreadableFile extends Error {}

const MOST_BYTES = 20 * 1024 * 1024;
const MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
	{ bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
	{ bytes: [0xff, 0xfe], encoding: 'utf-16le' },
	{ bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];
const WORKBOOKS: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]];

/** The text of a file, without its mark and with plain line ends. Throws {@link UnreadableFile}. */
export function decodeFile(bytes: Uint8Array, encoding: FileEncoding = 'auto'): string {
	const begins = (mark: readonly number[]): boolean => mark.every((byte, index) => bytes[index] === byte);
	if (bytes.length === 0) throw new UnreadableFile('The file is empty.');
	if (bytes.length > MOST_BYTES) throw new UnreadableFile('The file is larger than 20 MB; export a shorter period.');
	if (WORKBOOKS.some(begins)) throw new UnreadableFile('This is an Excel workbook; save it as CSV first.');
	const mark = MARKS.find((one) => begins(one.bytes));
	const text = mark === undefined ? unmarked(bytes, encoding) : decoded(bytes, mark.encoding);
	if (text.includes('\0')) throw new UnreadableFile('The file is not text; export it as CSV, or name its encoding.');
	return text.replace(/\r\n?/g, '\n');
}

function unmarked(bytes: Uint8Array, encoding: FileEncoding): string {
	if (encoding !== 'auto') return decoded(bytes, encoding);
	try {
		return decoded(bytes, 'utf-8');
	} catch {
		return decoded(bytes, 'windows-1251');
	}
}

function decoded(bytes: Uint8Array, encoding: string): string {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw new UnreadableFile(`The file is not written in ${encoding}; name its encoding, or export it anew.`);
	}
}
