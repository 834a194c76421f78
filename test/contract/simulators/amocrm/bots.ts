import { empty, fieldsOf, type Answer, type Route, route } from '../kit';
import { malformed, problem } from './envelope';
import type { Parts } from './parts';

const OLD_TYPES: Readonly<Record<number, string>> = { 1: 'contacts', 2: 'leads' };
const MAX_STARTS = 100;

/** Salesbot: 202 says that it is queued, not that a message left. */
export function botRoutes(parts: Parts): readonly Route[] {
	return [
		route('POST', '/api/v4/bots/run', ({ json }) => run(parts, json, (row) => ({ bot: row.bot_id, type: row.entity_type, id: row.entity_id }))),
		route('POST', '/api/v4/bots/{id}/run', ({ json, params }) => run(parts, [json], (row) => ({ bot: Number(params.id), type: row.entity_type, id: row.entity_id }))),
		route('POST', '/api/v2/salesbot/run', ({ json }) => run(parts, json, (row) => ({ bot: row.bot_id, type: OLD_TYPES[Number(row.entity_type)], id: row.entity_id }))),
	];
}

interface Start {
	readonly bot: unknown;
	readonly type: unknown;
	readonly id: unknown;
}

function run({ world, ids }: Parts, json: unknown, read: (row: Readonly<Record<string, unknown>>) => Start): Answer {
	if (!Array.isArray(json) || json.length === 0 || json.length > MAX_STARTS) return malformed(world.brand, 'Request body must be a non-empty array');
	const starts = json.map((row) => read(fieldsOf(row)));
	if (starts.some(({ bot }) => bot !== ids.bot)) return problem(404, 'Not Found', 'Bot not found');
	const known = starts.every(({ type, id }) => typeof id === 'number' && (type === 'leads' ? world.leads.has(id) : type === 'contacts' && world.contacts.has(id)));
	if (!known) return malformed(world.brand, 'Invalid entity');
	world.botStarts.push(...starts.map(({ bot, type, id }) => ({ bot_id: Number(bot), entity_id: Number(id), entity_type: String(type) })));
	return empty(202);
}
