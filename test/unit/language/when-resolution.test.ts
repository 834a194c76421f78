import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { DAY_PARTS, parseWhen, partOf, type WhenOptions, type WhenReading } from '../../../core/language/when';
import { essence, readTable, SATURDAY, TABLES } from './when-phrases';

const at = (now: string, more: Partial<WhenOptions> = {}): WhenOptions => ({ now, zone: 'Europe/Moscow', ...more });
const on = (hours: WhenOptions['workingHours']): WhenOptions => ({ ...SATURDAY, workingHours: hours });

describe('working hours decide between morning and evening', () => {
	test.each<[string, string, string, string, WhenReading['ask']]>([
		['завтра в 4', '10:00', '20:00', '16:00', null],
		['завтра в 7', '10:00', '20:00', '19:00', null],
		['завтра в 7', '06:00', '18:00', '07:00', null],
		['завтра в 7', '06:00', '22:00', '19:00', 'am_pm'],
		['завтра в 9', '10:00', '22:00', '21:00', null],
		['завтра в 9', '09:00', '21:00', '09:00', null],
		['завтра в 9', '08:00', '23:00', '09:00', 'am_pm'],
		['завтра полтретьего', '10:00', '20:00', '14:30', null],
		['завтра с 2 до 5', '10:00', '20:00', '14:00', null],
		['завтра до 9', '10:00', '21:00', '21:00', null],
		['завтра в 4', '10:00', '15:00', '16:00', null],
	])('%s with %s to %s is %s', (text, from, to, time, ask) => {
		const reading = parseWhen(text, on({ from, to }));
		expect([reading.time, reading.ask]).toEqual([time, ask]);
	});

	test('the hours of the very day count, not those of its neighbours', () => {
		const week = { 7: [{ from: '06:00', to: '09:00' }], 1: [{ from: '12:00', to: '20:00' }] };
		expect(parseWhen('завтра в 7', on(week)).time).toBe('07:00');
		expect(parseWhen('в понедельник в 7', on(week)).time).toBe('19:00');
		expect(parseWhen('в 7', on(week))).toMatchObject({ time: '19:00', ask: 'am_pm' });
	});

	test('every bookable reading is listed, the given one first', () => {
		expect(parseWhen('завтра в 7', on({ from: '06:00', to: '22:00' })).readings).toEqual([
			{ date: '2026-11-22', time: '19:00' },
			{ date: '2026-11-22', time: '07:00' },
		]);
		expect(parseWhen('в субботу в 3', SATURDAY).readings).toEqual([
			{ date: '2026-11-28', time: '15:00' },
			{ date: '2026-11-28', time: '03:00' },
			{ date: '2026-11-21', time: '15:00' },
		]);
	});

	test('a day whose work is over leaves nothing to ask', () => {
		const late = at('2026-11-21T20:30:00+03:00', { workingHours: { from: '10:00', to: '20:00' } });
		expect(parseWhen('в субботу', late)).toMatchObject({ date: '2026-11-28', ask: null });
	});
});

