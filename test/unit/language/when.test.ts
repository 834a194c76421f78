import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWhen } from '../../../core/language/when';
import { essence, readTable, SATURDAY, TABLES, type PhraseCase } from './when-phrases';

interface Sample {
	cases: (PhraseCase & { id: string })[];
}

const sample = JSON.parse(readFileSync(join(__dirname, '../../data/ru-datetime-sample.json'), 'utf8')) as Sample;

function check({ text, expect: expected, ask }: PhraseCase): void {
	const reading = parseWhen(text, SATURDAY);
	expect({ text, ...essence(reading), ask: reading.ask }).toStrictEqual({ text, ...expected, ask });
	if (ask === null) expect(reading.readings).toEqual([]);
	if (ask !== null && ask !== 'time') expect(reading.readings.length).toBeGreaterThan(1);
	if (reading.none) expect(reading.spans).toEqual([]);
	else expect(reading.spans.length).toBeGreaterThan(0);
}

describe('the sample of the specification', () => {
	test.each(sample.cases)('$id $text', check);
});

describe.each(TABLES)('phrases of %s', (name) => {
	const cases = readTable(name);

	test('has phrases', () => {
		expect(cases.length).toBeGreaterThan(20);
	});

	test.each(cases)('$text', check);
});
