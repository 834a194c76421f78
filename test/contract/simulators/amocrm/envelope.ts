import { type Answer, empty, html, type SimRequest, withHeaders } from '../kit';
import type { Brand } from './brand';
import type { World } from './world';

const HAL = { 'content-type': 'application/hal+json' };
const PROBLEM = { 'content-type': 'application/problem+json' };
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 250;

/** One broken field of one row of a batch. */
export interface FieldError {
	readonly code: string;
	readonly path: string;
	readonly detail: string;
}

/** The errors of one row. */
export interface RowErrors {
	readonly request_id: string;
	readonly errors: readonly FieldError[];
}

/** A HAL answer. */
export function hal(status: number, body: unknown): Answer {
	return { status, headers: HAL, body: JSON.stringify(body) };
}

/** An error as `application/problem+json`. */
export function problem(status: number, title: string, detail: string, more: Readonly<Record<string, unknown>> = {}): Answer {
	return { status, headers: PROBLEM, body: JSON.stringify({ title, type: `https://httpstatus.es/${status}`, status, detail, ...more }) };
}

/** 400 that names the broken rows. */
export function invalid(brand: Brand, errors: readonly RowErrors[]): Answer {
	return problem(400, brand.words.badRequest, 'Request validation failed', { 'validation-errors': errors });
}

/** 400 without rows: a body or a parameter nobody can read. */
export function malformed(brand: Brand, detail: string): Answer {
	return problem(400, brand.words.badRequest, detail);
}

/** No such entity: 404, or an empty 204 where the switch says so. */
export function missing(world: World): Answer {
	return world.switches.missingEntity === '204' ? empty(204) : problem(404, 'Not Found', 'Entity not found');
}

/** Too many requests, as the front proxy or the API says it. */
export function throttled(world: World, seconds?: number): Answer {
	const wait = seconds ?? (world.switches.retryAfter === 'present' ? 1 : undefined);
	const bare = world.switches.throttleBody === 'html' ? html(429, '429 Too Many Requests') : problem(429, 'Too Many Requests', 'Request limit exceeded');
	return wait === undefined ? bare : withHeaders(bare, { 'retry-after': String(wait) });
}

/** Address the client used, for links it may follow. */
export function baseOf(request: SimRequest): string {
	return `http://${request.headers.host ?? '127.0.0.1'}`;
}

/** The link to an entity itself. */
export function selfLink(request: SimRequest, path: string): { readonly self: { readonly href: string } } {
	return { self: { href: `${baseOf(request)}/api/v4/${path}` } };
}

/** What a list answers beside its rows. */
export interface ListOptions {
	readonly maxLimit?: number;
	/** Adds `_total_items` and `_page_count`. */
	readonly totals?: boolean;
}

/** One page of a list, or an empty 204 when the page has no rows. */
export function list(world: World, request: SimRequest, key: string, rows: readonly unknown[], options: ListOptions = {}): Answer {
	const page = numberOf(request.query.get('page'), 1);
	const limit = numberOf(request.query.get('limit'), DEFAULT_LIMIT);
	if (page === null || limit === null || limit > (options.maxLimit ?? MAX_LIMIT)) return malformed(world.brand, 'Invalid page or limit');
	const shown = rows.slice((page - 1) * limit, page * limit);
	if (shown.length === 0) return empty(204);
	const next = page * limit < rows.length ? { next: { href: pageLink(request, page + 1) } } : {};
	const totals = options.totals === true ? { _total_items: rows.length, _page_count: Math.ceil(rows.length / limit) } : {};
	return hal(200, { ...totals, _page: page, _links: { self: { href: pageLink(request, page) }, ...next }, _embedded: { [key]: shown } });
}

function pageLink(request: SimRequest, page: number): string {
	const query = new URLSearchParams(request.query);
	query.set('page', String(page));
	return `${baseOf(request)}${request.path}?${query.toString()}`;
}

function numberOf(text: string | null, otherwise: number): number | null {
	if (text === null || text === '') return otherwise;
	const number = Number(text);
	return Number.isInteger(number) && number >= 1 ? number : null;
}
