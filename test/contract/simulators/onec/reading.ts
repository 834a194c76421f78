import { badFilter, badPath, OneCError } from './errors';
import { compileFilter } from './filter/filter';
import { fieldOf, type Scope } from './filter/scope';
import { type Infobase, isRegister } from './infobase';
import { entityProperties, type EntityModel, type Property, sectionProperties } from './model';
import type { Row } from './rows';
import type { OneCSwitches } from './switches';

/** Rows of one kind, with what is needed to ask them. */
export interface Source {
	readonly rows: readonly Row[];
	readonly properties: readonly Property[];
	readonly entity: EntityModel;
}

/** A page, and the count when it was asked for. */
export interface ReadPage {
	readonly rows: readonly Row[];
	readonly count: number | null;
}

const OPTIONS = new Set(['$filter', '$select', '$expand', '$orderby', '$top', '$skip', '$inlinecount', '$format', 'allowedOnly']);

/** What the names of a filter mean for a source. */
export function scopeOf(base: Infobase, switches: OneCSwitches, { properties, entity }: Source): Scope {
	const byName = (list: readonly Property[]): ReadonlyMap<string, Property> => new Map(list.map((property) => [property.name, property]));
	return {
		properties: byName(properties),
		sections: new Map(entity.sections.map((section) => [section.name, sectionProperties(entity, section)])),
		resources: isRegister(entity) ? entity.resources : [],
		variable: null,
		switches,
		follow: (set) => {
			const target = base.entities.get(set);
			if (target === undefined || !base.published.has(set)) return null;
			return { entity: target, properties: byName(entityProperties(target)), row: (key) => base.rowsOf(set).get(key) ?? null };
		},
	};
}

/** Rows after filter, order and page, not yet shortened to the selected fields. */
export function readPage(base: Infobase, switches: OneCSwitches, source: Source, options: Readonly<Record<string, string>>): ReadPage {
	checkOptions(options);
	const found = ordered(base, switches, source, filtered(base, switches, source, options), options.$orderby);
	const counted = options.$inlinecount === 'allpages';
	const count = counted ? found.length : null;
	if (counted && switches.inlineCount === 'without paging') return { rows: found, count };
	const skip = wholeNumber(options.$skip) ?? 0;
	const top = wholeNumber(options.$top) ?? found.length;
	return { rows: found.slice(skip, skip + top), count };
}

/** Rows that meet the filter and that the user may read; an error where rights cut a list that did not ask for the allowed part. */
export function filtered(base: Infobase, switches: OneCSwitches, source: Source, options: Readonly<Record<string, string>>): readonly Row[] {
	const { hidden } = base.conditions;
	const isHidden = (row: Row): boolean => switches.rowSecurity === 'on' && hidden.has(String(row.Ref_Key));
	if (source.rows.some(isHidden) && options.allowedOnly !== 'true') throw new OneCError(403, null, 'Недостаточно прав доступа на уровне записей');
	const rows = source.rows.filter((row) => !isHidden(row));
	if (options.$filter === undefined || options.$filter === '') return rows;
	return rows.filter(compileFilter(options.$filter, scopeOf(base, switches, source)));
}

/** A row with the selected fields and the expanded references. */
export function shapeRow(base: Infobase, switches: OneCSwitches, source: Source, row: Row, options: Readonly<Record<string, string>>): Row {
	const select = listOf(options.$select);
	const expand = listOf(options.$expand);
	const scope = scopeOf(base, switches, source);
	const expanded = Object.fromEntries(
		expand.map((name) => {
			const set = scope.properties.get(`${name}_Key`)?.target;
			if (set === undefined || (select.length > 0 && !select.some((path) => path === name || path.startsWith(`${name}/`)))) throw badPath(name);
			return [name, scope.follow(set)?.row(String(row[`${name}_Key`])) ?? null] as const;
		}),
	);
	if (select.length === 0 || select.includes('*')) return { ...row, ...expanded };
	return Object.fromEntries(select.map((path) => selected(path, row, scope, expanded, source)));
}

function selected(path: string, row: Row, scope: Scope, expanded: Row, { entity }: Source): readonly [string, unknown] {
	if (path in expanded) return [path, expanded[path]];
	const [name = '', inner] = path.split('/');
	if (inner !== undefined) {
		// a path into a reference works for an expanded one alone
		if (!(name in expanded)) throw badPath(path);
		return [name, { [inner]: fieldOf(scope, path).read(row) }];
	}
	if (!scope.properties.has(name) && !entity.sections.some((section) => section.name === name)) throw badPath(name);
	return [name, row[name]];
}

function ordered(base: Infobase, switches: OneCSwitches, source: Source, rows: readonly Row[], orderBy: string | undefined): readonly Row[] {
	if (orderBy === undefined || orderBy === '') return rows;
	const scope = scopeOf(base, switches, source);
	const keys = orderBy.split(',').map((part) => {
		const [path = '', direction = 'asc'] = part.trim().split(/\s+/);
		if (direction !== 'asc' && direction !== 'desc') throw badPath(orderBy);
		return { field: fieldOf(scope, path), sign: direction === 'desc' ? -1 : 1 };
	});
	return [...rows].sort((left, right) => {
		for (const { field, sign } of keys) {
			const [a, b] = [field.read(left), field.read(right)];
			const difference = typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
			if (difference !== 0) return sign * difference;
		}
		return 0;
	});
}

function checkOptions(options: Readonly<Record<string, string>>): void {
	for (const name of Object.keys(options)) if (name.startsWith('$') && !OPTIONS.has(name)) throw badPath(name);
}

function wholeNumber(text: string | undefined): number | null {
	if (text === undefined) return null;
	if (!/^\d+$/.test(text)) throw badFilter();
	return Number(text);
}

function listOf(text: string | undefined): readonly string[] {
	return text === undefined ? [] : text.split(',').map((part) => part.trim()).filter((part) => part !== '');
}
