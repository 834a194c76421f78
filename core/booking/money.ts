import type { PriceRange } from './types';

/** ISO 4217 for «no currency»: prices in it are not told. */
export const NO_CURRENCY = 'XXX';

/** Decimal units of a currency as integer minor units. */
export function minorOf(amount: number, currency: string): number {
	return Math.round(amount * 10 ** digitsOf(currency));
}

/** Integer minor units as decimal units of the currency. */
export function majorOf(minor: number, currency: string): number {
	return minor / 10 ** digitsOf(currency);
}

/** The price of several parts; null when one of them has none. */
export function sumOf(prices: readonly (PriceRange | null)[]): PriceRange | null {
	const [first, ...rest] = prices;
	return rest.reduce<PriceRange | null>((sum, price) => (sum === null || price === null ? null : { ...sum, min: sum.min + price.min, max: sum.max + price.max }), first ?? null);
}

/** By currency: to ask Intl takes longer than to read a whole record. */
const DIGITS = new Map<string, number>();

function digitsOf(currency: string): number {
	const known = DIGITS.get(currency);
	if (known !== undefined) return known;
	const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
	DIGITS.set(currency, digits);
	return digits;
}
