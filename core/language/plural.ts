/** Russian noun form for a count: 1 час, 2 часа, 5 часов; fractions take the few form. */
export function pluralRu(count: number, one: string, few: string, many: string): string {
	if (!Number.isInteger(count)) return few;
	const tens = Math.abs(count) % 100;
	const units = tens % 10;
	if (tens >= 11 && tens <= 14) return many;
	if (units === 1) return one;
	return units >= 2 && units <= 4 ? few : many;
}

/** English noun form for a count. */
export function pluralEn(count: number, one: string, many: string): string {
	return Math.abs(count) === 1 ? one : many;
}
