import { minorOf, type PriceRange } from '../../booking';

/** A price of decimal major units; null when there is none. */
export function priceOf(min: number | null | undefined, max: number | null | undefined, currency: string): PriceRange | null {
	const known = [min, max].filter((one) => one !== null && one !== undefined);
	if (known.length === 0) return null;
	return { min: minorOf(Math.min(...known), currency), max: minorOf(Math.max(...known), currency), currency };
}
