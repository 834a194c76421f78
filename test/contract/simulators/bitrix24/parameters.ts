import type { SimRequest } from '../kit';
import { missingParameter } from './errors';

/** Named values of any shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** True for an object that is no array. */
export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parameters of a call: the query first, then the body, as JSON or as a form with brackets. */
export function parametersOf(request: SimRequest): Fields {
	const query = parseForm(request.query.toString());
	// a body sent with GET is never read
	if (request.method === 'GET') return query;
	if (isFields(request.json)) return { ...query, ...request.json };
	const type = request.headers['content-type'] ?? '';
	return type.includes('json') ? query : { ...query, ...parseForm(request.text) };
}

/** Reads `a[b][]=c` the way PHP does: maps, and lists where keys are 0, 1, 2 … */
export function parseForm(text: string): Fields {
	const root: Record<string, unknown> = {};
	for (const [key, value] of new URLSearchParams(text)) {
		const [head = '', ...rest] = key.split('[').map((part) => part.replace(/\]$/, ''));
		put(root, [head, ...rest], value);
	}
	return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, listed(value)]));
}

function put(target: Record<string, unknown>, [head, ...rest]: readonly string[], value: string): void {
	const key = head === undefined || head === '' ? String(Object.keys(target).length) : head;
	if (rest.length === 0) {
		target[key] = value;
		return;
	}
	const inner: Record<string, unknown> = isFields(target[key]) ? { ...target[key] } : {};
	target[key] = inner;
	put(inner, rest, value);
}

function listed(value: unknown): unknown {
	if (!isFields(value)) return value;
	const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner)] as const);
	return entries.every(([key], index) => key === String(index)) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** A parameter by its name, whatever the case it was written in. */
export function parameter(parameters: Fields, name: string): unknown {
	const found = Object.keys(parameters).find((key) => key.toLowerCase() === name.toLowerCase());
	return found === undefined ? undefined : parameters[found];
}

/** A map, or an empty one when it is absent or `[]`; throws `100` for another type. */
export function mapParameter(parameters: Fields, name: string): Fields {
	const value = parameter(parameters, name);
	if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return {};
	if (Array.isArray(value)) return Object.fromEntries(value.map((one, index) => [String(index), one]));
	if (!isFields(value)) throw missingParameter(name);
	return value;
}

/** A map that must be there. */
export function requiredMap(parameters: Fields, name: string): Fields {
	if (!isFields(parameter(parameters, name))) throw missingParameter(name);
	return mapParameter(parameters, name);
}

/** A whole number that must be there; a numeric string is one. */
export function requiredInteger(parameters: Fields, name: string): number {
	const number = integerOf(parameter(parameters, name));
	if (number === null) throw missingParameter(name);
	return number;
}

/** A text that must be there and not be empty. */
export function requiredText(parameters: Fields, name: string): string {
	const value = parameter(parameters, name);
	if (typeof value !== 'string' || value === '') throw missingParameter(name);
	return value;
}

/** Texts of a list, of a map's values, or none. */
export function textsOf(value: unknown): readonly string[] {
	const list = Array.isArray(value) ? (value as readonly unknown[]) : isFields(value) ? Object.values(value) : [];
	return list.map(String);
}

/** A whole number, or null. */
export function integerOf(value: unknown): number | null {
	if (typeof value === 'number') return Number.isInteger(value) ? value : null;
	return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : null;
}

/** The elements of a list as whole numbers, without the rest. */
export function integersOf(value: unknown): readonly number[] {
	return textsOf(value)
		.map(integerOf)
		.filter((number) => number !== null);
}
