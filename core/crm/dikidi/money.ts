import type { PriceRange } from '../../booking';

/** Decimal major units as integer minor units. */
export function minorOf(amount: number, currency: string): number {
	const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
	return Math.round(amount * 10 ** digits);
}

/** A price of decimal major units; null when there is none. */
export function priceOf(min: number | null | undefined, max: number | null | undefined, currency: string): PriceRange | null {
	const known = [min, max].filter((one) => one !== null && one !== undefined);
	if (known.length === 0) return null;
	return { min: minorOf(Math.min(...known), currency), max: minorOf(Math.max(...known), currency), currency };
}

/** The price of several parts; null when one of them has none. */
export function sumOf(prices: readonly (PriceRange | null)[]): PriceRange | null {
	const [first, ...rest] = prices;
	return rest.reduce<PriceRange | null>((sum, price) => (sum === null || price === null ? null : { ...sum, min: sum.min + price.min, max: sum.max + price.max }), first ?? null);
}
