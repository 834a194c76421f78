import { badFilter } from '../errors';
import type { EntityModel, Property } from '../model';
import type { Row } from '../rows';
import type { OneCSwitches } from '../switches';

/** What names in a filter mean. */
export interface Scope {
	readonly properties: ReadonlyMap<string, Property>;
	/** Sections by name, for `any` and `all`. */
	readonly sections: ReadonlyMap<string, readonly Property[]>;
	/** Measures of a register, which may not be filtered by. */
	readonly resources: readonly string[];
	/** The variable of the lambda around, if any. */
	readonly variable: string | null;
	/** Finds a set and its rows, for paths through references. */
	readonly follow: (set: string) => { readonly entity: EntityModel; readonly properties: ReadonlyMap<string, Property>; readonly row: (key: string) => Row | null } | null;
	readonly switches: OneCSwitches;
}

/** A named value of a row. */
export interface Field {
	readonly property: Property;
	readonly isResource: boolean;
	readonly read: (row: Row) => unknown;
}

/** The field a path names: a property, one behind a reference, or one of the lambda's row. Throws code 14. */
export function fieldOf(scope: Scope, path: string): Field {
	const [first = '', ...rest] = path.split('/');
	if (scope.variable !== null && first === scope.variable && rest.length > 0) return fieldOf({ ...scope, variable: null }, rest.join('/'));
	const direct = scope.properties.get(first);
	if (rest.length === 0) {
		if (direct === undefined) throw badFilter();
		return { property: direct, isResource: scope.resources.includes(first), read: (row) => row[first] };
	}
	const key = `${first}_Key`;
	const target = scope.properties.get(key)?.target;
	const behind = target === undefined ? null : scope.follow(target);
	if (behind === null) throw badFilter();
	const inner = fieldOf({ ...scope, properties: behind.properties, resources: [], variable: null }, rest.join('/'));
	return {
		property: inner.property,
		isResource: false,
		read: (row) => {
			const found = behind.row(String(row[key]));
			return found === null ? null : inner.read(found);
		},
	};
}
