import { pluralEn, pluralRu } from '../../../core/language/plural';
import { dateInZone, formatDay, formatDuration, formatHours, formatMoney, formatPrice, formatRanges, formatTime } from '../../../core/language/render';

const NBSP = '\u00A0';
const clock = { now: '2026-11-21T10:00:00+03:00', zone: 'Europe/Moscow' };

describe('plural', () => {
	test.each<[number, string]>([[0, 'часов'], [1, 'час'], [2, 'часа'], [4, 'часа'], [5, 'часов'], [11, 'часов'], [12, 'часов'], [14, 'часов'], [21, 'час'], [22, 'часа'], [25, 'часов'], [101, 'час'], [111, 'часов'], [1.5, 'часа'], [-1, 'час']])('%d is %s', (count, form) => {
		expect(pluralRu(count, 'час', 'часа', 'часов')).toBe(form);
	});
	test('English has two forms', () => {
		expect([0, 1, 2].map((count) => pluralEn(count, 'visit', 'visits'))).toEqual(['visits', 'visit', 'visits']);
	});
});

describe('formatDay', () => {
	test.each<[string, 'ru' | 'en', string]>([
		['2026-11-21', 'ru', `сегодня, сб 21${NBSP}ноября`],
		['2026-11-22', 'ru', `завтра, вс 22${NBSP}ноября`],
		['2026-11-23', 'ru', `послезавтра, пн 23${NBSP}ноября`],
		['2026-11-24', 'ru', `вт 24${NBSP}ноября`],
		['2026-11-20', 'ru', `пт 20${NBSP}ноября`],
		['2027-01-01', 'ru', `пт 1${NBSP}января 2027`],
		['2026-11-22', 'en', `tomorrow, Sun 22${NBSP}November`],
		['2026-11-23', 'en', `Mon 23${NBSP}November`],
		['2026-11-22T23:30:00+03:00', 'ru', `завтра, вс 22${NBSP}ноября`],
		['2026-11-21T22:30:00Z', 'ru', `завтра, вс 22${NBSP}ноября`],
	])('%s in %s', (date, lang, expected) => {
		expect(formatDay(date, lang, clock)).toBe(expected);
	});
	test('«today» is the day of the zone, not of the offset of now', () => {
		const late = { now: '2026-11-21T22:30:00Z', zone: 'Europe/Moscow' };
		expect(formatDay('2026-11-22', 'ru', late)).toBe(`сегодня, вс 22${NBSP}ноября`);
	});
	test('a day across a clock change is still tomorrow', () => {
		const spring = { now: '2026-03-28T12:00:00+01:00', zone: 'Europe/Berlin' };
		expect(formatDay('2026-03-29', 'en', spring)).toBe(`tomorrow, Sun 29${NBSP}March`);
		expect(formatDay('2026-03-30', 'ru', spring)).toBe(`послезавтра, пн 30${NBSP}марта`);
	});
	test('plain leaves the near word out', () => {
		expect(formatDay('2026-11-22', 'ru', clock, 'plain')).toBe(`вс 22${NBSP}ноября`);
	});
	test.each(['2026-13-01', 'завтра', ''])('refuses «%s»', (date) => {
		expect(() => formatDay(date, 'ru', clock)).toThrow(RangeError);
	});
});

describe('times', () => {
	test('an instant is shown on the wall clock of the zone', () => {
		expect(formatTime('2026-11-22T12:00:00Z', 'Europe/Moscow')).toBe('15:00');
		expect(formatTime('2026-11-22T12:00:00Z', 'Asia/Almaty')).toBe('17:00');
		expect(formatTime('09:05', 'Europe/Moscow')).toBe('09:05');
	});
	test('its date is that of the zone', () => {
		expect(dateInZone('2026-11-22T22:30:00Z', 'Europe/Moscow')).toBe('2026-11-23');
	});
});

describe('money', () => {
	test.each<[number, string, 'ru' | 'en', string]>([
		[200000, 'RUB', 'ru', `2${NBSP}000${NBSP}₽`],
		[99950, 'RUB', 'ru', `999,50${NBSP}₽`],
		[0, 'RUB', 'ru', `0${NBSP}₽`],
		[123456789, 'RUB', 'ru', `1${NBSP}234${NBSP}567,89${NBSP}₽`],
		[200000, 'RUB', 'en', `2,000${NBSP}₽`],
		[2550, 'USD', 'en', '$25.50'],
		[2500, 'USD', 'ru', `25${NBSP}$`],
		[5000, 'JPY', 'en', `5,000${NBSP}JPY`],
		[1500, 'KWD', 'en', `1.500${NBSP}KWD`],
		[1005, 'EUR', 'en', '€10.05'],
		[-5000, 'USD', 'en', '-$50'],
		[1500000, 'KZT', 'ru', `15${NBSP}000${NBSP}₸`],
		[100, 'ZZZ', 'ru', `1${NBSP}ZZZ`],
	])('%d %s in %s', (minor, currency, lang, expected) => {
		expect(formatMoney(minor, currency, lang)).toBe(expected);
	});
	test('a range says from', () => {
		expect(formatPrice({ min: 200000, max: 300000, currency: 'RUB' }, 'ru')).toBe(`от${NBSP}2${NBSP}000${NBSP}₽`);
		expect(formatPrice({ min: 2500, max: 3000, currency: 'USD' }, 'en')).toBe(`from${NBSP}$25`);
		expect(formatPrice({ min: 200000, max: 200000, currency: 'RUB' }, 'ru')).toBe(`2${NBSP}000${NBSP}₽`);
	});
});

describe('durations and hours', () => {
	test.each<[number, 'ru' | 'en', string]>([[45, 'ru', `45${NBSP}мин`], [60, 'ru', `1${NBSP}ч`], [90, 'ru', `1${NBSP}ч 30${NBSP}мин`], [0, 'ru', `0${NBSP}мин`], [150, 'en', `2${NBSP}h 30${NBSP}min`]])('%d minutes', (minutes, lang, expected) => {
		expect(formatDuration(minutes, lang)).toBe(expected);
	});
	const day = [{ from: '10:00', to: '20:00' }];
	test('equal neighbours are joined, days off are said', () => {
		expect(formatHours({ 1: day, 2: day, 3: day, 4: day, 5: day, 6: [{ from: '11:00', to: '18:00' }] }, 'ru')).toBe('пн–пт 10:00–20:00, сб 11:00–18:00, вс выходной');
		expect(formatHours({ 1: day, 3: day }, 'en')).toBe('Mon 10:00–20:00, Tue closed, Wed 10:00–20:00, Thu–Sun closed');
	});
	test('breaks and whole days', () => {
		expect(formatRanges([{ from: '10:00', to: '14:00' }, { from: '15:00', to: '20:00' }], 'ru')).toBe('10:00–14:00 и 15:00–20:00');
		expect(formatRanges([{ from: '00:00', to: '24:00' }], 'ru')).toBe('круглосуточно');
		expect(formatRanges([], 'en')).toBe('closed');
	});
});