describe('the present moment', () => {
	test.each<[string, string, Partial<WhenReading>]>([
		['2026-11-21T10:00:00+03:00', 'сегодня в 10:00', { date: '2026-11-21', time: '10:00', past: true }],
		['2026-11-21T10:00:00+03:00', 'сегодня в 10:01', { date: '2026-11-21', time: '10:01' }],
		['2026-11-21T12:00:00+03:00', 'сегодня утром', { date: '2026-11-21', part: 'morning', past: true }],
		['2026-11-21T11:59:00+03:00', 'сегодня утром', { date: '2026-11-21', part: 'morning' }],
		['2026-11-21T17:00:00+03:00', 'сегодня в 4', { date: '2026-11-21', time: '16:00', past: true }],
		['2026-11-21T03:00:00+03:00', 'в 4', { date: null, time: '16:00' }],
		['2026-11-21T17:00:00+03:00', 'в 9 утра', { date: null, time: '09:00' }],
		['2026-11-21T17:00:00+03:00', 'сегодня после 15', { date: '2026-11-21', time: '15:00', open: 'after' }],
		['2026-11-21T17:00:00+03:00', 'сегодня до 15', { date: '2026-11-21', time: '15:00', open: 'before', past: true }],
		['2026-11-21T23:30:00+03:00', 'через час', { date: '2026-11-22', time: '00:30' }],
		['2026-12-31T10:00:00+03:00', 'завтра', { date: '2027-01-01' }],
		['2026-12-31T10:00:00+03:00', '30 числа', { date: '2027-01-30' }],
		['2027-01-31T10:00:00+03:00', 'через месяц', { date: '2027-02-28' }],
		['2027-02-01T10:00:00+03:00', '30 числа', { date: '2027-03-30' }],
		['2026-11-18T10:00:00+03:00', 'в эту пятницу', { date: '2026-11-20' }],
		['2026-11-18T10:00:00+03:00', 'в следующую пятницу', { date: '2026-11-27' }],
		['2026-11-18T10:00:00+03:00', 'в пятницу', { date: '2026-11-20' }],
		['2026-11-18T10:00:00+03:00', 'на этой неделе', { date: '2026-11-18', dateTo: '2026-11-22' }],
		['2026-11-18T10:00:00+03:00', 'на выходных', { date: '2026-11-21', dateTo: '2026-11-22' }],
		['2026-11-22T10:00:00+03:00', 'на выходных', { date: '2026-11-28', dateTo: '2026-11-29' }],
		['2026-11-22T10:00:00+03:00', 'на следующей неделе', { date: '2026-11-23', dateTo: '2026-11-29' }],
		['2026-11-23T10:00:00+03:00', 'на следующей неделе', { date: '2026-11-30', dateTo: '2026-12-06' }],
	])('at %s «%s»', (now, text, expected) => {
		expect(essence(parseWhen(text, at(now)))).toStrictEqual(expected);
	});

	test('the day is the one of the branch, whatever the offset of the instant', () => {
		const late = '2026-11-21T23:30:00Z';
		expect(parseWhen('сегодня', { now: late, zone: 'UTC' }).date).toBe('2026-11-21');
		expect(parseWhen('сегодня', { now: late, zone: 'Europe/Moscow' }).date).toBe('2026-11-22');
		expect(parseWhen('today', { now: late, zone: 'America/New_York' }).date).toBe('2026-11-21');
	});

	test('spans of hours are real hours across a change of the clock', () => {
		const beforeChange = { now: '2026-03-08T01:30:00-05:00', zone: 'America/New_York' };
		expect(parseWhen('in two hours', beforeChange).time).toBe('04:30');
	});

	test('the tenant moves the parts of the day', () => {
		const early: WhenOptions = { ...SATURDAY, dayParts: { morning: ['07:00', '10:00'] } };
		expect(parseWhen('сегодня утром', early).past).toBe(true);
	});

	test('a wrong instant or zone is refused with a word on what is needed', () => {
		expect(() => parseWhen('завтра', { now: 'soon', zone: 'Europe/Moscow' })).toThrow(/ISO 8601/);
		expect(() => parseWhen('завтра', { now: SATURDAY.now, zone: 'Europe/Nowhere' })).toThrow(/IANA/);
	});
});

describe('spans of the original text', () => {
	const cut = (text: string) => parseWhen(text, SATURDAY).spans.map(([from, to]) => text.slice(from, to));

	test.each<[string, string[]]>([
		['Хочу на стрижку завтра в 15:00, спасибо', ['завтра в 15:00']],
		['запишите на вторник к Анне после обеда', ['на вторник', 'после обеда']],
		['Ёлки,  ЗАВТРА\u00a0в 3!', ['ЗАВТРА\u00a0в 3']],
		['💇 стрижка 28.11 💅', ['28.11']],
		['в четве\u0440г днё\u0301м', ['в четверг']],
		['деко\u0438\u0306 на вторник', ['на вторник']],
		['маникюр', []],
	])('%s', (text, parts) => {
		expect(cut(text)).toEqual(parts);
	});
});

test('every minute of the day has a part', () => {
	for (let minute = 0; minute < 24 * 60; minute += 1) {
		const time = `${String(Math.trunc(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
		const part = partOf(time);
		const [from, to] = DAY_PARTS[part];
		expect([time, part === 'night' ? time >= from || time < '09:00' : time >= from && time < to]).toEqual([time, true]);
	}
});

test('the answer does not depend on the time zone of the process', () => {
	const texts = TABLES.flatMap((name) => readTable(name).map(({ text }) => text));
	const script = `
		const { transformSync } = require('@swc/core');
		require.extensions['.ts'] = (module, file) => module._compile(transformSync(require('fs').readFileSync(file, 'utf8'), {
			filename: file, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code, file);
		const { parseWhen } = require(process.argv[1]);
		const { texts, options } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
		process.stdout.write(JSON.stringify(texts.map((text) => parseWhen(text, options))));`;
	const core = join(__dirname, '../../../core/language/when/index.ts');
	const [here, ...others] = ['UTC', 'America/New_York', 'Asia/Kolkata'].map((zone) =>
		execFileSync(process.execPath, ['-e', script, core], {
			cwd: join(__dirname, '../../..'),
			env: { ...process.env, TZ: zone },
			input: JSON.stringify({ texts, options: SATURDAY }),
			encoding: 'utf8',
			maxBuffer: 1 << 24,
		}),
	);
	expect(JSON.parse(here ?? 'null')).toEqual(texts.map((text) => parseWhen(text, SATURDAY)));
	for (const other of others) expect(other === here).toBe(true);
});
