import { empty, fieldsOf, type Answer, type Route, route, type SimRequest } from '../kit';
import { hal, malformed, problem, selfLink } from './envelope';
import type { Webhook } from './model';
import type { Parts } from './parts';
import { listOf, readPhp } from './php';
import type { World } from './world';

const SETTING =
	/^((add|update|delete|restore|responsible)_(lead|contact|company)|status_lead|(add|update|delete|responsible)_task|note_(lead|contact|company)|(add|update|delete)_unsorted|add_message|(add|update)_talk|(add|update|delete)_catalog_\d+)$/;

/** `/webhooks`: for administrators, and for plans that have them. */
export function webhookRoutes({ world }: Parts): readonly Route[] {
	return [
		route('GET', '/api/v4/webhooks', (request) => {
			const { filter } = readPhp(request.query);
			const asked = typeof filter === 'object' ? listOf(filter.destination) : [];
			const webhooks = world.webhooks.filter((one) => asked.length === 0 || asked.includes(one.destination)).map((one) => show(world, one));
			return hal(200, { _total_items: webhooks.length, _links: selfLink(request, 'webhooks'), _embedded: { webhooks } });
		}),
		route('POST', '/api/v4/webhooks', (request) => subscribe(world, request)),
		route('DELETE', '/api/v4/webhooks', (request) => {
			const { destination } = fieldsOf(request.json);
			const index = world.webhooks.findIndex((one) => one.destination === destination);
			if (index < 0) return problem(404, 'Not Found', 'Webhook not found');
			world.webhooks.splice(index, 1);
			return empty(204);
		}),
	];
}

function subscribe(world: World, request: SimRequest): Answer {
	if (world.switches.webhookPlan === 'missing') return problem(Number(world.switches.webhookRefusal), 'Forbidden', 'Webhooks are not available on the current plan');
	const { destination, settings, sort } = fieldsOf(request.json);
	if (typeof destination !== 'string' || !URL.canParse(destination)) return malformed(world.brand, 'Invalid destination');
	if (!Array.isArray(settings) || settings.length === 0) return malformed(world.brand, 'Invalid settings');
	const codes = settings.map(String);
	if (codes.some((code) => !SETTING.test(code))) return malformed(world.brand, 'Invalid settings');
	const known = world.webhooks.find((one) => one.destination === destination);
	if (known !== undefined && world.switches.sameDestination === 'refused') return malformed(world.brand, 'Destination already exists');
	const now = world.now();
	const hook: Webhook = known ?? { id: world.nextId(), destination, settings: codes, sort: typeof sort === 'number' ? sort : 0, disabled: false, created_at: now, updated_at: now };
	if (known === undefined) world.webhooks.push(hook);
	Object.assign(hook, { settings: codes, disabled: false, updated_at: now });
	return hal(201, show(world, hook));
}

function show(world: World, hook: Webhook): unknown {
	return { ...hook, created_by: 0, account_id: world.account.id };
}
