import { badFilter, exception } from '../errors';
import { type Row, sectionRows } from '../rows';
import { FUNCTIONS, type Operand } from './functions';
import { fieldOf, type Scope } from './scope';
import { type Token, tokensOf } from './tokens';

const COMPARISONS: ReadonlyMap<string, (difference: number) => boolean> = new Map([
	['eq', (difference) => difference === 0],
	['ne', (difference) => difference !== 0],
	['gt', (difference) => difference > 0],
	['ge', (difference) => difference >= 0],
	['lt', (difference) => difference < 0],
	['le', (difference) => difference <= 0],
]);

/** Turns a `$filter` into a test of rows; throws what the base answers to one it cannot run. */
export function compileFilter(source: string, scope: Scope): (row: Row) => boolean {
	const parser = new Parser(tokensOf(source), scope);
	const whole = parser.or();
	parser.end();
	return (row) => whole.value(row) === true;
}

class Parser {
	private position = 0;

	constructor(
		private readonly tokens: readonly Token[],
		private scope: Scope,
	) {}

	end(): void {
		if (this.position < this.tokens.length) throw badFilter();
	}

	or(): Operand {
		let left = this.and();
		while (this.takeWord('or')) left = joined(left, this.and(), (a, b) => a || b);
		return left;
	}

	private and(): Operand {
		let left = this.not();
		while (this.takeWord('and')) left = joined(left, this.not(), (a, b) => a && b);
		return left;
	}

	private not(): Operand {
		if (!this.takeWord('not')) return this.comparison();
		const inner = this.not();
		return truth((row) => inner.value(row) !== true);
	}

	private comparison(): Operand {
		const left = this.operand();
		const token = this.tokens[this.position];
		const test = token?.kind === 'word' ? COMPARISONS.get(token.text) : undefined;
		if (token?.kind !== 'word' || test === undefined) return left;
		this.position += 1;
		return this.compared(left, token.text, test, this.operand());
	}

	private compared(left: Operand, name: string, test: (difference: number) => boolean, right: Operand): Operand {
		const { switches } = this.scope;
		const types = [left.type, right.type];
		if ((left.isLong || right.isLong) && switches.longTextFilter === 'refused') throw exception('Сравнение строк неограниченной длины не разрешено');
		if (types.includes('guid') && name !== 'eq' && name !== 'ne' && switches.guidOrder === 'refused') throw exception('Операция сравнения не разрешена для ссылок');
		if (types.includes('composite') && types.includes('guid')) {
			if (switches.compositeWithoutCast === 'refused') throw badFilter();
			return truth(() => false);
		}
		const alike = left.type === right.type || (types.includes('composite') && types.includes('cast'));
		if (!alike) throw badFilter();
		return truth((row) => test(difference(this.fold(left.value(row)), this.fold(right.value(row)))));
	}

	private operand(): Operand {
		const token = this.tokens[this.position];
		this.position += 1;
		if (token === undefined) throw badFilter();
		if (token.kind === 'literal') return { type: token.literal.type, isLong: false, value: () => token.literal.value };
		if (token.kind === 'sign') {
			if (token.text !== '(') throw badFilter();
			const inner = this.or();
			this.expect(')');
			return inner;
		}
		return this.takeSign('(') ? this.called(token.text) : this.field(token.text);
	}

	private called(name: string): Operand {
		const quantifier = /^(.+)\/(any|all)$/.exec(name);
		if (quantifier !== null) return this.lambda(quantifier[1] ?? '', quantifier[2] === 'all');
		const run = FUNCTIONS.get(name);
		if (run === undefined) throw badFilter();
		const operands = [this.or()];
		while (this.takeSign(',')) operands.push(this.or());
		this.expect(')');
		const made = run(operands, (text) => String(this.fold(text)));
		if (made.isLong && this.scope.switches.longTextFilter === 'refused') throw exception('Сравнение строк неограниченной длины не разрешено');
		return made;
	}

	private lambda(section: string, every: boolean): Operand {
		const outer = this.scope;
		const properties = outer.sections.get(section);
		const variable = this.tokens[this.position];
		if (outer.switches.lambda === 'refused' || properties === undefined || variable?.kind !== 'word') throw badFilter();
		this.position += 1;
		this.expect(':');
		this.scope = { ...outer, properties: new Map(properties.map((property) => [property.name, property])), sections: new Map(), variable: variable.text };
		const inner = this.or();
		this.scope = outer;
		this.expect(')');
		return truth((row) => (every ? sectionRows(row, section).every((one) => inner.value(one) === true) : sectionRows(row, section).some((one) => inner.value(one) === true)));
	}

	private field(path: string): Operand {
		const { property, isResource, read } = fieldOf(this.scope, path);
		if (isResource) throw exception('Отбор по ресурсу регистра не разрешён');
		if (property.type === 'composite') {
			const typeName = `${path}_Type`.replace(/^.*\//, '');
			return { type: 'composite', isLong: false, value: (row) => `${String(row[typeName])} ${String(read(row))}` };
		}
		const types = { ref: 'guid', date: 'date', boolean: 'boolean', number: 'number', integer: 'number', string: 'string' } as const;
		return { type: types[property.type], isLong: property.type === 'string' && property.length === undefined, value: (row) => (property.type === 'integer' ? Number(read(row)) : read(row)) };
	}

	private fold(value: unknown): unknown {
		return typeof value === 'string' && this.scope.switches.textCase === 'ignored' ? value.toLowerCase() : value;
	}

	private takeWord(text: string): boolean {
		const token = this.tokens[this.position];
		if (token?.kind !== 'word' || token.text !== text) return false;
		this.position += 1;
		return true;
	}

	private takeSign(text: string): boolean {
		const token = this.tokens[this.position];
		if (token?.kind !== 'sign' || token.text !== text) return false;
		this.position += 1;
		return true;
	}

	private expect(text: string): void {
		if (!this.takeSign(text)) throw badFilter();
	}
}

function truth(value: (row: Row) => boolean): Operand {
	return { type: 'boolean', isLong: false, value };
}

function joined(left: Operand, right: Operand, join: (a: boolean, b: boolean) => boolean): Operand {
	if (left.type !== 'boolean' || right.type !== 'boolean') throw badFilter();
	return truth((row) => join(left.value(row) === true, right.value(row) === true));
}

function difference(left: unknown, right: unknown): number {
	if (typeof left === 'number' && typeof right === 'number') return left - right;
	const [a, b] = [String(left), String(right)];
	return a < b ? -1 : a > b ? 1 : 0;
}
