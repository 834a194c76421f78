import { namedArguments } from './address';
import { badPath } from './errors';
import type { Infobase } from './infobase';
import { readLiteral } from './literals';
import { type EntityModel, entityProperties, type Property } from './model';
import { grouped, type Row } from './rows';

/** Rows a register computes, with the properties they have. */
export interface VirtualTable {
	readonly rows: readonly Row[];
	readonly properties: readonly Property[];
}

type Build = (entity: EntityModel, rows: readonly Row[], given: ReadonlyMap<string, string>) => readonly Row[];

const TABLES: Readonly<Record<string, { readonly kind: EntityModel['kind']; readonly suffixes: readonly string[]; readonly build: Build }>> = {
	SliceLast: { kind: 'InformationRegister', suffixes: [''], build: (entity, rows, given) => slice(entity, rows, given, 1) },
	SliceFirst: { kind: 'InformationRegister', suffixes: [''], build: (entity, rows, given) => slice(entity, rows, given, -1) },
	Balance: { kind: 'AccumulationRegister', suffixes: ['Balance'], build: balance },
	Turnovers: { kind: 'AccumulationRegister', suffixes: ['Turnover', 'Receipt', 'Expense'], build: turnovers },
};

/** A virtual table of a register; `keep` is its `Condition` turned into a test. Null when the register has no such table. */
export function virtualTable(base: Infobase, entity: EntityModel, name: string, argument: string, keep: (condition: string) => (row: Row) => boolean): VirtualTable | null {
	const table = TABLES[name];
	if (table === undefined || table.kind !== entity.kind || (entity.kind === 'InformationRegister' && !entity.dimensions.includes('Period'))) return null;
	const given = namedArguments(argument);
	const condition = given.get('Condition');
	const all = [...base.rowsOf(entity.set).values()];
	const rows = table.build(entity, condition === undefined ? all : all.filter(keep(String(readLiteral(condition).value))), given);
	const own = entityProperties(entity).filter((property) => !entity.resources.includes(property.name));
	const resources = entity.resources.flatMap((resource) => table.suffixes.map((suffix): Property => ({ name: `${resource}${suffix}`, type: 'number' })));
	return { rows, properties: [...own, ...resources] };
}

function slice(entity: EntityModel, rows: readonly Row[], given: ReadonlyMap<string, string>, direction: 1 | -1): readonly Row[] {
	const bound = moment(given, 'Period');
	const found = new Map<string, Row>();
	for (const row of rows) {
		const period = String(row.Period);
		if (bound !== null && (direction === 1 ? period > bound : period < bound)) continue;
		const key = keyOf(entity, row);
		const known = found.get(key);
		if (known === undefined || (direction === 1 ? period > String(known.Period) : period < String(known.Period))) found.set(key, row);
	}
	return [...found.values()];
}

function balance(entity: EntityModel, rows: readonly Row[], given: ReadonlyMap<string, string>): readonly Row[] {
	const bound = moment(given, 'Period');
	// the rest of a moment holds what moved before it
	const moved = rows.filter((row) => bound === null || String(row.Period) < bound);
	return summed(entity, moved, (resource, lines) => [[`${resource}Balance`, signed(lines, resource)]]).filter((row) => entity.resources.some((resource) => row[`${resource}Balance`] !== 0));
}

function turnovers(entity: EntityModel, rows: readonly Row[], given: ReadonlyMap<string, string>): readonly Row[] {
	const [from, to] = [moment(given, 'StartPeriod'), moment(given, 'EndPeriod')];
	const moved = rows.filter((row) => (from === null || String(row.Period) >= from) && (to === null || String(row.Period) <= to));
	return summed(entity, moved, (resource, lines) => [
		[`${resource}Turnover`, signed(lines, resource)],
		[`${resource}Receipt`, signed(lines.filter(isReceipt), resource)],
		[`${resource}Expense`, -signed(lines.filter((line) => !isReceipt(line)), resource)],
	]);
}

function summed(entity: EntityModel, rows: readonly Row[], sums: (resource: string, lines: readonly Row[]) => readonly (readonly [string, number])[]): readonly Row[] {
	return [...grouped(rows, (row) => keyOf(entity, row)).values()].map((lines) => ({
		...Object.fromEntries(entity.dimensions.map((name) => dimension(lines[0] ?? {}, name))),
		...Object.fromEntries(entity.resources.flatMap((resource) => sums(resource, lines))),
	}));
}

const isReceipt = (row: Row): boolean => row.RecordType !== 'Expense';

function signed(lines: readonly Row[], resource: string): number {
	return lines.reduce((sum, line) => sum + (isReceipt(line) ? 1 : -1) * Number(line[resource] ?? 0), 0);
}

function dimension(row: Row, name: string): readonly [string, unknown] {
	return row[`${name}_Key`] === undefined ? [name, row[name]] : [`${name}_Key`, row[`${name}_Key`]];
}

function keyOf(entity: EntityModel, row: Row): string {
	return entity.dimensions.filter((name) => name !== 'Period').map((name) => String(dimension(row, name)[1])).join('|');
}

function moment(given: ReadonlyMap<string, string>, name: string): string | null {
	const source = given.get(name);
	if (source === undefined) return null;
	const literal = readLiteral(source);
	if (literal.type !== 'date') throw badPath(name);
	return String(literal.value);
}
