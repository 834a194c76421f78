import { type Answer, empty, type SimRequest } from '../kit';
import type { World } from './world';

const SECOND = 1000;

/** The answer to `If-Modified-Since` when no row is newer, where the switch knows the header; else null. */
export function notChanged(world: World, request: SimRequest, rows: readonly { readonly updated_at: number }[]): Answer | null {
	const header = request.headers['if-modified-since'];
	const since = typeof header === 'string' ? Date.parse(header) / SECOND : Number.NaN;
	if (world.switches.ifModifiedSince === 'ignored' || Number.isNaN(since) || rows.some((row) => row.updated_at > since)) return null;
	return empty(Number(world.switches.ifModifiedSince));
}
