/**
 * The language of the interface: literals, filters and addresses. A name is Russian, a space is `%20` and never a plus,
 * and `$` stands in names of options as it is.
 */

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';
/** What a date holds that nobody set; a time of day without a date lies on its day. */
export const EMPTY_DATE = '0001-01-01T00:00:00';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a reference to something: any other id is of no object, and must not reach a path or a filter. */
export function isGuid(value: unknown): value is string {
	return typeof value === 'string' && GUID.test(value) && value !== EMPTY_GUID;
}

/** `guid'…'`. Throws `TypeError` for what is no reference. */
export function guid(value: string): string {
	if (!GUID.test(value)) throw new TypeError('A reference of 1C is a guid.');
	return `guid'${value.toLowerCase()}'`;
}

/** `datetime'…'` of a wall time. Throws `TypeError` for what is none. */
export function datetime(wall: string): string {
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(wall)) throw new TypeError('A date of 1C is a wall time without an offset.');
	return `datetime'${wall}'`;
}

/** A text in quotes; its own quotes are doubled, so that no text ends the literal. */
export function quoted(text: string): string {
	return `'${text.replace(/\p{Cc}+/gu, ' ').replaceAll("'", "''")}'`;
}

/** A reference as a field of a composite type holds it. */
export function cast(value: string, set: string): string {
	return `cast(${guid(value)},${quoted(set)})`;
}

/** Conditions that all hold; empty ones are left out. */
export function allOf(...conditions: readonly (string | null | undefined)[]): string {
	const held = conditions.filter((one): one is string => one !== null && one !== undefined && one.trim() !== '');
	return held.length === 1 ? (held[0] ?? '') : held.map((one) => `(${one})`).join(' and ');
}

/** One of these values in a field. */
export function anyOf(field: string, literals: readonly string[]): string {
	return literals.map((literal) => `${field} eq ${literal}`).join(' or ');
}

/** Options of a read, as the vendor names them without the dollar. */
export interface Options {
	readonly filter?: string;
	readonly select?: readonly string[];
	readonly expand?: string;
	readonly orderby?: string;
	readonly top?: number;
	readonly skip?: number;
	/** Reads what row-level rights leave instead of failing. */
	readonly allowedOnly?: boolean;
}

/** Path of an object of a set. */
export function objectPath(set: string, id: string): string {
	return `${encodeSet(set)}(${guid(id)})`;
}

/** Path of a set, or of a virtual table `Register/SliceLast(…)`: each step is encoded, the slashes between them stay. */
export function encodeSet(name: string, argument?: string): string {
	const path = name.split('/').map(encodeURIComponent).join('/');
	return argument === undefined ? path : `${path}(${encodeURIComponent(argument)})`;
}

/** A path with the options of a read. JSON is asked for always: without it the answer is Atom. */
export function address(path: string, { filter, select, expand, orderby, top, skip, allowedOnly }: Options = {}): string {
	const options: readonly (readonly [string, string | undefined])[] = [
		['$format', 'json'],
		['$filter', filter === '' ? undefined : filter],
		['$select', select?.join(',')],
		['$expand', expand],
		['$orderby', orderby],
		['$top', top?.toString()],
		['$skip', skip === 0 ? undefined : skip?.toString()],
		['allowedOnly', allowedOnly === true ? 'true' : undefined],
	];
	const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
	return `${path}?${given.join('&')}`;
}

/** Web servers refuse longer addresses with a page; Russian letters take six characters each. */
const LONGEST_ADDRESS = 1800;
const MOST_CONDITIONS = 20;

/** Splits values so that a condition on each group still fits into an address; `rest` is the address without the condition. */
export function groupsFor<T>(values: readonly T[], conditionOf: (group: readonly T[]) => string, rest: string): readonly (readonly T[])[] {
	const groups: T[][] = [];
	let current: T[] = [];
	for (const value of values) {
		const grown = [...current, value];
		const isFull = grown.length > MOST_CONDITIONS || rest.length + encodeURIComponent(conditionOf(grown)).length > LONGEST_ADDRESS;
		if (isFull && current.length > 0) {
			groups.push(current);
			current = [value];
		} else current = grown;
	}
	return current.length === 0 ? groups : [...groups, current];
}

const INTERFACE = '/odata/standard.odata';

/** Address of the interface of a base, from what its owner copies out of a browser. Throws `TypeError` for what is no such address. */
export function interfaceUrl(base: string): string {
	const url = parsed(base.trim());
	if (url === null || !/^https?:$/.test(url.protocol)) throw new TypeError('The address of the base must begin with https:// or http://, for example https://1c.example.com/base.');
	if (url.username !== '' || url.password !== '') throw new TypeError('The address of the base must not hold a login or a password; put them into their own fields.');
	const path = decodeURI(url.pathname).replace(/\/+$/, '');
	const at = path.toLowerCase().indexOf(INTERFACE);
	return `${url.origin}${encodeURI(at < 0 ? path : path.slice(0, at))}${INTERFACE}`;
}

/** True where a password would cross the network readable. */
export function isPlainHttp(base: string): boolean {
	return parsed(base.trim())?.protocol === 'http:';
}

function parsed(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}

/** Header of HTTP Basic; login and password in UTF-8, as the platform reads them. */
export function basicHeader(login: string, password: string): string {
	return `Basic ${Buffer.from(`${login}:${password}`, 'utf8').toString('base64')}`;
}
