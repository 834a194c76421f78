import { fieldsOf, type SimRequest } from '../kit';
import { Refusal } from './envelope';
import type { Sim } from './sim';

/** The body's fields; a body that is no JSON object is a malformed request. */
export function bodyOf({ profile }: Sim, request: SimRequest): Readonly<Record<string, unknown>> {
	if (typeof request.json !== 'object' || request.json === null || Array.isArray(request.json)) throw new Refusal(400, profile.texts.badRequest);
	return fieldsOf(request.json);
}

/** A number, also when it came quoted; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Text, or undefined. */
export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** The members of a list, or none. */
export function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** `1`, `true`, `"1"` and `"true"` are yes. */
export function flagOf(value: unknown): boolean {
	return [1, true, '1', 'true'].includes(value as never);
}

/** Numbers of an array parameter: only `name[]=1&name[]=2`; `name=1` is ignored as the vendor ignores it. */
export function numbersOf(query: URLSearchParams, name: string): readonly number[] {
	const indexed = new RegExp(`^${name}\\[\\d*\\]$`);
	return [...query].filter(([key]) => indexed.test(key)).flatMap(([, value]) => numberOf(value) ?? []);
}

/** Texts of an array parameter. */
export function textsOf(query: URLSearchParams, name: string): readonly string[] {
	return [...query].filter(([key]) => key === `${name}[]`).map(([, value]) => value);
}

/** One page of a list. Pages count from 1; page 0 is the first. */
export function pageOf<T>(items: readonly T[], page: unknown, size: number): readonly T[] {
	const number = Math.max(1, Math.floor(numberOf(page) ?? 1));
	return items.slice((number - 1) * size, number * size);
}

/** Digits of a phone, however it is written. */
export function digitsOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).replace(/\D/g, '') : '';
}

/** Whether it is a phone with a country code. */
export function isPhone(value: unknown): boolean {
	return (typeof value === 'string' || typeof value === 'number') && /^\+?\d{10,15}$/.test(String(value));
}

/** Refuses with 422 and the fields that are missing. */
export function demand({ profile }: Sim, errors: Readonly<Record<string, string>>): void {
	const entries = Object.entries(errors);
	if (entries.length > 0) throw new Refusal(422, profile.texts.invalid, { errors: Object.fromEntries(entries.map(([field, message]) => [field, [message]])) });
}
