import { UnreadableFile } from './decode';
import type { Row, Table } from './table';
import { defused } from './values';

/** A field of a record: the headings it is known by, and whether a file without it is of no use. */
export interface Column {
	readonly field: string;
	readonly headings: readonly string[];
	readonly required: boolean;
}

/** Headings of the owner's own, by field; they come before the usual ones. */
export type ColumnMap = Readonly<Record<string, string>>;

/** Cells of a row by field; an absent column is an empty cell. */
export interface Cells {
	readonly line: number;
	get(field: string): string;
	/** The row as it came, by heading; formulas of spreadsheets are text. */
	readonly raw: Readonly<Record<string, string>>;
}

/** Finds the columns of a table. Throws {@link UnreadableFile} that names the missing and the doubled ones. */
export function bindColumns({ head, rows }: Table, columns: readonly Column[], own: ColumnMap): readonly Cells[] {
	const headings = head.cells.map(fold);
	const unknown = Object.keys(own).filter((field) => !columns.some((column) => column.field === field));
	if (unknown.length > 0) throw new UnreadableFile(`The mapping names fields that do not exist: ${unknown.join(', ')}. Fields: ${columns.map(({ field }) => field).join(', ')}.`);
	const places = new Map<string, number>();
	const wrong: string[] = [];
	for (const { field, headings: usual, required } of columns) {
		const named = own[field];
		const wanted = named === undefined ? usual.map(fold) : [fold(named)];
		const found = headings.flatMap((heading, index) => (wanted.includes(heading) ? [index] : []));
		if (found.length > 1) wrong.push(`the column of "${field}" stands twice (${found.map((index) => index + 1).join(' and ')})`);
		else if (found[0] !== undefined) places.set(field, found[0]);
		else if (named !== undefined) wrong.push(`there is no column "${named}" for "${field}"`);
		else if (required) wrong.push(`there is no column of "${field}" (${usual.slice(0, 4).join(', ')})`);
	}
	if (wrong.length > 0) throw new UnreadableFile(`The columns do not fit: ${wrong.join('; ')}. Map the headings of the file to the fields.`);
	return rows.map((row) => cellsOf(row, head, places));
}

function cellsOf({ line, cells }: Row, head: Row, places: ReadonlyMap<string, number>): Cells {
	return {
		line,
		get: (field) => (cells[places.get(field) ?? -1] ?? '').trim(),
		raw: Object.fromEntries(head.cells.map((heading, index) => [heading.trim() === '' ? `column ${index + 1}` : defused(heading), defused(cells[index] ?? '')])),
	};
}

function fold(heading: string): string {
	return heading.normalize('NFKC').trim().toLowerCase().replace(/ё/g, 'е').replace(/\s+/g, ' ');
}
