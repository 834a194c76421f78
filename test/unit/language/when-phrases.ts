import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WhenOptions, WhenQuestion, WhenReading } from '../../../core/language/when';

/** Saturday morning; the conventions of test/data/ru-datetime-sample.json. */
export const SATURDAY: WhenOptions = { now: '2026-11-21T10:00:00+03:00', zone: 'Europe/Moscow' };

export interface PhraseCase {
	text: string;
	expect: Partial<WhenReading>;
	ask: WhenQuestion | null;
}

const DIRECTORY = join(__dirname, '../../data/when-phrases');

/** Names of the phrase tables. */
export const TABLES = readdirSync(DIRECTORY).sort();

/**
 * Reads a table of lines `text :: expectation`. The expectation is words of: MM-DD or YYYY-MM-DD, a..b for a range of
 * days, a|b for several days, HH:mm or HH:mm-HH:mm, #part, > after, < before, !flag, ?question, none.
 */
export function readTable(name: string): PhraseCase[] {
	const lines = readFileSync(join(DIRECTORY, name), 'utf8').split('\n');
	return lines.filter((line) => line.includes('::')).map((line) => {
		const cut = line.lastIndexOf('::');
		return { text: line.slice(0, cut).trim(), ...readExpectation(line.slice(cut + 2).trim().split(/\s+/)) };
	});
}

/** The reading without the parts the tables do not describe. */
export function essence({ spans: _spans, readings: _readings, ask: _ask, ...keys }: WhenReading): Partial<WhenReading> {
	return keys;
}

function readExpectation(words: readonly string[]): Omit<PhraseCase, 'text'> {
	const expect: Record<string, unknown> = {};
	let ask: WhenQuestion | null = null;
	for (const word of words) {
		const [head, rest] = [word.charAt(0), word.slice(1)];
		if (word === 'none') expect['none'] = true;
		else if (head === '#') expect['part'] = rest;
		else if (head === '!') expect[rest] = true;
		else if (head === '?') ask = rest as WhenQuestion;
		else if (word === '>') expect['open'] = 'after';
		else if (word === '<') expect['open'] = 'before';
		else if (word.includes(':')) [expect['time'], expect['timeTo']] = word.split('-');
		else if (word.includes('|')) expect['dates'] = word.split('|').map(fullDate);
		else [expect['date'], expect['dateTo']] = word.split('..').map(fullDate);
	}
	const dayless = expect['none'] ?? expect['dates'] ?? expect['recurring'] ?? expect['date'];
	if (dayless === undefined) expect['date'] = null;
	const present = Object.entries(expect).filter(([, value]) => value !== undefined);
	return { expect: Object.fromEntries(present), ask };
}

function fullDate(date: string): string {
	return date.length === 5 ? `2026-${date}` : date;
}
