import type { Row } from './wire';

/** Rows of a section as they are sent back: numbered from one, without the owner's key and without annotations. */
export function bare(rows: readonly Row[]): readonly Row[] {
	return rows.map((row, index) => ({
		...Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'Ref_Key' && !name.includes('@') && !name.startsWith('odata.'))),
		LineNumber: index + 1,
	}));
}
