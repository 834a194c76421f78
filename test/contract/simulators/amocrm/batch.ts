import type { Answer, SimRequest } from '../kit';
import { fieldsOf } from '../kit';
import { hal, invalid, malformed, missing, selfLink, type FieldError, type RowErrors } from './envelope';
import type { World } from './world';

const MAX_ROWS = 250;

/** A row that was read: either it is broken, or it can be written. */
export type Prepared = { readonly errors: readonly FieldError[] } | { readonly commit: () => Readonly<Record<string, unknown>> };

/** Reads one row without changing anything. */
export type Prepare = (row: Readonly<Record<string, unknown>>) => Prepared;

/** How a resource answers a batch. */
export interface BatchShape {
	readonly world: World;
	readonly request: SimRequest;
	/** Key in `_embedded`, and the path of the rows' own links. */
	readonly key: string;
	readonly path: string;
	readonly status?: number;
	readonly maxRows?: number;
}

/** The rows of an array body, or the 400 of any other. */
export function rowsOf(world: World, request: SimRequest, maxRows = MAX_ROWS): readonly Readonly<Record<string, unknown>>[] | Answer {
	const { json } = request;
	if (!Array.isArray(json) || json.length === 0) return malformed(world.brand, 'Request body must be a non-empty array');
	if (json.length > maxRows) return malformed(world.brand, `Too many items, maximum is ${maxRows}`);
	return json.map(fieldsOf);
}

/** Writes every row or none, or with the switch the good ones; answers ids in the order of the body. */
export function runBatch(shape: BatchShape, prepare: Prepare): Answer {
	const { world, request, key, path } = shape;
	const rows = rowsOf(world, request, shape.maxRows);
	if ('status' in rows) return rows;
	const prepared = rows.map((row) => prepare(row));
	const broken: RowErrors[] = prepared.flatMap((one, index) => ('errors' in one ? [{ request_id: requestIdOf(rows[index], index), errors: one.errors }] : []));
	if (broken.length > 0 && world.switches.batchErrors === 'whole') return invalid(world.brand, broken);
	const written = prepared.flatMap((one, index) => {
		if ('errors' in one) return [];
		const row = one.commit();
		return [{ ...row, request_id: requestIdOf(rows[index], index), _links: selfLink(request, `${path}/${String(row.id)}`) }];
	});
	if (broken.length > 0) return invalid(world.brand, broken);
	return hal(shape.status ?? 200, { _links: selfLink(request, path), _embedded: { [key]: written } });
}

/** Writes the one row of an object body. */
export function runOne(world: World, request: SimRequest, path: string, known: boolean, prepare: Prepare): Answer {
	if (!known) return missing(world);
	if (request.json === undefined || Array.isArray(request.json)) return malformed(world.brand, 'Request body must be an object');
	const prepared = prepare(fieldsOf(request.json));
	if ('errors' in prepared) return invalid(world.brand, [{ request_id: '0', errors: prepared.errors }]);
	return hal(200, { ...prepared.commit(), _links: selfLink(request, path) });
}

/** The caller's own id of a row, or its place in the array. */
export function requestIdOf(row: Readonly<Record<string, unknown>> | undefined, index: number): string {
	return typeof row?.request_id === 'string' ? row.request_id : String(index);
}

/** A whole number of a body; adds an error when it is there and is none. */
export function wholeIn(row: Readonly<Record<string, unknown>>, key: string, errors: FieldError[]): number | undefined {
	const value = row[key];
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'number' && Number.isInteger(value)) return value;
	errors.push({ code: 'InvalidType', path: key, detail: 'This value should be of type int.' });
	return undefined;
}

/** A text of a body; adds an error when it is there and is none. */
export function textIn(row: Readonly<Record<string, unknown>>, key: string, errors: FieldError[]): string | undefined {
	const value = row[key];
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return value;
	errors.push({ code: 'InvalidType', path: key, detail: 'This value should be of type string.' });
	return undefined;
}
