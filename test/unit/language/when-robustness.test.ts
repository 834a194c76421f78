import fc from 'fast-check';
import { parseWhen, type WhenReading } from '../../../core/language/when';
import { readTable, SATURDAY, TABLES } from './when-phrases';
import { startCpuClock } from '../../support/cpu';

const texts = TABLES.flatMap((name) => readTable(name).map(({ text }) => text));
const words = [...new Set(texts.join(' ').split(/\s+/))];

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function expectSound(text: string, reading: WhenReading): void {
	for (const day of [reading.date, reading.dateTo, ...(reading.dates ?? [])]) if (day != null) expect(day).toMatch(DAY);
	for (const time of [reading.time, reading.timeTo]) if (time !== undefined) expect(time).toMatch(TIME);
	if (reading.dateTo !== undefined) expect(reading.dateTo > (reading.date ?? '')).toBe(true);
	if (reading.none) expect(Object.keys(reading).sort()).toEqual(['ask', 'none', 'readings', 'spans']);
	expect(Object.values(reading)).not.toContain(undefined);
	if (reading.ask === null) expect(reading.readings).toEqual([]);
	let last = -1;
	for (const [from, to] of reading.spans) {
		expect(from > last && to > from && to <= text.length).toBe(true);
		last = from;
	}
	if (reading.readings.length > 0 && reading.dates === undefined) {
		expect(reading.readings[0]).toMatchObject({ date: reading.date ?? null });
	}
}

/** fast-check prints the seed and the shortest counterexample of a failure. */
describe('any text is accepted', () => {
	test('any characters', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => expectSound(text, parseWhen(text, SATURDAY))),
			{ numRuns: 500 },
		);
	});

	test('words of real phrases in any order, apart or glued', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...words), { maxLength: 14 }), fc.constantFrom('', ' ', ', '), (parts, joint) => {
				const text = parts.join(joint);
				expectSound(text, parseWhen(text, SATURDAY));
			}),
			{ numRuns: 3000 },
		);
	});

	test('greetings and politeness around a phrase change nothing', () => {
		const plain = readTable('times-ru.txt').filter(({ expect: { date, time } }) => date != null && time !== undefined);
		fc.assert(
			fc.property(fc.constantFrom(...plain), fc.constantFrom('Добрый день! ', 'Здравствуйте, ', 'хочу маникюр '), ({ text }, greeting) => {
				const { spans: _shifted, ...reading } = parseWhen(`${greeting}${text}`, SATURDAY);
				const { spans: _plain, ...expected } = parseWhen(text, SATURDAY);
				expect(reading).toEqual(expected);
			}),
		);
	});
});

describe('time grows with the length of the text, not faster', () => {
	const units = ['1 ', '1', 'в ', 'завтра ', 'не завтра, ', 'в 5 ', '25, ', '25 или ', '(', '- ', '1-', '1.', 'примерно ', 'часов в ', '8(', 'полтора ', 'через '];

	test.each(units)('10 000 characters of «%s»', (unit) => {
		const text = (length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
		const milliseconds = (length: number) => {
			const spent = startCpuClock();
			parseWhen(text(length), SATURDAY);
			return spent();
		};
		milliseconds(10_000);
		// Far above the tens of milliseconds it takes, far below what a quadratic scan of this length would.
		expect(Math.min(...[1, 2, 3].map(() => milliseconds(10_000)))).toBeLessThan(600);
	});

	test('a phrase takes a fraction of a millisecond', () => {
		for (const text of texts) parseWhen(text, SATURDAY);
		const rounds = [1, 2, 3].map(() => {
			const spent = startCpuClock();
			for (const text of texts) parseWhen(text, SATURDAY);
			return spent() / texts.length;
		});
		expect(Math.min(...rounds)).toBeLessThan(0.3);
	});
});
