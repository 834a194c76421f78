import { minorOf, NO_CURRENCY, type PriceRange } from '../../booking';

/** The vendor names a currency by a sign. */
const SIGNS: Readonly<Record<string, string>> = {
	'₽': 'RUB', руб: 'RUB', р: 'RUB', '€': 'EUR', $: 'USD', '₸': 'KZT', тг: 'KZT', br: 'BYN', '₴': 'UAH', грн: 'UAH', '֏': 'AMD', '₾': 'GEL', '₼': 'AZN', сум: 'UZS', сом: 'KGS', '£': 'GBP', zł: 'PLN',
	'₺': 'TRY', kč: 'CZK', '₪': 'ILS',
};

/** The code of a sign; null for one that is not known. */
export function currencyOf(sign: string): string | null {
	const text = sign.trim();
	if (/^[A-Z]{3}$/.test(text)) return text;
	return SIGNS[text.toLowerCase().replace(/\.$/, '')] ?? null;
}

/** A price; null when there is none. The vendor writes a price nobody set as zero to zero, so a free service has none either. */
export function priceOf(min: number | null | undefined, max: number | null | undefined, currency: string): PriceRange | null {
	const low = min ?? 0;
	const high = Math.max(low, max ?? 0);
	if (high === 0 || currency === NO_CURRENCY) return null;
	return { min: minorOf(low, currency), max: minorOf(high, currency), currency };
}
