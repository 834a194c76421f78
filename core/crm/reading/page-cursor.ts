/** The cursor of a page that is asked for by its number, counted from one. */
export function pageCursor(page: number): string {
	return `page ${page}`;
}

/** The page a cursor asks for; null for one that was not made by {@link pageCursor}. */
export function pageIn(cursor: string): number | null {
	const match = /^page ([1-9]\d{0,5})$/.exec(cursor);
	return match === null ? null : Number(match[1]);
}
