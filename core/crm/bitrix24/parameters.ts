/** Parameters of a method: JSON values. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Parameters as a query with brackets, as the commands of a batch take them; absent values are left out. */
export function queryOf(parameters: Parameters): string {
	return Object.entries(parameters)
		.flatMap(([key, value]) => pairsOf(encodeURIComponent(key), value))
		.join('&');
}

function pairsOf(key: string, value: unknown): readonly string[] {
	if (value === undefined) return [];
	if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([inner, one]) => pairsOf(`${key}[${encodeURIComponent(inner)}]`, one));
	return [`${key}=${encodeURIComponent(value === null ? '' : String(value))}`];
}
