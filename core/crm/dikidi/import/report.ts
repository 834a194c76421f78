import { type Outcome, ok, refused } from '../../../booking';
import { UnreadableFile } from './decode';

/** How much of the truth an import is: what stands in the file, nothing since. */
export type Completeness = 'import';

/** A whole file, read. Nothing of a file that is wrong anywhere is given. */
export interface Imported<T> {
	readonly records: readonly T[];
	readonly completeness: Completeness;
	/** Rows that repeat another one to the letter; they are given once. */
	readonly repeated: number;
	/** Cells that a spreadsheet would have run as a formula; they are text now. */
	readonly defused: number;
	/** Lines of clients that share their phone with another card: kept apart, for a person to look at. */
	readonly sharedPhones: readonly number[];
}

/** What is wrong with one cell; never the value. */
export interface Problem {
	readonly line: number;
	readonly field: string;
	readonly message: string;
}

const MOST_PROBLEMS = 20;

/** Runs a reading of a file; whatever is wrong with it is a refusal that names lines and fields. */
export function importing<T>(read: () => { readonly imported: Imported<T>; readonly problems: readonly Problem[] }): Outcome<Imported<T>> {
	try {
		const { imported, problems } = read();
		if (problems.length === 0) return ok(imported);
		const shown = problems.slice(0, MOST_PROBLEMS).map(({ line, field, message }) => `line ${line}, ${field}: ${message}`);
		const more = problems.length > shown.length ? `; and ${problems.length - shown.length} more` : '';
		return refused('invalid_request', `Nothing was imported. Mend the file and import it again: ${shown.join('; ')}${more}.`);
	} catch (error) {
		if (!(error instanceof UnreadableFile)) throw error;
		return refused('invalid_request', `Nothing was imported. ${error.message}`);
	}
}
