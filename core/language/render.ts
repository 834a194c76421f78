import { DateTime } from 'luxon';

type Lang = 'ru' | 'en';

const NBSP = '\u00A0';
const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = {
	ru: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
	en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};
const MONTHS: Readonly<Record<Lang, readonly string[]>> = {
	ru: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
	en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};
const NEAR_DAYS: Readonly<Record<Lang, readonly string[]>> = { ru: ['сегодня', 'завтра', 'послезавтра'], en: ['today', 'tomorrow'] };
const UNITS: Readonly<Record<Lang, { hour: string; minute: string }>> = { ru: { hour: 'ч', minute: 'мин' }, en: { hour: 'h', minute: 'min' } };
const HOURS_WORDS: Readonly<Record<Lang, { closed: string; around: string }>> = {
	ru: { closed: 'выходной', around: 'круглосуточно' },
	en: { closed: 'closed', around: '24 hours' },
};
const SYMBOLS: Readonly<Record<string, string>> = {
	RUB: '₽', KZT: '₸', UAH: '₴', USD: '$', EUR: '€', GBP: '£', GEL: '₾', AMD: '֏', AZN: '₼', BYN: 'Br', KGS: 'сом', UZS: 'сум', TRY: '₺', ILS: '₪', PLN: 'zł',
};
/** Currencies whose sign stands before the number in English. */
const LEADING_SIGN = new Set(['USD', 'EUR', 'GBP', 'ILS']);
/** ISO 4217 minor digits other than two. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
	BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
	BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};

/** Now, and the zone whose wall clock is shown. */
export interface RenderClock {
	/** ISO 8601 instant. */
	readonly now: string;
	/** IANA zone. */
	readonly zone: string;
}

/**
 * A day for people: «завтра, вс 22 ноября», «вт 24 ноября», «пт 1 января 2027». `date` is `YYYY-MM-DD` or an instant.
 * With `style` `plain` the word «завтра» is left out. The year is shown when it is not the current one.
 */
export function formatDay(date: string, lang: Lang, clock: RenderClock, style: 'relative' | 'plain' = 'relative'): string {
	const day = dayOf(date, clock.zone);
	const today = dayOf(clock.now, clock.zone);
	const distance = Math.round(day.diff(today, 'days').days);
	const weekday = WEEKDAYS[lang][day.weekday - 1] ?? '';
	const month = MONTHS[lang][day.month - 1] ?? '';
	const year = day.year === today.year ? '' : ` ${day.year}`;
	const plain = `${weekday} ${day.day}${NBSP}${month}${year}`;
	const near = style === 'relative' && distance >= 0 ? NEAR_DAYS[lang][distance] : undefined;
	return near === undefined ? plain : `${near}, ${plain}`;
}

/** Wall time `HH:mm` of an instant in `zone`; a wall time is returned as it is. */
export function formatTime(time: string, zone: string): string {
	return /^\d{2}:\d{2}$/.test(time) ? time : instant(time, zone).toFormat('HH:mm');
}

/** Calendar date `YYYY-MM-DD` of an instant in `zone`. */
export function dateInZone(time: string, zone: string): string {
	return instant(time, zone).toFormat('yyyy-MM-dd');
}

/** An amount of minor units: «2 000 ₽», «$25», «99,50 ₽»; spaces do not break. An unknown currency shows its code. */
export function formatMoney(minor: number, currency: string, lang: Lang): string {
	const digits = MINOR_DIGITS[currency] ?? 2;
	const scale = 10 ** digits;
	const whole = Math.trunc(Math.abs(minor) / scale);
	const fraction = Math.abs(minor) % scale;
	const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, lang === 'ru' ? NBSP : ',');
	const decimals = fraction === 0 ? '' : `${lang === 'ru' ? ',' : '.'}${String(fraction).padStart(digits, '0')}`;
	const sign = minor < 0 ? '-' : '';
	const symbol = SYMBOLS[currency] ?? currency;
	return lang === 'en' && LEADING_SIGN.has(currency) ? `${sign}${symbol}${grouped}${decimals}` : `${sign}${grouped}${decimals}${NBSP}${symbol}`;
}

