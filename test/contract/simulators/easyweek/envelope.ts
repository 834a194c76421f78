import { type Answer, json, type SimRequest } from '../kit';
import type { World } from './world';

const DEFAULT_PER_PAGE = 15;
const MAX_PER_PAGE = 100;

/** An error with only a message. */
export function failed(status: number, message: string): Answer {
	return json(status, { message });
}

/** 422 that names the fields. */
export function invalid(errors: Readonly<Record<string, string>>): Answer {
	return json(422, { message: 'The given data was invalid.', errors: Object.fromEntries(Object.entries(errors).map(([field, text]) => [field, [text]])) });
}

/** One object, under `data` or bare. */
export function single(world: World, status: number, value: unknown): Answer {
	return json(status, world.switches.wrapSingle === 'on' ? { data: value } : value);
}

/** One page of a list in Laravel's envelope. */
export function list(request: SimRequest, rows: readonly unknown[]): Answer {
	const page = Math.max(1, wholeOf(request.query.get('page')) ?? 1);
	const size = Math.min(MAX_PER_PAGE, Math.max(1, wholeOf(request.query.get('per_page')) ?? DEFAULT_PER_PAGE));
	const last = Math.max(1, Math.ceil(rows.length / size));
	const link = (to: number): string => {
		const query = new URLSearchParams(request.query);
		query.set('page', String(to));
		return `http://${request.headers.host ?? ''}${request.path}?${query.toString()}`;
	};
	return json(200, {
		data: rows.slice((page - 1) * size, page * size),
		links: { first: link(1), last: link(last), prev: page > 1 ? link(page - 1) : null, next: page < last ? link(page + 1) : null },
		meta: { current_page: page, last_page: last, per_page: size, total: rows.length },
	});
}

function wholeOf(text: string | null): number | null {
	const number = text === null ? Number.NaN : Number(text);
	return Number.isInteger(number) ? number : null;
}

/** A length as the API words it. */
export function durationOf(world: World, minutes: number): Readonly<Record<string, unknown>> {
	const hours = world.switches.durationLabel === 'hours' && minutes % 60 === 0;
	return { value: hours ? minutes / 60 : minutes, label: hours ? 'hours' : 'minutes', iso_8601: `PT${Math.floor(minutes / 60) > 0 ? `${Math.floor(minutes / 60)}H` : ''}${minutes % 60 > 0 ? `${minutes % 60}M` : ''}` };
}

/** `2026-03-12T09:00:00Z`. */
export function utcOf(moment: number): string {
	return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}
