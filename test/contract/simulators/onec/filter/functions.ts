import { badFilter } from '../errors';
import type { Literal } from '../literals';
import type { Row } from '../rows';

/** A part of a filter that has a value for each row. */
export interface Operand {
	readonly type: Literal['type'] | 'composite' | 'cast';
	/** A text without a length, which a base may refuse to compare. */
	readonly isLong: boolean;
	readonly value: (row: Row) => unknown;
}

const made = (type: Operand['type'], value: (row: Row) => unknown): Operand => ({ type, isLong: false, value });
const textOf = (operand: Operand, row: Row): string => String(operand.value(row) ?? '');

function arity(operands: readonly Operand[], count: number): readonly Operand[] {
	if (operands.length !== count) throw badFilter();
	return operands;
}

/** A part of a date as a number, by its place in `YYYY-MM-DDTHH:mm:ss`. */
const datePart = (from: number, to: number) => (operands: readonly Operand[]): Operand => {
	const [date] = arity(operands, 1);
	return made('number', (row) => Number(textOf(date as Operand, row).slice(from, to)));
};

const textTest = (test: (text: string, part: string) => boolean, partFirst = false) => (operands: readonly Operand[], fold: (text: string) => string): Operand => {
	const [left, right] = arity(operands, 2) as readonly [Operand, Operand];
	const [text, part] = partFirst ? [right, left] : [left, right];
	return { ...made('boolean', (row) => test(fold(textOf(text, row)), fold(textOf(part, row)))), isLong: text.isLong };
};

/** The functions of the protocol's third version; there is no `contains`. */
export const FUNCTIONS: ReadonlyMap<string, (operands: readonly Operand[], fold: (text: string) => string) => Operand> = new Map([
	['substringof', textTest((text, part) => text.includes(part), true)],
	['startswith', textTest((text, part) => text.startsWith(part))],
	['endswith', textTest((text, part) => text.endsWith(part))],
	[
		'concat',
		(operands: readonly Operand[]): Operand => {
			const [left, right] = arity(operands, 2) as readonly [Operand, Operand];
			return made('string', (row) => textOf(left, row) + textOf(right, row));
		},
	],
	['year', datePart(0, 4)],
	['month', datePart(5, 7)],
	['day', datePart(8, 10)],
	['hour', datePart(11, 13)],
	['minute', datePart(14, 16)],
	['second', datePart(17, 19)],
	[
		'cast',
		(operands: readonly Operand[]): Operand => {
			const [guid, target] = arity(operands, 2) as readonly [Operand, Operand];
			if (guid.type !== 'guid' || target.type !== 'string') throw badFilter();
			return made('cast', (row) => `StandardODATA.${textOf(target, row)} ${textOf(guid, row)}`);
		},
	],
	[
		'isof',
		(operands: readonly Operand[]): Operand => {
			const [field, target] = arity(operands, 2) as readonly [Operand, Operand];
			return made('boolean', (row) => textOf(field, row).split(' ')[0] === `StandardODATA.${textOf(target, row)}`);
		},
	],
]);
