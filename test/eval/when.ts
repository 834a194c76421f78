import type { Lang } from '../../core/conversation/message';
import type { Rng } from './rng';

/** When a client wants to come: the words, and the days they mean by this file's own reckoning. */
export interface WhenWanted {
	readonly text: string;
	/** Plain words for the same, for a client who was not understood. */
	readonly plain: string;
	/** Any of these days is what was meant. */
	readonly dates: readonly string[];
	/** An exact start was named. */
	readonly time: string | null;
}

const DAY_MS = 86_400_000;
const ZONE_MS = 3 * 3_600_000;

const ON_WEEKDAY: Readonly<Record<Lang, readonly string[]>> = {
	ru: ['в воскресенье', 'в понедельник', 'во вторник', 'в среду', 'в четверг', 'в пятницу', 'в субботу'],
	en: ['on Sunday', 'on Monday', 'on Tuesday', 'on Wednesday', 'on Thursday', 'on Friday', 'on Saturday'],
};
const MONTHS: Readonly<Record<Lang, readonly string[]>> = {
	ru: ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря'],
	en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};
const PARTS: Readonly<Record<Lang, readonly string[]>> = {
	ru: ['утром', 'днём', 'вечером', 'после обеда', 'после 16', 'до 14', 'с 12 до 16', 'в первой половине дня'],
	en: ['in the morning', 'in the afternoon', 'in the evening', 'after 4 pm', 'before 2 pm', 'after lunch', 'between 12 and 4 pm', 'around noon'],
};
/** Hours in words that leave no doubt in a salon open from ten. */
const HOURS: Readonly<Record<Lang, readonly (readonly [text: string, time: string])[]>> = {
	ru: [
		['в 11', '11:00'], ['в 12:00', '12:00'], ['в 3', '15:00'], ['в 15:30', '15:30'], ['к 4', '16:00'], ['в 17', '17:00'], ['в пять вечера', '17:00'], ['в полдень', '12:00'],
		['в половине четвертого', '15:30'], ['на 18:00', '18:00'], ['в 13.00', '13:00'], ['часа в два', '14:00'],
	],
	en: [['at 11', '11:00'], ['at 3 pm', '15:00'], ['at 12:30', '12:30'], ['at noon', '12:00'], ['at 4pm', '16:00'], ['at 17:00', '17:00'], ['at half past three', '15:30'], ['at 1 pm', '13:00']],
};

/** The calendar date of an instant in Moscow. */
export function dayOf(ms: number): string {
	return new Date(ms + ZONE_MS).toISOString().slice(0, 10);
}

/** A day (and often a time) within the next twelve days. */
export function whenWanted(rng: Rng, lang: Lang, nowMs: number): WhenWanted {
	const day = dayWanted(rng, lang, nowMs);
	if (rng.chance(0.35)) return { ...day, time: null };
	if (rng.chance(0.4)) {
		const part = rng.pick(PARTS[lang]);
		return { ...day, text: `${day.text} ${part}`, time: null };
	}
	const [words, time] = rng.pick(HOURS[lang]);
	return { text: `${day.text} ${words}`, plain: `${day.plain} ${lang === 'ru' ? 'в' : 'at'} ${time}`, dates: day.dates, time };
}

function dayWanted(rng: Rng, lang: Lang, nowMs: number): Omit<WhenWanted, 'time'> {
	const ahead = 1 + rng.below(11);
	const date = dayOf(nowMs + ahead * DAY_MS);
	const calendar = calendarWords(date, lang);
	const way = rng.below(4);
	if (way === 0 && ahead === 1) return { text: lang === 'ru' ? 'завтра' : 'tomorrow', plain: calendar, dates: [date] };
	if (way === 0 && ahead === 2) return { text: lang === 'ru' ? 'послезавтра' : 'the day after tomorrow', plain: calendar, dates: [date] };
	if (way <= 1) return nextWeekday(lang, nowMs, ahead % 7 === 0 ? 1 : ahead % 7);
	if (way === 2 && lang === 'ru') return { text: `${date.slice(8)}.${date.slice(5, 7)}`, plain: calendar, dates: [date] };
	return { text: calendar, plain: calendar, dates: [date] };
}

/** «в пятницу»: the next Friday, or the one after it when the salon asks which. */
function nextWeekday(lang: Lang, nowMs: number, ahead: number): Omit<WhenWanted, 'time'> {
	const first = nowMs + ahead * DAY_MS;
	const weekday = new Date(first + ZONE_MS).getUTCDay();
	const text = ON_WEEKDAY[lang][weekday] ?? '';
	return { text, plain: calendarWords(dayOf(first), lang), dates: [dayOf(first), dayOf(first + 7 * DAY_MS)] };
}

/** «25 ноября», «25 November». */
export function calendarWords(date: string, lang: Lang): string {
	return `${Number(date.slice(8))} ${MONTHS[lang][Number(date.slice(5, 7)) - 1] ?? ''}`;
}

/** Days that a text names as number and month, of the year that makes them nearest after `nowMs`. */
export function datesIn(text: string, nowMs: number): readonly string[] {
	const found: string[] = [];
	for (const match of text.matchAll(/(\d{1,2})[\s\u00A0]+(\p{L}+)/gu)) {
		const word = match[2] ?? '';
		const month = MONTHS.ru.indexOf(word) >= 0 ? MONTHS.ru.indexOf(word) : MONTHS.en.indexOf(word);
		if (month < 0) continue;
		const year = Number(dayOf(nowMs).slice(0, 4));
		const at = (of: number): string => `${of}-${String(month + 1).padStart(2, '0')}-${(match[1] ?? '').padStart(2, '0')}`;
		found.push(at(year) >= dayOf(nowMs) ? at(year) : at(year + 1));
	}
	return found;
}