/** A price as the CRM gives it, minor units: «2 000 ₽», «от 2 000 ₽» when it has a range. */
export function formatPrice(price: { readonly min: number; readonly max: number; readonly currency: string }, lang: Lang): string {
	const least = formatMoney(price.min, price.currency, lang);
	if (price.max <= price.min) return least;
	return `${lang === 'ru' ? 'от' : 'from'}${NBSP}${least}`;
}

/** A length in minutes: «45 мин», «2 ч», «1 ч 30 мин». */
export function formatDuration(minutes: number, lang: Lang): string {
	const hours = Math.trunc(minutes / 60);
	const rest = Math.round(minutes - hours * 60);
	const parts = [];
	if (hours > 0) parts.push(`${hours}${NBSP}${UNITS[lang].hour}`);
	if (rest > 0 || hours === 0) parts.push(`${rest}${NBSP}${UNITS[lang].minute}`);
	return parts.join(' ');
}

interface HoursRange {
	readonly from: string;
	readonly to: string;
}
type WeekHours = Readonly<Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, readonly HoursRange[]>>>;
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;

/** Hours of a week with equal neighbours joined: «пн–пт 10:00–20:00, сб 11:00–18:00, вс выходной». */
export function formatHours(hours: WeekHours, lang: Lang): string {
	const groups: { first: number; last: number; text: string }[] = [];
	for (const weekday of WEEK) {
		const text = formatRanges(hours[weekday] ?? [], lang);
		const previous = groups.at(-1);
		if (previous?.text === text) previous.last = weekday;
		else groups.push({ first: weekday, last: weekday, text });
	}
	return groups.map(({ first, last, text }) => `${weekdays(first, last, lang)} ${text}`).join(', ');
}

/** Hours of one day: «10:00–14:00 и 15:00–20:00», «выходной», «круглосуточно». */
export function formatRanges(ranges: readonly HoursRange[], lang: Lang): string {
	if (ranges.length === 0) return HOURS_WORDS[lang].closed;
	if (ranges.some((range) => range.from === '00:00' && range.to === '24:00')) return HOURS_WORDS[lang].around;
	return ranges.map((range) => `${range.from}–${range.to}`).join(lang === 'ru' ? ' и ' : ' and ');
}

function weekdays(first: number, last: number, lang: Lang): string {
	const from = WEEKDAYS[lang][first - 1] ?? '';
	const to = WEEKDAYS[lang][last - 1] ?? '';
	return first === last ? from : `${from}–${to}`;
}

/** Parsed instants and days: a reply shows the same few over and over. Emptied when full, so it cannot grow. */
const REMEMBERED = 500;
const instants = new Map<string, DateTime<true>>();
const days = new Map<string, DateTime<true>>();

function remembered(memory: Map<string, DateTime<true>>, time: string, zone: string, parse: () => DateTime<true>): DateTime<true> {
	const key = `${time} ${zone}`;
	const known = memory.get(key);
	if (known !== undefined) return known;
	if (memory.size >= REMEMBERED) memory.clear();
	const parsed = parse();
	memory.set(key, parsed);
	return parsed;
}

/** Midnight, in the zone, of a date or of the day of an instant. */
function dayOf(date: string, zone: string): DateTime<true> {
	return remembered(days, date, zone, () =>
		/^\d{4}-\d{2}-\d{2}$/.test(date) ? checked(DateTime.fromISO(date, { zone }), date) : instant(date, zone).startOf('day'),
	);
}

function instant(time: string, zone: string): DateTime<true> {
	return remembered(instants, time, zone, () => checked(DateTime.fromISO(time, { zone }), time));
}

function checked(value: DateTime, source: string): DateTime<true> {
	if (!value.isValid) throw new RangeError(`Not a date, an instant or a zone: ${source}`);
	return value as DateTime<true>;
}
