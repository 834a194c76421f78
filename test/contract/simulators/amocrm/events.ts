import { type Answer, type Route, route, type SimRequest } from '../kit';
import { list, malformed } from './envelope';
import type { CrmEvent } from './model';
import type { Parts } from './parts';
import { listOf, readPhp, type PhpBranch } from './php';

const MAX_PAGE = 100;

/** `/events`, newest first. */
export function eventRoutes(parts: Parts): readonly Route[] {
	return [route('GET', '/api/v4/events', (request) => events(parts, request))];
}

function events({ world }: Parts, request: SimRequest): Answer {
	const tree = readPhp(request.query);
	const filter: PhpBranch = typeof tree.filter === 'object' ? tree.filter : {};
	if (filter.created_at !== undefined && typeof filter.created_at !== 'object' && !/^\d+(,\d+)?$/.test(filter.created_at)) return malformed(world.brand, 'Invalid filter created_at');
	const rows = world.events.filter((event) => passes(event, filter)).reverse();
	const shown = rows.map(({ number, ...event }) => ({
		id: world.switches.eventIds === 'string' ? `01h${String(number).padStart(23, '0')}` : number,
		...event,
		created_by: 0,
		account_id: world.account.id,
	}));
	return list(world, request, 'events', shown, { maxLimit: MAX_PAGE });
}

function passes(event: CrmEvent, filter: PhpBranch): boolean {
	const is = (key: string, value: string): boolean => listOf(filter[key]).length === 0 || listOf(filter[key]).includes(value);
	const range = filter.created_at;
	const [from, to] = typeof range === 'object' ? [range.from, range.to] : (range?.split(',') ?? []);
	const inside = event.created_at >= Number(from ?? 0) && event.created_at <= Number(to ?? Number.POSITIVE_INFINITY);
	return inside && typed(event.type, listOf(filter.type)) && is('entity', event.entity_type) && is('entity_id', String(event.entity_id));
}

/** `custom_field_value_changed` stands for the event of every field. */
function typed(type: string, asked: readonly string[]): boolean {
	return asked.length === 0 || asked.includes(type) || (asked.includes('custom_field_value_changed') && /^custom_field_\d+_value_changed$/.test(type));
}
